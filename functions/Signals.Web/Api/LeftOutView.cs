using Signals.Core.Intake.Monitoring;

namespace Signals.Web.Api;

/// <summary>What a rule left out of events that were taken. Kind is <c>people</c>, <c>value</c>, <c>browser</c>, <c>erased</c> or
/// <c>consent</c>.</summary>
public sealed record LeftOutView(
    string Kind,
    string Rule,
    long Count,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    IReadOnlyList<string> Examples
)
{
    public static LeftOutView Of(LeftOut rule) =>
        new(rule.Kind.ToString().ToLowerInvariant(), rule.Rule, rule.Count, rule.FirstSeen, rule.LastSeen, rule.Examples);
}
