using Signals.Backtesting;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model.Reading;
using Signals.Local.Backtest;
using Signals.Testing;

namespace Signals.Local.Tests.Backtest;

/// <summary>Two streams of hundreds of thousands of events, which are not part of the repository.</summary>
public sealed class SharedStreamTests
{
    [Theory]
    [InlineData("eventsim.ndjson.gz", "music-streaming.json", 868_303, 493, 157, "2018-11-01", 12)]
    [InlineData("socialnet7.ndjson.gz", "social-network.json", 863_155, 776, 72, "2020-01-31", 16)]
    public async Task Counts_are_the_files_own(string file, string model, int events, int people, int churned, string firstCut, int cuts)
    {
        LongTests.Only();
        var report = await RunAsync(file, model, new BacktestSettings { Compares = false });

        Assert.Equal((events, events, 0, 0), (report.Events, report.Result.Folded, report.Result.Late, report.Bad.Count));
        Assert.Equal((people, people, churned), (report.Result.People, report.Result.Accounts, report.Result.Churned));
        Assert.Equal(cuts, report.Result.Cuts.Count);
        Assert.Equal(firstCut, report.Result.Cuts[0].At.ToString("yyyy-MM-dd"));
    }

    /// <summary>
    /// Few churned, so what counts is where figures lie with 95% confidence; docs/backtesting.md tells them, with a cut a week. Here every
    /// other week: the same departures, and half the fit, which is slow in a debug build.
    /// </summary>
    [Fact]
    public async Task The_score_warns_as_well_as_counting_events_does_before_it_is_calibrated_and_after()
    {
        LongTests.Only();
        var report = await RunAsync("socialnet7.ndjson.gz", "social-network.json", new BacktestSettings { StepDays = 14 });

        var regressions = report.Result.Regressions!;
        Assert.Equal((5, true), (regressions.Folds, regressions.Churned >= RegressionComparison.LeastForCurves));
        Assert.True(report.Result.Auc > 0.60, $"{report.Result.Auc} {report.Result.Intervals.Auc}");
        var above = regressions.CalibratedAboveReference!;
        Assert.True(above.Value >= 0 && above.Interval!.Value.From > -0.02, $"{regressions.Calibrated} {regressions.Reference} {above}");
    }

    private static async Task<BacktestReport> RunAsync(string file, string model, BacktestSettings settings)
    {
        string folder = Environment.GetEnvironmentVariable("SIGNALS_SHARED_DATA") ?? Path.Combine(Repository.Root, "..", "shared", "data");
        string path = Path.Combine(folder, file);
        Assert.SkipUnless(File.Exists(path), $"{file} is not in {folder}; SIGNALS_SHARED_DATA may name another folder.");
        var run = new BacktestRun(
            ValueModelReader.ReadFile(Path.Combine(Repository.Root, "samples", model), CauseCatalogue.All).Model!,
            settings,
            TimeProvider.System
        );
        return await run.RunAsync(path, new Progress<BacktestProgress>(), TestContext.Current.CancellationToken);
    }
}
