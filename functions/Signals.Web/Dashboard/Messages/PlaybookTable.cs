using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Outreach;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Messages;

/// <summary>Every playbook with what it sent, what that achieved, and whether the difference to those held out can be told yet.</summary>
internal sealed class PlaybookTable(ValueModel model, OwnSegments segments)
{
    /// <summary>States of a message that left, or may have.</summary>
    private static readonly OutreachState[] Left =
    [
        OutreachState.Sent,
        OutreachState.Delivered,
        OutreachState.Bounced,
        OutreachState.Uncertain,
    ];

    /// <summary>Differences are drawn within so many points on either side.</summary>
    private const double Widest = 0.5;

    public Html Of(Reader reader, IReadOnlyList<PlaybookEffect> effects, IReadOnlyDictionary<string, Dictionary<string, int>> tally)
    {
        var rows = CauseCatalogue
            .Ids.Select(model.PlaybookFor)
            .Where(playbook => playbook.Message is not null || tally.ContainsKey(playbook.Cause))
            .Select(playbook =>
                (
                    Playbook: playbook,
                    Effect: effects.FirstOrDefault(effect => effect.Playbook.Cause == playbook.Cause),
                    Counts: tally.GetValueOrDefault(playbook.Cause) ?? []
                )
            )
            .OrderByDescending(row => Sent(row.Counts))
            .ThenByDescending(row => row.Effect?.Message.Treated.People ?? 0);
        string caption = reader.Say("Playbooks");
        return $"""
            <div class="scroll" role="region" aria-label="{caption}" tabindex="0">
            <table class="playbooks"><caption class="unseen">{caption}</caption>
            <thead><tr><th scope="col">{reader.Say("Playbook")}</th>
            <th scope="col" class="number">{reader.Say("column|Sent")}</th>
            <th scope="col" class="number">{reader.Say("Goal reached, written to")}</th>
            <th scope="col" class="number">{reader.Say("Goal reached, held out")}</th>
            <th scope="col">{reader.Say("Difference")}</th></tr></thead>
            <tbody>{rows.Select(row => Row(reader, row.Playbook, row.Effect, row.Counts))}</tbody></table></div>
            """;
    }

    private static int Sent(Dictionary<string, int> counts) => Left.Sum(state => counts.GetValueOrDefault(state.Name()));

    private Html Row(Reader reader, Playbook playbook, PlaybookEffect? effect, Dictionary<string, int> counts)
    {
        int heldOut = counts.GetValueOrDefault(OutreachState.HeldOut.Name()),
            suppressed = counts.GetValueOrDefault(OutreachState.Suppressed.Name());
        string beside = string.Join(
            ", ",
            new[]
            {
                heldOut == 0 ? "" : reader.Say($"{reader.Whole(heldOut)} held out"),
                suppressed == 0 ? "" : reader.Say($"{reader.Whole(suppressed)} not sent"),
            }.Where(part => part.Length > 0)
        );
        string goal = playbook.Goal is null ? reader.Say("no goal") : reader.Say($"goal within {playbook.GoalDays} days");
        return $"""
            <tr><th scope="row">{CauseWords.Name(reader, playbook.Cause)}<span class="quiet">{goal}</span>{Audience(reader, playbook)}</th>
            <td class="number"><strong>{reader.Whole(Sent(counts))}</strong><span class="quiet">{beside}</span></td>
            <td class="number">{Rate(reader, effect?.Message.Treated)}</td>
            <td class="number">{Rate(reader, effect?.Message.Control)}</td>
            <td>{Difference(reader, playbook, effect)}{Channels(reader, effect)}{Templates(reader, effect)}{Segments(
                reader,
                effect
            )}</td></tr>
            """;
    }

