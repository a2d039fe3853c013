using Signals.Core.Platform.Time;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>
/// What alerts and digests say was seen, cause by cause, each held against the event stream. What others do (norms) cannot be worked out of
/// one account: there, what is said must agree with itself.
/// </summary>
internal static class EvidenceClaims
{
    private const int Window = 30;
    private const int Recent = 14;
    private const int Baseline = 56;

    private const double OfDaysLeftOut = 0.1;

    private static readonly List<TeamClaim> All =
    [
        // A champion who left.
        TeamClaim.Evidence(
            $"(?<who>.+), who carried {Said.Percent("share")} of the value, was last seen getting any on {Said.Date("day")}",
            "never",
            $"value on {Said.Number("expected")} of 7 days",
            (said, facts) =>
                facts.Called(said["who"]) is { } who
                && facts.LastValueDay(who) is { } last
                && said.IsDay("day", last)
                && said.IsPercent("share", facts.Value(last - Baseline + 1, last, who) / facts.Value(last - Baseline + 1, last))
                && (!said.Has("expected") || said.IsAmount("expected", 7.0 * facts.ValueDays(last - Baseline + 1, last, who) / Baseline))
        ),
        TeamClaim.Evidence(
            $"(?<who>.+) could take over, last value on {Said.Date("day")}",
            $"{Said.Number("amount")} minutes in the {Said.Number("days")} days up to then",
            "somebody to carry it on",
            (said, facts) =>
                facts.Called(said["who"]) is { } who
                && facts.LastValueDay(who) is { } last
                && said.IsDay("day", last)
                && (
                    !said.Has("amount")
                    || (said.IsCount("days", Baseline) && said.IsAmount("amount", facts.Value(last - Baseline + 1, last, who)))
                )
        ),
        TeamClaim.Evidence(
            "nobody else gets value now",
            "nobody",
            "somebody to carry it on",
            (_, facts) => !facts.People.Any(person => facts.Value(facts.Today - 4, facts.Today, person) > 0)
        ),
        // Less than before.
        TeamClaim.Evidence(
            $"{Said.Number("amount")} minutes from {Said.Date("from")} to {Said.Date("to")}, {Said.Percent("fall")} under their own level",
            $"{Said.Number("value")} minutes",
            $"about {Said.Number("usual")} minutes",
            (said, facts) =>
                IsFortnight(said, facts)
                && facts.Value(said.Day("from"), said.Day("to")) is var recent
                && said.IsAmount("amount", recent)
                && OwnLevel(facts, said.Day("from")) is var usual
                && IsUsual(said, "fall", 100 * (1 - (recent / usual)))
                && (!said.Has("usual") || IsUsual(said, "usual", usual))
                && IsSince(said, said.Day("from"))
        ),
        TeamClaim.Evidence(
            $"{Said.Number("days")} days? with value in that time",
            $"{Said.Number("value")} days?",
            $"about {Said.Number("usual")} days",
            (said, facts) =>
                said.Has("since")
                && said.Day("since") is var from
                && from + Recent <= facts.Today
                && said.IsCount("days", facts.ValueDays(from, from + Recent - 1))
                && (!said.Has("usual") || IsUsual(said, "usual", OwnDays(facts, from)))
        ),
        TeamClaim.Evidence(
            $"last value on {Said.Date("day")}",
            "never",
            "more recent",
            (said, facts) => said.IsDay("day", facts.LastValueDay())
        ),
        // Money.
        TeamClaim.Evidence(
            $"payment of {Said.Number("sum")} USD failed {Said.Times("times")} and was not made good",
            $"{Said.Number("tries")} failed (?:try|tries)",
            $"{Said.Number("due")} USD paid",
            (said, facts) =>
            {
                var good = facts.Of(facts.Model.Billing.Recovered).LastOrDefault()?.Timestamp ?? DateTimeOffset.MinValue;
                var failed = facts.Of(facts.Model.Billing.Failed).Where(found => found.Timestamp > good).ToList();
                return failed.Count > 0
                    && said["sum"] == StoryFacts.Property(failed[^1], "amount")
                    && said.IsCount("times", failed.Count)
                    && (!said.Has("due") || said["due"] == said["sum"])
                    && IsSince(said, Days.Of(failed[0].Timestamp));
            }
        ),
        TeamClaim.Evidence(
            $"{Said.Number("amount")} minutes per USD a month from {Said.Date("from")} to {Said.Date("to")}, in the lowest 10% of "
                + $"{Said.Number("others")} customers like them",
            $"{Said.Number("value")} minutes per USD",
            $"about {Said.Number("usual")} minutes per USD",
            (said, facts) =>
                said.Day("to") == said.Day("from") + Window - 1
                && said.Day("to") < facts.Today
                && said.IsAmount("amount", facts.Value(said.Day("from"), said.Day("to")) / facts.Price)
                && (!said.Has("usual") || said.Amount("amount") <= said.Amount("usual") / 2)
                && IsSince(said, said.Day("from"))
        ),
        TeamClaim.Evidence(
            $"they pay {Said.Number("sum")} USD a month",
            $"{Said.Number("value")} USD",
            "a price that pays off for them",
            (said, facts) => said.IsAmount("sum", facts.Price)
        ),
        // What they said and showed.
        TeamClaim.Evidence(
            $"wrote: {Said.Quote("words")}",
            "(?:words about leaving|negative words|kind words|a problem, in words)",
            "(?:none|kind ones|nothing so good|nothing to report)",
            (said, facts) => facts.Events.Any(found => IsWritten(said, found))
        ),
        TeamClaim.Evidence(
            $"(?<survey>NPS|CSAT|CES) of {Said.Number("score")}(?:: {Said.Quote("words")})?",
            $"{Said.Number("value")}",
            "(?:above 6|above 2|under 5|nothing so good)",
            (said, facts) =>
                facts
                    .Of([$"{said["survey"].ToUpperInvariant()} Answered"])
                    .Any(found => StoryFacts.Property(found, "score") == said["score"] && (!said.Has("words") || IsWritten(said, found)))
        ),
        TeamClaim.Evidence(
            $"showed {Said.Number("signs")} signs? of leaving",
            $"{Said.Number("value")} signs?",
            "none",
            (said, facts) =>
                facts.Of(facts.Model.LeaveIntent, facts.Today - Window).ToList() is { Count: > 0 } signs
                && said.IsCount("signs", signs.Count)
                && IsSince(said, Days.Of(signs[0].Timestamp))
        ),
        TeamClaim.Evidence(
            $"ticket (?<ticket>\\S+) unanswered since {Said.Date("day")}(?:: {Said.Quote("words")})?",
            "never",
            $"answered within {Said.Number("limit")} hours",
            (said, facts) =>
                TicketOf(said, facts) is { } opened
                && said.IsDay("day", Days.Of(opened))
                && !IsAnswered(said["ticket"], facts)
                && facts.Moment - opened > TimeSpan.FromHours(AgreedHours(facts))
                && (!said.Has("limit") || said.IsCount("limit", AgreedHours(facts)))
        ),
        TeamClaim.Evidence(
            $"ticket (?<ticket>\\S+) open since {Said.Date("day")}(?:: {Said.Quote("words")})?",
            "never",
            "solved within 48 hours",
            (said, facts) =>
                TicketOf(said, facts) is { } opened && said.IsDay("day", Days.Of(opened)) && facts.Moment - opened > TimeSpan.FromHours(48)
        ),
        TeamClaim.Evidence(
            $"ticket (?<ticket>\\S+) of {Said.Date("day")}: {Said.Quote("words")}",
            "negative words",
            "kind ones",
            (said, facts) => TicketOf(said, facts) is { } opened && said.IsDay("day", Days.Of(opened))
        ),
    ];

