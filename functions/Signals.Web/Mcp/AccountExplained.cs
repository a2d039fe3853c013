namespace Signals.Web.Mcp;

/// <summary>One account. Null is what is not known; risk and health are null until the first review.</summary>
internal sealed record AccountExplained(
    string Id,
    string Name,
    string? Plan,
    double Price,
    string Currency,
    string? Csm,
    string? Stage,
    bool Strategic,
    DateTimeOffset? RenewalAt,
    DateTimeOffset? TrialEndsAt,
    DateTimeOffset? ReviewedAt,
    RiskTold? Risk,
    HealthTold? Health,
    IReadOnlyList<CauseTold> Causes,
    string? CameFor,
    IReadOnlyList<GoalTold> Goals,
    IReadOnlyList<PersonTold> People,
    IReadOnlyList<MessageTold> Messages,
    AlertTold? Alert
);

internal sealed record RiskTold(
    string Level,
    int Score,
    DateTimeOffset Since,
    IReadOnlyList<string> RaisedBy,
    IReadOnlyList<ChanceTold> ChancesToLeave
);

/// <summary>Within so many days, beside what is usual among this product's customers.</summary>
internal sealed record ChanceTold(int WithinDays, double Probability, double? Usual);

internal sealed record HealthTold(int Score, double? Trend, string? WhatWouldRaiseIt);