    /// <summary>Whom it is for, where that is not everybody.</summary>
    private Html Audience(Reader reader, Playbook playbook)
    {
        if (!playbook.IsForSome)
            return Html.Empty;
        string Names(IReadOnlyList<string> ids) => string.Join(", ", ids.Select(id => segments.Name(reader, id)));
        string only = playbook.Only.Count == 0 ? "" : reader.Say($"only: {Names(playbook.Only)}"),
            except = playbook.Except.Count == 0 ? "" : reader.Say($"not: {Names(playbook.Except)}");
        return $"""<span class="quiet">{string.Join(" · ", new[] { only, except }.Where(part => part.Length > 0))}</span>""";
    }

    private static Html Rate(Reader reader, Arm? arm) =>
        arm?.Rate is { } rate
            ? Html.Of(
                $"""
          {reader.Percent(rate)}<span class="quiet">{reader.Say(
              $"{reader.Whole(arm.Reached)} of {reader.Whole(arm.People)}")}</span>
          """
            )
            : Html.Of($"""<span class="quiet">–</span>""");

    private static Html Difference(Reader reader, Playbook playbook, PlaybookEffect? effect)
    {
        if (playbook.Goal is null)
            return $"""<span class="quiet">{reader.Say("nothing to measure against")}</span>""";
        if (effect is null)
            return $"""
                <span class="quiet">{reader.Say(
                    $"first told {playbook.GoalDays} days after the first message")}</span>
                """;
        return Of(reader, effect.Message);
    }

    private static Html Of(Reader reader, Comparison comparison)
    {
        var (word, tone) = comparison.Verdict switch
        {
            Verdict.Helps => (reader.Say("helps"), "good"),
            Verdict.Harms => (reader.Say("harms"), "bad"),
            Verdict.NoDifferenceShown => (reader.Say("no difference shown"), ""),
            _ => (reader.Say("too early"), "warn"),
        };
        int needed = comparison.StillNeeded.Treated + comparison.StillNeeded.Control;
        string more = comparison.Verdict == Verdict.TooEarly && needed > 0 ? reader.Say($"{reader.Whole(needed)} more needed") : "";
        var told = comparison is { Difference: { } difference, Interval: { } interval }
            ? $"""
                <span>{Points(reader, difference)}</span> <span class="quiet">{reader.Say(
                    $"{Points(reader, interval.Low)} to {Points(reader, interval.High)}")}</span>
                {Ranges.Of(difference, interval.Low, interval.High, -Widest, Widest)}
                """
            : Html.Empty;
        return $"""<p><span class="tag {tone}">{word}</span> {more}</p>{told}""";
    }

    private static Html Channels(Reader reader, PlaybookEffect? effect) =>
        effect?.Cards is { } cards
            ? $"""
                <span class="quiet">{reader.Say("Begun as cards in the product:")}</span>{Of(reader, cards)}
                {(
                    effect.Mails is { } mails
                        ? Html.Of($"""<span class="quiet">{reader.Say("By mail from the start:")}</span>{Of(reader, mails)}""")
                        : Html.Empty
                )}
                """
            : Html.Empty;

    private static Html Templates(Reader reader, PlaybookEffect? effect) =>
        effect?.Templates is { } templates
            ? $"""
          <span class="quiet">{reader.Say(
              "Alternative text against the usual one:")}</span>{Of(reader, templates)}
          """
            : Html.Empty;

    /// <summary>The same in each segment: folded, for of many differences one looks large by chance.</summary>
    private Html Segments(Reader reader, PlaybookEffect? effect)
    {
        if (effect is not { Segments.Count: > 0 })
            return Html.Empty;
        var rows = effect.Segments.Select(one =>
            Html.Of($"<li><span>{Html.Isolated(segments.Name(reader, one.Segment))}</span>{Of(reader, one.Message)}</li>")
        );
        return $"""
            <details><summary>{reader.Say("By segment")}</summary><p class="quiet">{reader.Say(
                "As the accounts were when it was planned. Of many comparisons some look large by chance.")}</p>
            <ul class="list">{rows}</ul></details>
            """;
    }

    /// <summary>Percentage points, with their sign.</summary>
    private static string Points(Reader reader, double difference) =>
        reader.Say($"{(difference < 0 ? "−" : "+")}{reader.Amount(Math.Abs(Math.Round(100 * difference, 1)))} points");
}