    /// <summary>Null when a line of evidence is true at the moment; else what is wrong with it.</summary>
    public static string? Fault(string line, TeamFacts facts) => TeamClaim.Fault([.. All, .. UseClaims.All], line, facts);

    public static bool IsSince(Said said, int? day) => !said.Has("since") || said.IsDay("since", day);

    /// <summary>As good as exactly: days on which customers at large stayed away count on neither side, and one account does not tell them.</summary>
    private static bool IsUsual(Said said, string place, double actual) =>
        Math.Abs(said.Amount(place) - actual) <= Math.Max(1, OfDaysLeftOut * actual);

    /// <summary>The median of what windows of a fortnight brought in the eight weeks before the last one.</summary>
    private static double OwnLevel(TeamFacts facts, int fortnight)
    {
        var (earliest, to) = Before(facts, fortnight);
        var windows = new List<double>();
        for (int start = earliest; start + Recent - 1 <= to; start++)
            windows.Add(facts.Value(start, start + Recent - 1));
        windows.Sort();
        return (windows[(windows.Count - 1) / 2] + windows[windows.Count / 2]) / 2;
    }

    private static double OwnDays(TeamFacts facts, int fortnight)
    {
        var (earliest, to) = Before(facts, fortnight);
        return (double)facts.ValueDays(earliest, to) / (to - earliest + 1) * Recent;
    }

    /// <summary>The eight weeks before a fortnight, as far as there were so many.</summary>
    private static (int Earliest, int To) Before(TeamFacts facts, int fortnight)
    {
        int to = Math.Min(fortnight - 1, facts.LastValueDay() ?? 0);
        return (Math.Max(to - Baseline + 1, facts.FirstDay()), to);
    }

    /// <summary>The words stand in what somebody wrote, on the day that is said.</summary>
    private static bool IsWritten(Said said, Core.Intake.Events.UsageEvent found) =>
        new[] { "comment", "body" }.Any(name => StoryFacts.Property(found, name).Contains(said["words"], StringComparison.Ordinal))
        && IsSince(said, Days.Of(found.Timestamp));

    /// <summary>When a ticket was opened that nobody has solved yet, in these words.</summary>
    private static DateTimeOffset? TicketOf(Said said, TeamFacts facts)
    {
        bool IsIt(Core.Intake.Events.UsageEvent found) => StoryFacts.Property(found, "ticketId") == said["ticket"];
        return
            facts.Of(facts.Model.Tickets.Opened).FirstOrDefault(IsIt) is { } opened
            && !facts.Of(facts.Model.Tickets.Solved).Any(IsIt)
            && (!said.Has("words") || IsWritten(said, opened))
            && IsSince(said, Days.Of(opened.Timestamp))
            ? opened.Timestamp
            : null;
    }

    private static bool IsAnswered(string ticket, TeamFacts facts) =>
        facts.Of(facts.Model.Tickets.Answered).Any(found => StoryFacts.Property(found, "ticketId") == ticket);

    /// <summary>Hours to a first answer, as the sample's plans have them.</summary>
    private static int AgreedHours(TeamFacts facts) =>
        facts.LastSaid("plan", "plan") switch
        {
            "pro" => 4,
            "enterprise" => 2,
            _ => 24,
        };

    /// <summary>Two weeks that are over, and that nothing came after.</summary>
    private static bool IsFortnight(Said said, TeamFacts facts) =>
        said.Day("to") == said.Day("from") + Recent - 1
        && said.Day("to") < facts.Today
        && (said.Day("to") == facts.Yesterday || facts.Value(said.Day("to") + 1, facts.Yesterday) == 0);
}
