using Microsoft.Azure.Functions.Worker;
using Signals.Core.Daily;
using Signals.Core.Daily.Digests;
using Signals.Core.Daily.Erasure;
using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Hindsight;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Norms;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Reviews;
using Signals.Core.Processing.WakeUps;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Core.State.WakeUps;
using Signals.Functions.Timers;
using Signals.Testing;
using Signals.Testing.World;

namespace Signals.Functions.Tests.Timers;

/// <summary>
/// A timer's call does all of its steps, whatever becomes of one; what failed as a whole fails the call, which the platform shows.
/// </summary>
public sealed class TimerFaultTests
{
    private static readonly TimerInfo Timer = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Housekeeping_passes_over_an_unreadable_account_and_does_everything_else()
    {
        var world = await WorldAsync();
        await world.Store.BreakAsync(AccountKey.Group("acme"), Cancel);

        await new HousekeepingFunction(world.Get<Housekeeping>()).RunAsync(Timer, Cancel);

        Assert.Equal(1, (await world.Get<MeasurePass>().ReadAsync(Cancel))!.Accounts);
        Assert.Equal(Days.Of(world.Clock.GetUtcNow()), (await world.Get<CohortStore>().GetAsync(Cancel)).Day);
        Assert.Equal(
            [(BackgroundWork.Norms, "g_acme"), (BackgroundWork.Measures, "g_acme")],
            (await world.Get<UnreadableRows>().ReadAsync(Cancel)).Select(report => (report.Work, report.Rows.Single().Key))
        );
    }

    [Fact]
    public async Task The_sweep_wakes_who_is_due_though_the_model_cannot_be_put_into_force()
    {
        var world = await WorldAsync();
        await world.Get<WakeIndex>().AddAsync(new Wake(world.Clock.GetUtcNow(), WakeKind.Review, AccountKey.Group("zen")), Cancel);
        Refuse(world, "model");

        var failed = await Assert.ThrowsAsync<FailedStepsException>(() =>
            new SweepFunction(
                world.Get<ModelActivation>(),
                world.Get<ClockWatch>(),
                world.Get<WakeSweep>(),
                world.Get<EarlyNorms>(),
                world.Get<HindsightPass>(),
                world.Get<ErasureWork>(),
                world.Get<WorkSteps>()
            ).RunAsync(Timer, Cancel)
        );

        Assert.IsType<InvalidDataException>(Assert.Single(failed.InnerExceptions));
        Assert.DoesNotContain(await world.WakesAsync(), wake => wake.At <= world.Clock.GetUtcNow());
        Assert.Equal([BackgroundWork.Model], (await world.Get<UnreadableRows>().ReadAsync(Cancel)).Select(report => report.Work));
    }

    [Fact]
    public async Task The_report_is_planned_though_the_digest_fails()
    {
        var world = await WorldAsync();
        await world.Get<FigurePass>().RunAsync(Cancel);
        Refuse(world, "digests");

        await Assert.ThrowsAsync<FailedStepsException>(() =>
            new DigestFunction(world.Get<DailyDigest>(), world.Get<WeeklyReport>(), world.Get<WorkSteps>()).RunAsync(Timer, Cancel)
        );

        var monday = DigestDay.LatestWeek(world.Clock.GetUtcNow(), WorkCalendar.Of(world.Model.TimeZone));
        Assert.True(await world.Get<TeamMails>().ArePlannedAsync(WeeklyReport.Name, monday.Day, Cancel));
        Assert.Equal([BackgroundWork.Digest], (await world.Get<UnreadableRows>().ReadAsync(Cancel)).Select(report => report.Work));
    }

    [Fact]
    public async Task A_function_app_that_was_away_in_the_morning_plans_the_digest_once_when_it_comes_back()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        var account = new AccountSummary
        {
            Key = AccountKey.Group("acme").Value,
            Id = "acme",
            Name = "Acme",
            Level = RiskLevel.Critical,
            Previous = RiskLevel.Watch,
            Since = world.At(0, 15),
            Score = 90,
            Causes = [],
        };
        var row = new Entity(
            ShardedList.Partition(AccountLists.ByRisk, account.Key),
            AccountLists.RiskOrder(account.Level, 0, account.Score, account.Key)
        );
        AccountLists.Write(row, account);
        await world.Get<ShardedList>().PutAsync(row, Cancel);
        await world.AdvanceToAsync(world.At(1, 16));

        for (int time = 0; time < 3; time++)
        {
            await new DigestFunction(world.Get<DailyDigest>(), world.Get<WeeklyReport>(), world.Get<WorkSteps>()).RunAsync(Timer, Cancel);
            await world.RestartAsync();
        }

        var planned = await world.Get<OutreachRows>().OfAccountAsync(new AccountKey("d_digests"), 10, null, Cancel);
        Assert.Equal((world.At(1, 7), world.At(2, 7)), (Assert.Single(planned).PlannedAt, planned[0].ExpiresAt));
    }

    private static void Refuse(SignalsWorld world, string partition) =>
        world.Store.Probe.Before = call =>
            call is { Kind: StoreCallKind.Get, Target: "system" } && call.Key == partition
                ? throw new InvalidDataException("not as it was written")
                : ValueTask.CompletedTask;

    private static async Task<SignalsWorld> WorldAsync()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        world.Given("ann").Joins("acme").On(0).Tracks("Report Shared").On(0, 7, 14);
        world.Given("bob").Joins("zen").On(0).Tracks("Report Shared").On(0, 7, 14);
        await world.AdvanceToAsync(day: 14);
        return world;
    }
}
