using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Satisfaction;
using Signals.Core.Platform.Statistics;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Segments;

/// <summary>A segment beside all other accounts, measure by measure, each with the interval of the difference.</summary>
internal sealed class SegmentComparison(ModelWords words)
{
    /// <summary>Differences are drawn within so many points on either side.</summary>
    private const double Widest = 0.5;

    private const double Hundred = 100;

    public Html Of(Reader reader, OwnSegmentMeasure measure)
    {
        var (one, rest) = (measure.In, measure.Rest);
        string caption = reader.Say("The segment beside all others");
        return $"""
            <div class="scroll" role="region" aria-label="{caption}" tabindex="0">
            <table class="scores"><caption class="unseen">{caption}</caption>
            <thead><tr><th scope="col">{reader.Say("Measure")}</th>
            <th scope="col" class="number">{reader.Say("In the segment")}</th>
            <th scope="col" class="number">{reader.Say("All others")}</th>
            <th scope="col">{reader.Say("Difference (95%)")}</th></tr></thead>
            <tbody>
            {Row(reader.Say("Customers"), reader.Whole(one.All.Accounts), reader.Whole(rest.All.Accounts))}
            {Row(reader.Say("Paid a month"), reader.Money(Math.Round(one.All.Price)), reader.Money(Math.Round(rest.All.Price)))}
            {Row(reader, reader.Say("At risk"), AtRisk(one), AtRisk(rest))}
            {Row(reader, reader.Say("Activated"), one.Start.Activated, rest.Start.Activated)}
            {Row(reader.Say("Days to first value"), Days(reader, one.Start.DaysToValue), Days(reader, rest.Start.DaysToValue))}
            {Steps(reader, one, rest)}
            {Row(reader, reader.Say("Stayed, 30 days"), one.Latest?.Customers, rest.Latest?.Customers)}
            {Row(reader, reader.Say("Kept getting value"), one.Latest?.Value, rest.Latest?.Value)}
            {Scores(reader, one, rest)}
            </tbody></table></div>
            <p class="definition">{reader.Say(
                "Who stayed is asked of those who were in the segment when the 30 days began; all else of those who are in it today. "
                    + "A difference says that the two differ, not why: a segment by what was done or felt is made of it.")}</p>
            """;
    }

    private static Proportion AtRisk(SegmentSide side) => Proportion.Of95(side.AtRisk.Accounts, side.All.Accounts);

    private static string Days(Reader reader, int? days) => days is { } known ? reader.Whole(known) : "–";

    private IEnumerable<Html> Steps(Reader reader, SegmentSide one, SegmentSide rest) =>
        (one.Funnel?.Steps ?? rest.Funnel?.Steps ?? []).Select(step =>
            Row(
                reader,
                words.Kind(reader, step.Step) ?? step.Step,
                one.Funnel?.Steps.FirstOrDefault(other => other.Step == step.Step)?.Done,
                rest.Funnel?.Steps.FirstOrDefault(other => other.Step == step.Step)?.Done
            )
        );

    private static IEnumerable<Html> Scores(Reader reader, SegmentSide one, SegmentSide rest) =>
        one
            .Nps.Concat(rest.Nps)
            .Select(score => score.Channel)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(channel =>
                Score(
                    reader,
                    channel,
                    one.Nps.FirstOrDefault(score => score.Channel == channel),
                    rest.Nps.FirstOrDefault(score => score.Channel == channel)
                )
            );

    private static Html Score(Reader reader, string channel, SurveyScore? one, SurveyScore? rest)
    {
        var gap =
            one is { Enough: true } && rest is { Enough: true }
                ? Gap.Of(
                    one.Score / Hundred,
                    one.Low / Hundred,
                    one.High / Hundred,
                    rest.Score / Hundred,
                    rest.Low / Hundred,
                    rest.High / Hundred
                )
                : null;
        string name = channel.Length == 0 ? "NPS" : $"NPS, {channel}";
        return Row($"{Html.Isolated(name)}", Points(reader, one), Points(reader, rest), Difference(reader, gap));
    }

    private static Html Points(Reader reader, SurveyScore? score) =>
        score is null
            ? Html.Of($"–")
            : Html.Of(
                $"{reader.Amount(score.Score)}<span class=\"quiet\">{reader.Count(score.Answers, "{0} answer", "{0} answers")}</span>"
            );

    private static Html Row(Reader reader, string name, Proportion? one, Proportion? rest) =>
        one is not { Of: > 0 } && rest is not { Of: > 0 }
            ? Html.Empty
            : Row($"{name}", Share(reader, one), Share(reader, rest), Difference(reader, Gap.Of(one, rest)));

    private static Html Share(Reader reader, Proportion? share)
    {
        if (share is not { Share: { } known })
            return $"–";
        string of = reader.Say($"{reader.Whole(share.Count)} of {reader.Whole(share.Of)}");
        return $"""{reader.Percent(known)}<span class="quiet">{of}</span>""";
    }

    private static Html Row(string name, string one, string rest) => Row($"{name}", $"{one}", $"{rest}", Html.Empty);

    private static Html Row(Html name, Html one, Html rest, Html difference) =>
        $"""
            <tr><th scope="row">{name}</th><td class="number">{one}</td><td class="number">{rest}</td>
            <td class="range">{difference}</td></tr>
            """;

    private static Html Difference(Reader reader, Gap? gap)
    {
        if (gap is null)
            return $"""<span class="quiet">{reader.Say("too few to tell")}</span>""";
        string difference = Signed(reader, gap.Difference);
        Html told = gap.IsShown ? Html.Of($"<strong>{difference}</strong>") : Html.Of($"{difference}");
        return $"""
            {Ranges.Of(gap.Difference, gap.Low, gap.High, -Widest, Widest)}
            <span>{told} <span class="quiet">{reader.Say($"points, {Signed(reader, gap.Low)} to {Signed(reader, gap.High)}")}</span></span>
            """;
    }

    /// <summary>Percentage points with their sign; nought has none.</summary>
    private static string Signed(Reader reader, double share)
    {
        double points = Math.Round(Hundred * share, 1);
        string sign =
            points > 0 ? "+"
            : points < 0 ? "−"
            : "";
        return sign + reader.Amount(Math.Abs(points));
    }
}
