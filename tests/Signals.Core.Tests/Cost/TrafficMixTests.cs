using Signals.Core.State.WakeUps;
using Signals.Testing.Cost;

namespace Signals.Core.Tests.Cost;

/// <summary>What named traffic costs, counted: the numbers that docs/cost.md promises.</summary>
public sealed class TrafficMixTests
{
    private static readonly Lazy<Task<(MixResult Singles, MixResult SdkBatches)>> OfTeams = new(() =>
        TrafficMixes.SinglesThenSdkBatchesAsync(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(60))
    );

    [Fact]
    public async Task Single_calls_at_a_hundred_a_second_over_three_workers_take_at_most_40_bus_operations_per_1000_events()
    {
        var mix = (await OfTeams.Value).Singles;

        Assert.InRange(mix.Events, 8000, 10_000);
        Assert.InRange(mix.BusPerThousandEvents, 20, 40);
        HoldsForFolds(mix);
    }

    [Fact]
    public async Task Sdk_batches_of_fifteen_from_distinct_people_take_at_most_10()
    {
        var mix = (await OfTeams.Value).SdkBatches;

        Assert.InRange(mix.BusPerThousandEvents, 5, 10);
        HoldsForFolds(mix);
    }

    [Fact]
    public async Task Server_batches_of_500_over_200_accounts_take_at_most_10()
    {
        var mix = await TrafficMixes.ServerBatchesAsync(TimeSpan.FromSeconds(30));

        Assert.InRange(mix.BusPerThousandEvents, 5, 10);
        HoldsForFolds(mix);
    }

    [Fact]
    public async Task An_import_of_people_nobody_knew_takes_at_most_10()
    {
        var mix = await TrafficMixes.ImportAsync(accounts: 200);

        Assert.InRange(mix.BusPerThousandEvents, 3, 10);
        HoldsForFolds(mix);
    }

    [Fact]
    public async Task Reviews_that_change_nothing_cost_little_more_than_a_read_after_days_of_use_too()
    {
        const int Accounts = 400,
            Days = 12;
        var month = await MonthOfReviews.PlayAsync(Accounts, Days);

        // Sweeps query every shard, due or not: a fixed cost, and no more than that.
        long sweeps = month.Month.Bill.Of(BilledKind.Query, "sweep", WakeIndex.Table);
        Assert.InRange(sweeps, MonthOfReviews.EmptySweepsADay * (Days - 1), MonthOfReviews.EmptySweepsADay * (Days + 1));
        // A day more moves the score, and with it rows of lists.
        Assert.Equal(Accounts, month.Anew.Reviews);
        Assert.InRange(month.Anew.StoragePerReview, 2, 10);
        Assert.Equal(Accounts, month.Asked.Reviews);
        Assert.InRange(month.Asked.StoragePerReview, 1, 1.2);
        Assert.Equal(Accounts, month.Woken.Reviews);
        Assert.InRange(month.Woken.StoragePerReview, 1, 1.2);
        Assert.InRange(month.Month.Bill.Bus("reviews"), 1, 3 * month.Month.Reviews);
        Assert.InRange(month.Month.Bill.Mails, 1, 10 * Accounts);
    }

    /// <summary>No row is read that is not changed, and no account is written twice in one delivery.</summary>
    private static void HoldsForFolds(MixResult mix)
    {
        Assert.InRange(mix.Folds.RowsRead, 1, mix.Folds.RowsChanged);
        Assert.Equal(mix.Folds.AccountsChanged, mix.Folds.Transactions);
    }
}
