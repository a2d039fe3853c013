using System.Globalization;
using Signals.Testing;

namespace Signals.Local.Tests.Faults;

/// <summary>
/// Nothing acknowledged is lost, nothing is folded or sent twice, and nothing is told that is not so, whatever happens to the process and
/// around it, by seeds: <c>SIGNALS_FAULT_SEED</c> plays one again (<c>58</c>) or some (<c>100-140</c>), and
/// <c>SIGNALS_LONG_TESTS=all</c> plays 5,000 (CI sixteen, each night two hundred that were not played yet).
/// </summary>
public sealed class FaultRunTests
{
    private const string Seed = "SIGNALS_FAULT_SEED";
    private const int AtOnce = 2;

    [Fact]
    public async Task Whatever_happens_to_the_process_what_it_acknowledged_is_folded_once_and_what_it_sent_is_what_it_should()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals and mounts are Linux's.");
        int[] seeds = Asked() ?? [.. Enumerable.Range(1, LongTests.Samples(few: 4, many: 16, most: 5_000))];
        await Parallel.ForEachAsync(
            seeds,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (seed, _) =>
            {
                await using var run = new FaultRun(seed);
                try
                {
                    await run.PlayAsync();
                    if (Asked() is not null)
                        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}\n{run.Story}");
                }
                catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
                {
                    Assert.Fail($"Seed {seed}: {fault}\n{run.Story}");
                }
            }
        );
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

    /// <summary>The seeds that somebody wants to see again; null where nobody does.</summary>
    private static int[]? Asked()
    {
        string[] ends = (Environment.GetEnvironmentVariable(Seed) ?? "").Split('-');
        return
            int.TryParse(ends[0], NumberStyles.None, null, out int first)
            && int.TryParse(ends[^1], NumberStyles.None, null, out int last)
            && first <= last
            ? [.. Enumerable.Range(first, last - first + 1)]
            : null;
    }
}
