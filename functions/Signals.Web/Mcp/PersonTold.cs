namespace Signals.Web.Mcp;

internal sealed record PersonTold(
    string Id,
    string? Name,
    string? Role,
    bool ReachesFloor,
    double Value,
    double Floor,
    string Unit,
    DateOnly? LastValueOn
);
