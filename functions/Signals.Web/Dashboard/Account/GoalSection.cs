using Signals.Core.Diagnosis.Value;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Account;

/// <summary>What the customer came for, in their words, and how far they are where the model can see it.</summary>
internal static class GoalSection
{
    public static Html Of(Reader reader, AccountFile file)
    {
        if (file.Facts.Goal is not { Length: > 0 } words)
            return Html.Empty;
        var goals = GoalProgress.Of(words, file.Usage, file.Model, file.Context.Today);
        Html progress =
            goals.Count == 0
                ? Html.Of(
                    $"""
                    <p class="line quiet">{reader.Say("No goal of the model knows these words, so that nobody sees how far they are.")}</p>
                    """
                )
                : Html.Of($"""<ul class="list goals">{goals.Select(goal => Row(reader, goal))}</ul>""");
        return $"""
            <section><h2>{reader.Say("What they came for")}</h2>
            <blockquote class="goal">{Html.Isolated(words)}</blockquote>
            {progress}</section>
            """;
    }

    private static Html Row(Reader reader, GoalProgress progress)
    {
        var goal = progress.Goal;
        Html state = progress.IsReached
            ? Html.Of($"""<span class="tag good">{reader.Say("goal|reached")}</span>""")
            : Html.Of($"""<span class="tag">{reader.Percent(progress.Share)}</span>""");
        Html before = progress.Before is { } earlier
            ? $""" · {reader.Say($"{reader.Whole(earlier)} in the {goal.Days} days before")}"""
            : Html.Empty;
        return $"""
            <li><p>{state} {Html.Isolated(goal.Name.In(reader.Language))}</p>
            {Sparks.Share(Math.Min(progress.Done, goal.Amount), goal.Amount)}
            <p class="line quiet">{reader.Say(
                $"{reader.Whole(progress.Done)} of {reader.Amount(goal.Amount)} in {goal.Days} days")}{before}</p></li>
            """;
    }
}
