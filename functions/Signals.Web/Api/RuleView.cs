namespace Signals.Web.Api;

/// <summary>A rule that put events into quarantine: where the fault was, and what was expected there.</summary>
public sealed record RuleView(string Rule, long Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);
