using Signals.Core.State.Seen;

namespace Signals.Web.Api;

/// <summary>What came by name, beside what the model reads. Names only, never a value.</summary>
public sealed record SeenView(
    SeenListView Events,
    SeenListView Properties,
    SeenListView PersonTraits,
    SeenListView AccountTraits,
    IReadOnlyList<SdkView> Sdks,
    IReadOnlyList<RuleView> Quarantined,
    IReadOnlyList<LeftOutView> LeftOut
)
{
    public static SeenView Of(SeenReport report) =>
        new(
            SeenListView.Of(report.Events),
            SeenListView.Of(report.Properties),
            SeenListView.Of(report.PersonTraits),
            SeenListView.Of(report.AccountTraits),
            [.. report.Sdks.Select(SdkView.Of)],
            [.. report.Quarantined.Select(rule => new RuleView(rule.Name, rule.Count, rule.FirstSeen, rule.LastSeen))],
            [.. report.LeftOut.Select(LeftOutView.Of)]
        );
}
