using System.Net;
using Signals.Core.Platform.Messaging;
using Signals.Testing.ServiceBus;

namespace Signals.Functions.Tests.Driven;

/// <summary>Workers that are ended, gently or not, and locks that are shorter than the work.</summary>
public sealed class EndingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_history_of_4500_events_that_takes_longer_than_its_locks_is_delivered_once_and_folded_once()
    {
        await using var app = await DrivenApp.StartAsync(new BrokerSettings { LockDuration = TimeSpan.FromSeconds(6) });
        var usage = app.Broker.Queue(QueueNames.Usage);
        var now = TimeProvider.System.GetUtcNow();
        app.Wire.Hold();

        using var answer = await app.SendAsync(
            "/v1/history",
            Enumerable
                .Range(0, 4500)
                .Select(i =>
                    $$"""{"type":"track","userId":"past-{{i % 50}}","event":"Watched","timestamp":"{{now.AddMinutes(-6 * i):O}}"}"""
                )
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // Twice half a lock: without renewals the first locks are lost by now.
        await app.UntilAsync(() => app.Broker.Faults.CallsOf(BrokerCall.RenewLock) >= 2 * usage.Accepted.Count);
        app.Wire.LetGo();

        Assert.Equal(new PipelineCounts(4500, 4500, 0, 0, 0, 0), await app.FoldedAsync(4500));
        Assert.Equal(usage.Accepted.Count, usage.Deliveries);
        Assert.True(app.SendGrid.Mails.IsEmpty);
    }

    [Fact]
    public async Task A_worker_that_is_killed_amid_its_work_leaves_nothing_undone_and_nothing_done_twice()
    {
        await using var app = await DrivenApp.StartAsync(new BrokerSettings { LockDuration = TimeSpan.FromSeconds(6) });
        for (int i = 0; i < 8; i++)
            (await app.SendAsync("/v1/batch", StoryTests.Watched($"crowd{i}", 250))).Dispose();
        await app.UntilAsync(() => app.Broker.Queue(QueueNames.Usage).LockedCount > 0);

        await app.Worker.KillAsync();
        Assert.True(app.Worker.HasEnded);
        await app.StartWorkerAsync();

        Assert.Equal(new PipelineCounts(2000, 2000, 0, 0, 0, 0), await app.FoldedAsync(2000));
    }

    [Fact]
    public async Task A_worker_that_is_told_to_end_during_a_batch_gives_back_what_it_did_not_handle()
    {
        await using var app = await DrivenApp.StartAsync();
        app.Wire.Hold();
        (await app.SendAsync("/v1/batch", StoryTests.Watched("crowd", 100))).Dispose();
        await app.UntilAsync(() => app.Broker.Queue(QueueNames.Usage).LockedCount > 0);

        int code = await app.Worker.TerminateAsync(Token);
        Assert.True(code == 0, $"Ended with {code}:\n{app.Worker.Output}");

        // Back at once, not when its lock runs out, and not lost.
        var usage = app.Broker.Queue(QueueNames.Usage);
        Assert.Equal((1, 0, 1), (usage.Count, usage.LockedCount, usage.Messages[0].FailedDeliveries));
        app.Wire.LetGo();
        await app.StartWorkerAsync();
        Assert.Equal(new PipelineCounts(100, 100, 0, 0, 0, 0), await app.FoldedAsync(100));
    }
}
