using System.Globalization;
using Signals.Testing;

namespace Signals.Local.Tests.Faults;

/// <summary>
/// Nothing acknowledged is lost and nothing is folded twice, whatever happens to the process, by seeds: <c>SIGNALS_FAULT_SEED</c> plays one
/// again, and <c>SIGNALS_LONG_TESTS=all</c> plays 5,000 (CI forty).
/// </summary>
public sealed class FaultRunTests
{
    private const string Seed = "SIGNALS_FAULT_SEED";
    private const int AtOnce = 2;

    [Fact]
    public async Task Whatever_happens_to_the_process_what_it_acknowledged_is_folded_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals and mounts are Linux's.");
        int[] seeds = int.TryParse(Environment.GetEnvironmentVariable(Seed), NumberStyles.None, null, out int asked)
            ? [asked]
            : [.. Enumerable.Range(1, LongTests.Samples(few: 4, many: 40, most: 5_000))];
        await Parallel.ForEachAsync(
            seeds,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken },
            async (seed, _) =>
            {
                using var run = new FaultRun(seed);
                try
                {
                    await run.PlayAsync();
                }
                catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
                {
                    Assert.Fail($"Seed {seed}: {fault}\n{run.Story}");
                }
            }
        );
    }
}
