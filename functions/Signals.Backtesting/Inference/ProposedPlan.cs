namespace Signals.Backtesting.Inference;

/// <summary>An event that carries facts of its account: which property holds which.</summary>
public sealed record ProposedFacts(string Event, IReadOnlyList<(string Fact, string Property)> Properties, string Why);

/// <summary>A plan; <paramref name="Price"/> is null where nothing says it.</summary>
public sealed record ProposedPlan(string Id, double? Price, long Customers, string Why);
