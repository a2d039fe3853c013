namespace Signals.Web.Mcp;

internal sealed record AlertsTold(IReadOnlyList<ListedAlert> Alerts, string? Next);

internal sealed record ListedAlert(string Account, string Name, string? Csm, AlertTold Alert);
