using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Testing.World;

namespace Signals.Backtesting.Tests;

public sealed class BacktesterTests
{
    [Fact]
    public void The_first_cut_is_the_first_midnight_thirty_days_after_the_first_event()
    {
        Assert.Equal(StreamBuilder.Day(30), Backtester.FirstCut(StreamBuilder.Day(0)));
        Assert.Equal(StreamBuilder.Day(31), Backtester.FirstCut(StreamBuilder.Day(0).AddMilliseconds(1)));
        Assert.Equal(StreamBuilder.Day(31), Backtester.FirstCut(StreamBuilder.Day(0.999)));
    }

    [Theory]
    [InlineData(51.0, 2)]
    [InlineData(50.999, 1)]
    [InlineData(44.0, 1)]
    [InlineData(43.9, 0)]
    public void A_cut_counts_when_a_whole_horizon_of_events_follows(double lastEvent, int cuts)
    {
        var result = new StreamBuilder().Add("ann", "Listened", 0).Add("ann", "Listened", lastEvent).Run(horizon: 14, step: 7);

        Assert.Equal(Enumerable.Range(0, cuts).Select(i => StreamBuilder.Day(30 + 7 * i)), result.Cuts.Select(cut => cut.At));
    }

    [Fact]
    public void An_event_that_waits_for_a_cut_counts_as_it_came_whatever_becomes_of_its_bytes()
    {
        var model = new ModelFile()
            .With("accounts", "\"person\"")
            .With("value", """{ "unit": "minutes", "from": [{ "event": "Listened", "property": "minutes", "scale": 1 }] }""")
            .ReadValid();
        var values = new List<double>();
        var backtester = new Backtester(model, new BacktestSettings(), (_, _, found) => values.Add(found.Health.Value));
        byte[] bytes = new byte["""{"minutes":60}"""u8.Length];
        foreach (var usageEvent in new StreamBuilder().Daily("ann", "Listened", 0, 60).Events)
        {
            """{"minutes":60}"""u8.CopyTo(bytes);
            backtester.Add(usageEvent with { Payload = bytes }, MessageHash.Of(usageEvent.MessageId));
            """{"minutes":10}"""u8.CopyTo(bytes);
        }
        backtester.Finish(TestContext.Current.CancellationToken);

        Assert.Equal(5, values.Count);
        Assert.All(values, value => Assert.Equal(29 * 60, value));
    }

    [Fact]
    public void An_account_is_assessed_from_thirty_days_after_it_was_first_seen()
    {
        var result = new StreamBuilder().Daily("ann", "Listened", 0, 60).Add("bob", "Looked", 7).Add("cid", "Looked", 7.001).Run();

        Assert.Equal([1, 2, 3], result.Cuts.Select(cut => cut.Outcomes.Assessed));
    }

    [Fact]
    public void A_churned_account_is_not_assessed_until_it_returns()
    {
        var result = new StreamBuilder()
            .Daily("ann", "Listened", 0, 80)
            .Add("bob", "Listened", 0)
            .Add("bob", "Left", 40)
            .Add("bob", "Came Back", 53)
            .Run();

        Assert.Equal(
            [(30, 2), (37, 2), (44, 1), (51, 1), (58, 2), (65, 2)],
            result.Cuts.Select(cut => ((int)(cut.At - StreamBuilder.Start).TotalDays, cut.Outcomes.Assessed))
        );
        Assert.Equal(1, result.Churned);
    }

    [Theory]
    [InlineData(29.999, 0, 0)]
    [InlineData(30.0, 1, 1)]
    [InlineData(43.999, 1, 1)]
    [InlineData(44.0, 1, 0)]
    public void Churn_at_the_cut_or_before_the_horizons_end_makes_a_flag_right(double churn, int assessed, int churned)
    {
        var result = new StreamBuilder().Add("bob", "Listened", 0).Add("bob", "Left", churn).Add("ann", "Listened", 45).Run();

        var cut = Assert.Single(result.Cuts);
        Assert.Equal((assessed, churned), (cut.Outcomes.Assessed, cut.Outcomes.Churned));
    }

