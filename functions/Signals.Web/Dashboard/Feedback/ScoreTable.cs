using Signals.Core.Daily.Satisfaction;
using Signals.Core.State.Answers;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>A survey's score by channel, each with its interval and its answers. Channels are never added up.</summary>
internal static class ScoreTable
{
    public static Html Of(Reader reader, string caption, IReadOnlyList<SurveyScore> scores) =>
        $"""
            <div class="scroll" role="region" aria-label="{caption}" tabindex="0">
            <table class="scores"><caption class="unseen">{caption}</caption>
            <thead><tr><th scope="col">{reader.Say("Channel")}</th><th scope="col" class="number">{reader.Say(
                "Score"            )}</th>
            <th scope="col">{reader.Say("Where it truly lies (95%)")}</th>
            <th scope="col" class="number">{reader.Say("Answers")}</th>
            <th scope="col">{reader.Say("Of these")}</th></tr></thead>
            <tbody>{scores.Select(score => Row(reader, score))}</tbody></table></div>
            """;

    /// <summary>An NPS carries its sign; the others are per cent.</summary>
    public static string Text(Reader reader, FeedbackKind kind, double score) =>
        kind == FeedbackKind.Nps ? Signed(reader, score) : reader.Percent(score / 100);

    /// <summary>Whole points with their sign; nought has none.</summary>
    public static string Signed(Reader reader, double points)
    {
        double whole = Math.Round(points);
        return whole > 0 ? "+" + reader.Amount(whole) : reader.Amount(whole);
    }

    private static Html Row(Reader reader, SurveyScore score)
    {
        bool isNps = score.Kind == FeedbackKind.Nps;
        Html few = score.Enough ? Html.Empty : $""" <span class="tag warn">{reader.Say("too few")}</span>""";
        string interval = reader.Say($"{Text(reader, score.Kind, score.Low)} to {Text(reader, score.Kind, score.High)}");
        return $"""
            <tr><th scope="row">{Html.Isolated(FeedbackWords.Channel(reader, score.Channel))}</th>
            <td class="number"><strong>{Text(reader, score.Kind, score.Score)}</strong></td>
            <td class="range">{Ranges.Of(score.Score, score.Low, score.High, isNps ? -100 : 0, 100)}<span class="quiet">{interval}</span>
            </td>
            <td class="number">{reader.Whole(score.Answers)}{few}</td>
            <td>{Parts(reader, score)}</td></tr>
            """;
    }

    private static Html Parts(Reader reader, SurveyScore score)
    {
        int rest = score.Answers - score.Good - score.Bad;
        string said = score.Kind switch
        {
            FeedbackKind.Nps => reader.Say($"{score.Good} promoters, {rest} passives, {score.Bad} detractors"),
            FeedbackKind.Csat => reader.Say($"{score.Good} satisfied, {score.Bad} not"),
            _ => reader.Say($"{score.Good} found it easy, {score.Bad} did not"),
        };
        return $"""{Shares.Of((score.Good, "healthy"), (rest, ""), (score.Bad, "critical"))}<span class="quiet">{said}</span>""";
    }
}
