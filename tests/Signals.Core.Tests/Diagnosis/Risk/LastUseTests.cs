using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Testing.Storage;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Risk;

/// <summary>Crumbs after a fall, and what looks like them and is use. Amounts are reports a day, five minutes each.</summary>
public sealed class LastUseTests
{
    private const int Habit = 70;
    private static readonly ValueModel Model = StoryModels.OfPeople;

    /// <summary>A Monday.</summary>
    private static readonly int First = Days.Of(SignalsWorld.Start);

    [Theory]
    [InlineData("a crumb on the last day", 12, 1)]
    [InlineData("crumbs now and then", 3, 1, 7, 1, 12, 2)]
    public void Crumbs_after_a_fall_leave_the_fall_where_it_was(string story, params int[] dayAndReports)
    {
        var use = After(dayAndReports, silent: 14);

        Assert.True(First + Habit - 1 == use.Day, story);
        Assert.Equal(dayAndReports.Where((_, i) => i % 2 == 1).Sum() * 5, use.Since);
        Assert.Equal(14 * 10 * 5, use.Usual, 1e-6);
    }

    [Theory]
    [InlineData("a whole day of theirs", 12, 10)]
    [InlineData("half a day of theirs", 12, 5)]
    [InlineData("a third of it day after day", 9, 3, 10, 3, 11, 3, 12, 3, 13, 3)]
    public void Amounts_that_come_back_towards_their_level_are_use(string story, params int[] dayAndReports)
    {
        var use = After(dayAndReports, silent: 14);

        Assert.True((First + Habit + dayAndReports[^2], 0.0) == (use.Day, use.Since), $"{story}: {use}");
    }

    [Fact]
    public void Who_always_used_little_uses_it_still()
    {
        var history = new History();
        for (int day = 0; day < 120; day += 4)
            Reports(history, day, 1);

        Assert.Equal(new LastUse(First + 116, 0, 0), LastUse.Of(On(history, today: 118)));
    }

    [Fact]
    public void Use_in_bursts_is_no_fall_between_them()
    {
        var history = new History();
        for (int day = 0; day < 110; day++)
            Reports(history, day, day % 9 == 0 ? 30 : 1);

        for (int today = 90; today <= 110; today++)
            Assert.True(LastUse.Of(On(history, today, until: today))!.Since == 0, $"day {today}");
    }

    [Fact]
    public void Whoever_keeps_watch_at_weekends_does_not_make_them_a_fall()
    {
        var history = new History();
        for (int day = 0; day < 91; day++)
            Reports(history, day, day % 7 < 5 ? 20 : 1);

        Assert.Equal(new LastUse(First + 90, 0, 0), LastUse.Of(On(history, today: 91)));
    }

    [Fact]
    public void The_first_minutes_of_a_working_day_are_no_crumb()
    {
        var history = new History();
        for (int day = 0; day < 80; day++)
            Reports(history, day, 10);
        Reports(history, 80, 1);

        Assert.Equal(new LastUse(First + 80, 0, 0), LastUse.Of(On(history, today: 80)));
    }

    [Fact]
    public void What_is_little_for_months_is_their_new_level()
    {
        var history = new History();
        for (int day = 0; day < 150; day++)
            Reports(history, day, day < Habit ? 10 : 1);

        Assert.True(LastUse.Of(On(history, Habit + 10, until: Habit + 10))!.Since > 0);
        Assert.Equal(0, LastUse.Of(On(history, 150))!.Since);
    }

    private static LastUse After(int[] dayAndReports, int silent)
    {
        var history = new History();
        for (int day = 0; day < Habit; day++)
            Reports(history, day, 10);
        foreach (int[] crumb in dayAndReports.Chunk(2))
            Reports(history, Habit + crumb[0], crumb[1]);
        return LastUse.Of(On(history, today: Habit + silent))!;
    }

    private static void Reports(History history, int day, int times)
    {
        for (int i = 0; i < times; i++)
            history.Record("Report Shared", Days.Start(First + day).AddHours(9), true, []);
    }

    private static AccountContext On(History history, int today, int? until = null)
    {
        var account = new AccountState(AccountKey.Group("ann"), "ann");
        var known = history;
        if (until is { } end)
        {
            known = new History();
            foreach (var bucket in history.Buckets.Where(bucket => bucket.Day < First + end))
            {
                for (long times = bucket.Count(history.NameOf("Report Shared")); times > 0; times--)
                    known.Record("Report Shared", Days.Start(bucket.Day).AddHours(9), true, []);
            }
        }
        return new AccountContext(
            account,
            AccountFacts.Of(account, Model),
            new UsageView(known, Model),
            Model,
            new KnownEvents(new InMemoryEntityStore(), TimeProvider.System),
            First + today
        )
        {
            Norms = new CohortNorms { Fingerprint = "" },
        };
    }
}
