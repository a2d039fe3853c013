using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Satisfaction;
using Signals.Core.Model;
using Signals.Core.State.Answers;
using Signals.Web.Charts;
using Signals.Web.Dashboard.Feedback;

namespace Signals.Web.Dashboard.Features;

/// <summary>Which features go with better scores: who uses each, beside who could and does not.</summary>
internal sealed class FeatureScores(ValueModel model)
{
    public Html Of(Reader reader, ProductMeasures measures)
    {
        if (measures.FeatureScores.Count == 0)
            return Html.Empty;
        string lead = reader.Say(
            $"Answers of the last {SurveyScore.Days} days, one voice an account: who used the feature in the "
                + $"{FeatureScoreSurvey.UseDays} days before, beside customers whose plan has it and who did not. "
                + $"Channels are compared within themselves."
        );
        string warning = reader.Say(
            "This tells what goes together, not why: who uses a feature differs from who does not in more than that. "
                + "Only an experiment shows what a feature does."
        );
        var kinds = measures.FeatureScores.GroupBy(score => score.Kind).OrderBy(kind => kind.Key);
        return $"""
            <section id="scores"><h2>{reader.Say("Which features go with better scores")}</h2><p class="lead">{lead}</p>
            <p class="note">{warning}</p>
            {kinds.Select(kind => Table(reader, kind.Key, [.. kind]))}</section>
            """;
    }

    private Html Table(Reader reader, FeedbackKind kind, IReadOnlyList<FeatureScore> scores)
    {
        string survey = FeedbackWords.Survey(kind);
        var names = model.Features.ToDictionary(feature => feature.Id, feature => feature.Name.In(reader.Language), StringComparer.Ordinal);
        int compared = scores.Count(score => score.Enough);
        string note = compared switch
        {
            0 => reader.Say($"Nothing can be told yet: that takes {FeatureScore.LeastAccounts} accounts on each side of a feature."),
            1 => "",
            _ => reader.Say(
                $"Of {reader.Whole(compared)} features compared some differ by chance. "
                    + $"Marked is what would be rare even so, among all of them."
            ),
        };
        return $"""
            <h3>{survey}</h3>{(note.Length == 0 ? Html.Empty : Html.Of($"""<p class="line quiet">{note}</p>"""))}
            <div class="scroll" role="region" aria-label="{survey}" tabindex="0">
            <table class="scores"><caption class="unseen">{reader.Say($"{survey} of who uses a feature and who does not")}</caption>
            <thead><tr><th scope="col">{reader.Say("Feature")}</th><th scope="col" class="number">{reader.Say("Who use it")}</th>
            <th scope="col" class="number">{reader.Say("Who do not")}</th><th scope="col" class="number">{reader.Say("Difference")}</th>
            <th scope="col">{reader.Say("Where it truly lies (95%)")}</th></tr></thead>
            <tbody>{scores
                .OrderByDescending(score => score.Enough)
                .ThenByDescending(score => score.Difference)
                .Where(score => names.ContainsKey(score.Feature))
                .Select(score => Row(reader, names[score.Feature], score))}</tbody></table></div>
            """;
    }

    private static Html Row(Reader reader, string name, FeatureScore score) =>
        $"""
            <tr><th scope="row">{Html.Isolated(name)}</th>
            <td class="number">{Side(reader, score.Kind, score.With)}</td><td class="number">{Side(reader, score.Kind, score.Without)}</td>
            {Told(reader, score)}</tr>
            """;

    private static Html Told(Reader reader, FeatureScore score)
    {
        if (score is not { Difference: { } difference, Low: { } low, High: { } high })
            return $"""<td class="number">–</td><td><span class="tag warn">{reader.Say("too few to tell")}</span></td>""";
        double widest = score.Kind == FeedbackKind.Nps ? 200 : 100;
        var (tone, said) =
            score.Shown && difference > 0 ? ("tag good", reader.Say("goes with better scores"))
            : score.Shown ? ("tag warn", reader.Say("goes with worse scores"))
            : ("quiet", reader.Say("no difference shown"));
        return $"""
            <td class="number"><strong>{ScoreTable.Signed(reader, difference)}</strong></td>
            <td class="range">{Ranges.Of(difference, low, high, -widest, widest)}<span class="quiet">{reader.Say(
                $"{ScoreTable.Signed(reader, low)} to {ScoreTable.Signed(reader, high)}")}</span> <span class="{tone}">{said}</span></td>
            """;
    }

    private static Html Side(Reader reader, FeedbackKind kind, ScoreSide side)
    {
        string accounts = reader.Count(side.Accounts, "{0} account", "{0} accounts"),
            answers = reader.Count(side.Answers, "{0} answer", "{0} answers");
        return $"""
            {(side.Score is { } score ? ScoreTable.Text(reader, kind, score) : "–")}
            <span class="quiet">{accounts}, {answers}</span>
            """;
    }
}