    [Fact]
    public void Flags_are_counted_against_what_happened()
    {
        // Ann stops and leaves, Bob stops and stays, Cid goes on and leaves, Dot goes on and stays.
        var result = new StreamBuilder()
            .Daily("ann", "Listened", 0, 40)
            .Add("ann", "Left", 61)
            .Daily("bob", "Listened", 0, 40)
            .Daily("cid", "Listened", 0, 61)
            .Add("cid", "Left", 61.5)
            .Daily("dot", "Listened", 0, 73)
            .Run(step: 28);

        Assert.Equal(2, result.Cuts.Count);
        Assert.Equal(new Outcomes(4, 0, 0, 0), result.Cuts[0].Outcomes);
        Assert.Equal(new Outcomes(4, 2, 2, 1), result.Cuts[1].Outcomes);
        Assert.Equal(0.5, result.Cuts[1].Outcomes.Precision);
        Assert.Equal(0.5, result.Cuts[1].Outcomes.Recall);
        Assert.Equal(2.0 / 8, result.Outcomes.BaseRate);
        Assert.Equal(2, result.Churned);
        var cause = Assert.Single(result.Causes);
        Assert.Equal((CauseIds.UsageDrop, 2, 2, 1, 2), (cause.Cause, cause.Found, cause.Primary, cause.Churned, cause.Accounts));
        Assert.Equal((2, 1), (cause.Began, cause.BeganChurned));
        // One of two where it was found, two of eight of all.
        Assert.Equal((2.0, 2.0), (cause.OverBase!.Value, cause.BeganOverBase!.Value));
        Assert.True(cause.OverBaseInterval is { From: < 1, To: > 2 }, $"{cause.OverBaseInterval}");
        Assert.Null(cause.Passed);
        Assert.Equal(2, result.Cuts[1].Causes[CauseIds.UsageDrop]);
    }

    [Fact]
    public void What_is_gone_four_weeks_after_it_began_passed_by_itself()
    {
        // Ann comes back after three weeks, Bob does not.
        var result = new StreamBuilder()
            .Daily("ann", "Listened", 0, 40)
            .Daily("ann", "Listened", 62, 120)
            .Daily("bob", "Listened", 0, 40)
            .Daily("dot", "Listened", 0, 120)
            .Run();

        var drop = Assert.Single(result.Causes, cause => cause.Cause == CauseIds.UsageDrop);
        Assert.Equal((2, 0), (drop.Began, drop.BeganChurned));
        Assert.Equal(0.5, drop.Passed);
        Assert.Null(drop.OverBase);
    }

    [Fact]
    public void The_lead_runs_from_the_first_of_the_unbroken_flags_before_a_churn()
    {
        // Flagged at day 51 or 58 after stopping at 40, and at every cut from then until leaving at 70.
        var flags = new List<double>();
        var result = new StreamBuilder()
            .Daily("ann", "Listened", 0, 40)
            .Add("ann", "Left", 70)
            .Daily("dot", "Listened", 0, 90)
            .Run(
                assessed: (cut, account, found) =>
                {
                    if (account.State.Id == "ann" && found.Risk.Level >= RiskLevel.AtRisk)
                        flags.Add((cut - StreamBuilder.Start).TotalDays);
                }
            );

        Assert.Equal(1, result.Leads);
        Assert.Equal(65, flags[^1]);
        Assert.Equal(Enumerable.Range(0, flags.Count).Select(i => 65.0 - 7 * (flags.Count - 1 - i)), flags);
        Assert.Equal(70 - flags[0], result.MedianLeadDays);
    }

    [Fact]
    public void A_churn_that_no_flag_led_up_to_has_no_lead()
    {
        var result = new StreamBuilder().Daily("ann", "Listened", 0, 61).Add("ann", "Left", 61).Daily("dot", "Listened", 0, 90).Run();

        Assert.Equal(0, result.Leads);
        Assert.Null(result.MedianLeadDays);
    }

    [Fact]
    public void An_event_up_to_a_day_late_still_belongs_to_its_cut()
    {
        var result = new StreamBuilder()
            .Add("ann", "Listened", 0)
            .Add("ann", "Listened", 30.9)
            .Add("bob", "Left", 29.5)
            .Add("ann", "Left", 29.9)
            .Add("ann", "Came Back", 50)
            .Run(inOrder: false);

        Assert.Equal(0, result.Cuts[0].Outcomes.Assessed);
        Assert.Equal(0, result.Late);
    }

