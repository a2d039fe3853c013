using Signals.Core.Daily;
using Signals.Core.Daily.Digests;
using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Norms;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Reviews;
using Signals.Core.Processing.WakeUps;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Core.State.WakeUps;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily;

/// <summary>One row that cannot be read: its account is passed over and named, and everybody else's work is done.</summary>
public sealed class UnreadableRowTests
{
    private static readonly AccountKey Broken = AccountKey.Group("c1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Measures_are_of_all_other_accounts_and_the_row_is_named_until_it_is_mended()
    {
        var world = await WorldAsync();
        byte schema = await world.Store.BreakAsync(Broken, Cancel);

        var measures = await world.Get<MeasurePass>().MeasureAsync(Cancel);

        Assert.Equal(3, measures.Accounts);
        var report = Assert.Single(await ReportsAsync(world));
        Assert.Equal((BackgroundWork.Measures, 1, Broken.Value), (report.Work, report.Count, Assert.Single(report.Rows).Key));
        Assert.Contains("layout 99", report.Rows[0].Reason, StringComparison.Ordinal);

        await world.Store.BreakAsync(Broken, Cancel, schema);
        Assert.Equal(4, (await world.Get<MeasurePass>().MeasureAsync(Cancel)).Accounts);
        Assert.Empty(await ReportsAsync(world));
    }

    [Fact]
    public async Task Norms_are_of_all_other_accounts()
    {
        var world = await WorldAsync();
        await world.Store.BreakAsync(Broken, Cancel);

        Assert.True(await world.Get<CohortPass>().RunAsync(Cancel));

        Assert.Equal(3, (await world.Get<CohortStore>().GetAsync(Cancel)).ValuePerPrice(new Cohort("pro", 0, 1), 1)!.Count);
        Assert.Equal((BackgroundWork.Norms, 1), (await ReportsAsync(world)).Select(report => (report.Work, report.Count)).Single());
    }

    [Fact]
    public async Task Housekeeping_does_every_step()
    {
        var world = await WorldAsync();
        await world.Store.BreakAsync(Broken, Cancel);

        await world.Get<Housekeeping>().RunAsync(Cancel);

        Assert.Equal(Days.Of(world.Clock.GetUtcNow()), (await world.Get<CohortStore>().GetAsync(Cancel)).Day);
        Assert.Equal(3, (await world.Get<MeasurePass>().ReadAsync(Cancel))!.Accounts);
        Assert.Equal([BackgroundWork.Norms, BackgroundWork.Measures], (await ReportsAsync(world)).Select(report => report.Work));
    }

    [Fact]
    public async Task A_step_that_fails_ends_none_of_the_others_and_is_told_of_until_it_goes_well()
    {
        var world = await WorldAsync();
        await world.Get<FigurePass>().RunAsync(Cancel);
        var month = (await world.Store.QueryAsync(new EntityQuery("system", "figures"), Cancel)).Entities.Single();
        var sound = month["days"];
        month["days"] = new byte[] { BrokenRows.FarAhead };
        await world.Store.CommitAsync("system", "figures", [EntityOperation.Upsert(month)], Cancel);

        var failed = await Assert.ThrowsAsync<FailedStepsException>(() => world.Get<Housekeeping>().RunAsync(Cancel));

        Assert.False(failed.IsTransient);
        Assert.Equal(4, (await world.Get<MeasurePass>().ReadAsync(Cancel))!.Accounts);
        var report = Assert.Single(await ReportsAsync(world));
        Assert.Equal((BackgroundWork.Figures, ""), (report.Work, report.Rows.Single().Key));

        month["days"] = sound;
        await world.Store.CommitAsync("system", "figures", [EntityOperation.Upsert(month)], Cancel);
        await world.RestartAsync();
        await world.Get<MeasurePass>().MeasureAsync(Cancel);
        Assert.Empty(await ReportsAsync(world));
    }

    [Fact]
    public async Task A_store_that_is_away_is_no_unreadable_row()
    {
        var world = await WorldAsync();
        world.Store.Probe.Before = call =>
            call is { Kind: Testing.StoreCallKind.Get, Target: "accounts" } && call.Key == Broken.Value
                ? throw new TransientStoreException("away")
                : ValueTask.CompletedTask;

        var failed = await Assert.ThrowsAsync<FailedStepsException>(() => world.Get<Housekeeping>().RunAsync(Cancel));

        Assert.True(failed.IsTransient);
        world.Store.Probe.Reset();
        Assert.Empty(await ReportsAsync(world));
    }

    [Fact]
    public async Task Lists_pass_over_a_row_that_cannot_be_read_and_figures_digests_and_fan_outs_go_on()
    {
        var world = await WorldAsync();
        foreach (string list in new[] { AccountLists.ByRisk, AccountLists.ByName })
            await BreakListRowAsync(world, list);

        Assert.Equal(3, (await world.ListAsync(AccountLists.ByRisk)).Count);
        Assert.Equal(3, (await world.Get<FigurePass>().RunAsync(Cancel)).Customers);
        Assert.Equal(Broken.Value, (await ReportsAsync(world)).Single(report => report.Work == BackgroundWork.Figures).Rows.Single().Key);
        await world.Get<DailyDigest>().RunAsync(Cancel);
        Assert.Equal(4, (await world.Get<ReviewFanOut>().AskAllAsync(Cancel)).Accounts);
        Assert.Equal(4, (await world.Get<MeasurePass>().MeasureAsync(Cancel)).Accounts);
    }

    [Fact]
    public async Task A_wake_up_whose_account_cannot_be_read_is_put_off_named_and_forgotten_once_it_is_done()
    {
        var world = await WorldAsync();
        byte schema = await world.Store.BreakAsync(Broken, Cancel);
        var now = world.Clock.GetUtcNow();
        await world
            .Get<WakeIndex>()
            .AddAsync([new Wake(now, WakeKind.Lists, Broken), new Wake(now, WakeKind.Lists, AccountKey.Group("c2"))], Cancel);

        await world.Get<WakeSweep>().RunAsync(Cancel);

        var report = Assert.Single(await ReportsAsync(world));
        Assert.Equal((BackgroundWork.WakeUps, Broken.Value), (report.Work, report.Rows.Single().Key));
        Assert.Equal([Broken], (await world.WakesAsync()).Where(wake => wake.Kind == WakeKind.Lists).Select(wake => wake.Account));

        await world.Store.BreakAsync(Broken, Cancel, schema);
        world.Clock.Advance(TimeSpan.FromMinutes(11));
        await world.Get<WakeSweep>().RunAsync(Cancel);
        Assert.Empty(await ReportsAsync(world));
    }

    [Fact]
    public async Task Of_very_many_the_first_are_named_and_all_are_counted()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        var pass = world.Get<UnreadableRows>().Begin(BackgroundWork.Measures);
        for (int i = 0; i < UnreadableRows.MaxNamed + 7; i++)
            pass.Note($"g_{i}", new InvalidDataException(new string('x', 10_000)));
        await pass.EndAsync(Cancel);

        var report = Assert.Single(await ReportsAsync(world));
        Assert.Equal((UnreadableRows.MaxNamed + 7, UnreadableRows.MaxNamed), (report.Count, report.Rows.Count));
        Assert.All(report.Rows, row => Assert.InRange(row.Reason.Length, 100, 500));

        world.Clock.Advance(TimeSpan.FromDays(UnreadableRows.KeepDays));
        Assert.Empty(await ReportsAsync(world));
        Assert.Equal(1, await world.Get<UnreadableRows>().PruneAsync(Cancel));
    }

    private static Task<IReadOnlyList<UnreadableReport>> ReportsAsync(SignalsWorld world) => world.Get<UnreadableRows>().ReadAsync(Cancel);

    private static async Task<SignalsWorld> WorldAsync()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        for (int i = 0; i < 4; i++)
            world.Given($"p{i}").Joins($"c{i}").With("plan", "pro").On(0).Tracks("Report Shared").On(1, 10, 20, 30, 40);
        await world.AdvanceToAsync(day: 41);
        return world;
    }

    private static async Task BreakListRowAsync(SignalsWorld world, string list)
    {
        string partition = ShardedList.Partition(list, Broken.Value);
        var rows = (await world.Store.QueryAsync(new EntityQuery(ShardedList.Table, partition), Cancel)).Entities;
        var row = rows.Single(row => row.RowKey.EndsWith($":{Broken.Value}", StringComparison.Ordinal));
        row["summary"] = "{not json"u8.ToArray();
        await world.Store.CommitAsync(ShardedList.Table, partition, [EntityOperation.Upsert(row)], Cancel);
    }
}
