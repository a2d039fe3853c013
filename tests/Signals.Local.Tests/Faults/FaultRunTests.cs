using Signals.Testing.Faults;

namespace Signals.Local.Tests.Faults;

/// <summary>
/// Nothing acknowledged is lost, nothing is folded or sent twice, and nothing is told that is not so, whatever happens to the process and
/// around it, by seeds (<see cref="FaultSeeds"/>): CI plays sixteen, and up to two hundred for as long as its time lasts;
/// each night two hundred that were not played yet, and <c>SIGNALS_LONG_TESTS=all</c> 5,000.
/// </summary>
public sealed class FaultRunTests
{
    private const int AtOnce = 2;

    [Fact]
    public async Task Whatever_happens_to_the_process_what_it_acknowledged_is_folded_once_and_what_it_sent_is_what_it_should()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals and mounts are Linux's.");
        var seeds = FaultSeeds.Of(few: 4, many: 16, most: 5_000);
        int played = 0;
        await Parallel.ForEachAsync(
            seeds,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (seed, _) =>
            {
                await using var run = new FaultRun(seed);
                try
                {
                    await run.PlayAsync();
                    if (FaultSeeds.AreAsked)
                        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}\n{run.Story}");
                }
                catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
                {
                    Assert.Fail($"Seed {seed}: {fault}\n{run.Story}");
                }
                Interlocked.Increment(ref played);
            }
        );
        Assert.True(played > 0, "No seed was played.");
        if (FaultSeeds.AreAsked)
            Console.WriteLine($"{played} seeds of faults were played.");
    }

    [Fact]
    public void The_disks_calls_can_be_made_to_fail_in_these_runs()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What is loaded before libc is Linux's.");
        Assert.SkipWhen(
            FaultDisk.Preloaded is null,
            "No C compiler (cc) is at hand: in the seeded runs all writes, syncs and reads succeed."
        );

        Assert.True(File.Exists(FaultDisk.Preloaded));
    }
}
