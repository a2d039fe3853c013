using Signals.Core.Model;
using Signals.Core.State.WakeUps;
using Signals.Testing;

namespace Signals.Core.Tests.Response.Alerts;

/// <summary>The process dies at every single call of store and queue in an alert's life; another one goes on.</summary>
public sealed class AlertCrashTests
{
    private static readonly Core.State.Assessments.FoundCause Drop = AlertRig.Cause(CauseIds.UsageDrop);

    private static readonly Func<AlertRig, Task>[] Life =
    [
        rig => rig.ReviewAsync(RiskLevel.AtRisk, Drop),
        rig => rig.SnoozeAsync(10),
        rig => rig.JumpAsync(11),
        rig => rig.JumpAsync(25),
        rig => rig.ReviewAsync(RiskLevel.Critical, Drop),
        rig => rig.AcknowledgeAsync(),
        rig => rig.ReviewAsync(RiskLevel.Healthy),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_call_the_process_dies_at_everything_is_told_once_and_the_lists_are_right(bool applied)
    {
        for (int step = 0; step < Life.Length; step++)
        {
            int calls = await CallsOfAsync(step);
            Assert.InRange(calls, 4, 200);
            for (int call = 1; call <= calls; call++)
            {
                var rig = await BeforeAsync(step);
                await DieAtAsync(rig, step, call, applied);
                await rig.WaitAsync(0.25);
                for (int again = step; again < Life.Length; again++)
                    await Life[again](rig);
                await rig.WaitAsync(1);

                string where = $"died at call {call} of step {step}";
                Assert.True(
                    await rig.ToldAsync() == "raised:zoe reminder:zoe escalated:boss worse:zoe"
                        && await rig.StateAsync() == "resolved recovered",
                    $"{where}: {await rig.ToldAsync()} | {await rig.StateAsync()}"
                );
                Assert.True(rig.World.Mail.Left.Count == 4, $"{where}: {rig.World.Mail.Left.Count} mails left");
                Assert.True(
                    (await rig.ListAsync()).Count == 0 && (await rig.ListAsync(AlertRig.Csm)).Count == 0,
                    $"{where}: it is still listed"
                );
            }
        }
    }

    [Fact]
    public async Task A_process_that_dies_right_after_the_review_is_made_up_for_within_minutes()
    {
        var rig = await AlertRig.WithAsync();
        int commits = 0;
        rig.World.Store.Probe.After = call =>
            call is { Kind: StoreCallKind.Commit, Target: "accounts" } && ++commits == 1
                ? throw new SimulatedCrashException(call)
                : ValueTask.CompletedTask;
        await Assert.ThrowsAsync<SimulatedCrashException>(() => rig.ReviewAsync(RiskLevel.AtRisk, Drop));
        rig.World.Store.Probe.Reset();
        await rig.World.RestartAsync();
        Assert.Equal("", await rig.ToldAsync());

        await rig.WaitAsync(0.5);

        Assert.Equal("raised:zoe", await rig.ToldAsync());
        Assert.Single(await rig.ListAsync());
    }

    [Fact]
    public async Task Nothing_is_left_in_the_due_index_but_what_is_still_to_come()
    {
        var rig = await AlertRig.WithAsync();
        await rig.ReviewAsync(RiskLevel.AtRisk, Drop);

        var wakes = (await rig.World.WakesAsync()).Where(wake => wake.Kind == WakeKind.Alert).ToList();

        Assert.Equal(rig.World.At(1), Assert.Single(wakes).At);
    }

    private static async Task<int> CallsOfAsync(int step)
    {
        var rig = await BeforeAsync(step);
        await Life[step](rig);
        return rig.World.Store.Probe.Total + rig.World.Queue.Probe.Total;
    }

    private static async Task<AlertRig> BeforeAsync(int step)
    {
        var rig = await AlertRig.WithAsync();
        for (int earlier = 0; earlier < step; earlier++)
            await Life[earlier](rig);
        rig.World.Store.Probe.Reset();
        rig.World.Queue.Probe.Reset();
        return rig;
    }

    /// <summary>From the n-th call on every call fails; then another process starts.</summary>
    private static async Task DieAtAsync(AlertRig rig, int step, int call, bool applied)
    {
        int calls = 0;
        rig.World.Mail.IsIdempotent = true;
        foreach (var probe in new[] { rig.World.Store.Probe, rig.World.Queue.Probe })
        {
            probe.Before = made =>
                Interlocked.Increment(ref calls) > call - (applied ? 0 : 1)
                    ? throw new SimulatedCrashException(made)
                    : ValueTask.CompletedTask;
            probe.After = made =>
                applied && Volatile.Read(ref calls) >= call ? throw new SimulatedCrashException(made) : ValueTask.CompletedTask;
        }
        try
        {
            await Life[step](rig);
        }
        catch (SimulatedCrashException)
        {
            // The death is what this is about.
        }
        rig.World.Store.Probe.Reset();
        rig.World.Queue.Probe.Reset();
        await rig.World.RestartAsync();
    }
}
