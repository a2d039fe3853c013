using Signals.Core.Backtest;
using Signals.Core.Model;
using Signals.Local.Backtest;

namespace Signals.Local.Tests.Backtest;

/// <summary>Two streams of hundreds of thousands of events, which are not part of the repository.</summary>
public sealed class SharedStreamTests
{
    [Theory]
    [InlineData("eventsim.ndjson.gz", "music-streaming.json", 868_303, 493, 157, "2018-11-01", 12)]
    [InlineData("socialnet7.ndjson.gz", "social-network.json", 863_155, 776, 72, "2020-01-31", 16)]
    public async Task Counts_are_the_files_own(string file, string model, int events, int people, int churned, string firstCut, int cuts)
    {
        string root = RepositoryRoot();
        string folder = Environment.GetEnvironmentVariable("SIGNALS_SHARED_DATA") ?? Path.Combine(root, "..", "shared", "data");
        string path = Path.Combine(folder, file);
        Assert.SkipUnless(File.Exists(path), $"{file} is not in {folder}; SIGNALS_SHARED_DATA may name another folder.");

        var run = new BacktestRun(ValueModelReader.ReadFile(Path.Combine(root, "samples", model)).Model!, new BacktestSettings(), TimeProvider.System);
        var report = await run.RunAsync(path, new Progress<BacktestProgress>(), TestContext.Current.CancellationToken);

        Assert.Equal((events, events, 0, 0), (report.Events, report.Result.Folded, report.Result.Late, report.Bad.Count));
        Assert.Equal((people, people, churned), (report.Result.People, report.Result.Accounts, report.Result.Churned));
        Assert.Equal(cuts, report.Result.Cuts.Count);
        Assert.Equal(firstCut, report.Result.Cuts[0].At.ToString("yyyy-MM-dd"));
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Signals.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Signals.sln is in no folder above the tests.");
        return folder.FullName;
    }
}
