using Signals.Testing.Faults;
using Signals.Testing.ServiceBus;

namespace Signals.Functions.Tests.Driven;

/// <summary>
/// Nothing acknowledged is lost, and nothing is folded or sent twice, whatever happens to the function app's worker and around it, by seeds
/// (<see cref="FaultSeeds"/>).
/// </summary>
public sealed class WorkerFaultTests
{
    [Fact]
    public async Task Whatever_happens_to_the_worker_what_it_acknowledged_is_folded_once_and_each_customer_has_one_mail()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A process is paused by a signal of Linux.");
        foreach (int seed in FaultSeeds.Of(few: 1, many: 3, most: 500))
        {
            await using var app = await DrivenApp.StartAsync(new BrokerSettings { LockDuration = WorkerFaultRun.LockDuration });
            var run = new WorkerFaultRun(app, seed);
            try
            {
                await run.PlayAsync();
                if (FaultSeeds.AreAsked)
                    TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}\n{run.Story}");
            }
            catch (Exception fault) when (!fault.Message.Contains(run.Story, StringComparison.Ordinal))
            {
                Assert.Fail($"Seed {seed}: {fault}\n{run.Story}");
            }
        }
    }
}