    [Fact]
    public void An_event_over_a_day_later_than_its_cut_is_folded_and_counted_as_late()
    {
        var result = new StreamBuilder()
            .Add("ann", "Listened", 0)
            .Add("ann", "Listened", 31)
            .Add("ann", "Left", 29.9)
            .Add("ann", "Listened", 52)
            .Run(inOrder: false);

        Assert.Equal(1, result.Cuts[0].Outcomes.Assessed);
        Assert.Equal(0, result.Cuts[1].Outcomes.Assessed);
        Assert.Equal(1, result.Late);
        Assert.Equal(4, result.Folded);
    }

    [Fact]
    public void An_event_that_comes_twice_counts_once()
    {
        var result = new StreamBuilder().Add("ann", "Listened", 1, id: "same").Add("ann", "Listened", 1, id: "same").Run();

        Assert.Equal((1, 1), (result.Folded, result.Duplicates));
    }

    [Fact]
    public void A_group_is_one_account_and_people_without_one_are_not_assessed()
    {
        var result = new StreamBuilder()
            .Daily("ann", "Listened", 0, 50, "acme")
            .Daily("bob", "Listened", 0, 50, "acme")
            .Daily("cid", "Listened", 0, 50)
            .Add("bob", "Left", 43, "acme")
            .Run(model: StreamBuilder.Model("group"));

        Assert.Equal((3, 1, 1), (result.People, result.Accounts, result.Churned));
        Assert.All(result.Cuts, cut => Assert.Equal(1, cut.Outcomes.Assessed));
        Assert.Equal(1, result.Outcomes.Churned);
    }

    [Fact]
    public void Nothing_is_claimed_of_a_history_too_short_to_cut()
    {
        var result = new StreamBuilder().Daily("ann", "Listened", 0, 20).Run();

        Assert.Empty(result.Cuts);
        Assert.Equal(Outcomes.None, result.Outcomes);
        Assert.Null(result.Auc);
        Assert.Null(result.Outcomes.BaseRate);
    }

    [Fact]
    public void What_happens_after_a_cut_never_changes_its_assessments()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            string[] names = ["Listened", "Listened", "Looked", "Left", "Came Back"];
            var before = Enumerable
                .Range(0, 400)
                .Select(_ =>
                    (
                        User: $"u{random.Next(8)}",
                        Name: names[random.Next(100) < 96 ? random.Next(3) : random.Next(5)],
                        Day: random.NextDouble() * 58
                    )
                );
            var common = before.ToList();
            var one = AssessmentsAt(58, common, After(new Random(seed + 1000)));
            var other = AssessmentsAt(58, common, After(new Random(seed + 2000)));

            Assert.NotEmpty(one);
            Assert.Equal(one, other);
        }

        IEnumerable<(string User, string Name, double Day)> After(Random random) =>
            Enumerable
                .Range(0, random.Next(1, 200))
                .Select(_ => ($"u{random.Next(10)}", random.Next(3) == 0 ? "Left" : "Listened", 58 + random.NextDouble() * 20))
                .Append(("u9", "Looked", 80));
    }

    private static List<string> AssessmentsAt(
        int day,
        IEnumerable<(string User, string Name, double Day)> before,
        IEnumerable<(string User, string Name, double Day)> after
    )
    {
        var stream = new StreamBuilder();
        stream.Add("u0", "Looked", 0);
        foreach (var (user, name, at) in before.Concat(after).ToList())
            stream.Add(user, name, at, id: $"{user}-{name}-{at:R}");
        var found = new List<string>();
        stream.Run(
            assessed: (cut, account, assessment) =>
            {
                if (cut <= StreamBuilder.Day(day))
                    found.Add(
                        $"{cut:O} {account.State.Id} {assessment.Risk} {assessment.Health} {string.Join(",", assessment.Causes.Select(cause => (cause.Id, cause.Confidence)))}"
                    );
            }
        );
        return [.. found.Order(StringComparer.Ordinal)];
    }
}
