using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Retention;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;

namespace Signals.Web.Api;

/// <summary>The model's own segments, each beside all other accounts; sides are null before the first pass that measured them.</summary>
internal sealed record SegmentsView(DateTimeOffset? MeasuredAt, string Currency, IReadOnlyList<SegmentView> Items)
{
    public static SegmentsView Of(ProductMeasures? latest, OwnSegmentMeasures own, ValueModel model) =>
        new(
            latest?.MeasuredAt,
            model.Currency,
            [
                .. model.Segments.Select(segment =>
                {
                    var measure = own.Segments.FirstOrDefault(one => one.Id == segment.Id);
                    return new SegmentView(segment.Id, segment.Name, SideView.Of(measure?.In), SideView.Of(measure?.Rest));
                }),
            ]
        );
}

internal sealed record SegmentView(string Id, string Name, SideView? In, SideView? Rest);

/// <summary>What is true of the accounts on one side; money is a month's.</summary>
internal sealed record SideView(
    int Accounts,
    double Revenue,
    int AtRisk,
    Proportion Activated,
    int? DaysToValue,
    RetentionPeriod? Retention,
    IReadOnlyList<SurveyView> Nps
)
{
    public static SideView? Of(SegmentSide? side) =>
        side is null
            ? null
            : new SideView(
                side.All.Accounts,
                Math.Round(side.All.Price, 2),
                side.AtRisk.Accounts,
                side.Start.Activated,
                side.Start.DaysToValue,
                side.Latest,
                [.. side.Nps.Select(SurveyView.Of)]
            );
}
