using Signals.Core.Platform.Time;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>What else raised the score: sentences of an alert, held against the event stream.</summary>
internal static class RiskClaims
{
    private const int Window = 30;
    private const int Recent = 14;
    private const int Baseline = 56;
    private const double Floor = 15;

    /// <summary>A weekday belongs to a habit from so many of its days on.</summary>
    private const double Usually = 0.6;

    private static readonly List<TeamClaim> All =
    [
        new(
            $"{Said.Number("amount")} minutes of value {Said.Window("window")}; the floor for that time is {Said.Number("floor")}",
            (said, facts) =>
                said.IsAmount("amount", facts.Value(facts.Today - Window + 1, facts.Today))
                && said.IsAmount("floor", Floor * Math.Min(Window, facts.Today - facts.FirstDay() + 1) / Window)
                && UseClaims.IsWindow(said, facts, facts.FirstDay())
        ),
        new(
            $"{Said.Number("amount")} minutes {Said.Window("window")}; about {Said.Number("usual")} is usual for them",
            (said, facts) =>
                said.IsCount("window", Recent)
                && said.IsDay("windowto", facts.Today)
                && facts.Today - Recent is var to
                && Math.Max(to - Baseline + 1, facts.FirstDay()) is var from
                && said.IsAmount("amount", facts.Value(to + 1, facts.Today))
                && said.IsAmount("usual", facts.Value(from, to) / (to - from + 1) * Recent)
        ),
        new(
            $"last value on {Said.Date("day")}; there usually is some about every {Said.Number("gap")} days?",
            (said, facts) => said.IsDay("day", facts.LastValueDay()) && said.IsCount("gap", UsualGap(facts, facts.LastValueDay()!.Value))
        ),
        new(
            $"value on {Said.Number("days")} days? {Said.Window("window")}",
            (said, facts) =>
                said.IsCount("days", facts.ValueDays(facts.Today - Window + 1, facts.Today))
                && UseClaims.IsWindow(said, facts, facts.FirstDay())
        ),
        new(
            $"{Said.Number("idle")} of {Said.Number("people")} (?:person|people) got less than 15 minutes {Said.Window("window")}",
            (said, facts) =>
                said.IsCount("people", facts.People.Count())
                && said.IsCount("idle", facts.People.Count() - UseClaims.Active(facts, facts.Today))
                && UseClaims.IsWindow(said, facts, facts.FirstDay())
        ),
        new(
            $"{Said.Number("active")} active (?:person|people) on {Said.Number("seats")} paid seats?",
            (said, facts) => said.IsCount("active", UseClaims.Active(facts, facts.Today)) && said.IsCount("seats", facts.Account.Seats)
        ),
        new(
            $"{Said.Percent("share")} of the plan's key features unused {Said.Window("window")}",
            (said, facts) =>
                UseClaims.KeyFeatures(facts) is { Count: > 0 } key
                && said.IsPercent("share", (double)key.Count(feature => UseClaims.IsUnused(feature, facts)) / key.Count)
                && UseClaims.IsWindow(said, facts, facts.FirstDay())
        ),
        new($"no value since {Said.Date("day")}", (said, facts) => said.IsDay("day", facts.LastValueDay())),
        new(
            $"no value since they came on {Said.Date("day")}",
            (said, facts) => facts.LastValueDay() is null && said.IsDay("day", facts.FirstDay())
        ),
        new(
            $"hardly any value since {Said.Date("day")}: {Said.Number("amount")} minutes up to {Said.Date("to")}, "
                + $"where about {Said.Number("usual")} is usual for them",
            (said, facts) =>
                said.IsDay("to", facts.Today)
                && said.IsAmount("amount", facts.Value(said.Day("day") + 1, facts.Today))
                && said.Amount("amount") <= said.Amount("usual") / 5
                && facts.ValueDays(said.Day("day"), said.Day("day")) == 1
        ),
        new(
            $"up to {Said.Date("to")} no value on {Said.Number("days")} days? on which they usually have some",
            (said, facts) =>
                said.IsDay("to", facts.Yesterday)
                && Enumerable
                    .Range(facts.FirstDay(), facts.Today - facts.FirstDay() + 1)
                    .Any(last => said.IsCount("days", Missed(facts, last)))
        ),
        new(
            $"their (?<what>renewal is|trial ends) on {Said.Date("day")}",
            (said, facts) =>
                (said["what"].StartsWith("renewal", StringComparison.Ordinal) ? facts.RenewsOn : facts.TrialEndsOn) is { } day
                && said.IsDay("day", day)
                && day >= facts.Today
        ),
        new(
            $"they last looked into leaving on {Said.Date("day")}",
            (said, facts) => facts.Of(facts.Model.LeaveIntent).LastOrDefault() is { } last && said.IsDay("day", Days.Of(last.Timestamp))
        ),
        new($"a customer since {Said.Date("day")}", (said, facts) => said.IsDay("day", facts.StartDay)),
    ];

    /// <summary>Null when the sentence is true at the moment; else what is wrong with it.</summary>
    public static string? Fault(string line, TeamFacts facts) => TeamClaim.Fault(All, line, facts);

    private static int UsualGap(TeamFacts facts, int last)
    {
        int from = Math.Max(facts.FirstDay(), last - 60 + 1);
        return (int)Math.Round((double)(last - from + 1) / Math.Max(1, facts.ValueDays(from, last)));
    }

    /// <summary>Days after one with value, without any, on whose weekday they nearly always had some in the eight weeks up to it.</summary>
    private static int Missed(TeamFacts facts, int last)
    {
        if (facts.ValueDays(last, last) == 0)
            return -1;
        int from = Math.Max(facts.FirstDay(), last - Baseline + 1);
        return Enumerable
            .Range(last + 1, Math.Max(0, facts.Yesterday - last))
            .Count(day =>
            {
                int[] same = [.. Enumerable.Range(from, last - from + 1).Where(known => known % 7 == day % 7)];
                return facts.ValueDays(day, day) == 0
                    && (same.Count(known => facts.ValueDays(known, known) > 0) + 0.5) / (same.Length + 1) >= Usually;
            });
    }
}
