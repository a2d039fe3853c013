using System.Diagnostics;
using Signals.Core.Backtest;
using Signals.Core.Model;

namespace Signals.Local.Backtest;

/// <summary>Runs a file of events through a backtest, and measures what that costs.</summary>
public sealed class BacktestRun(ValueModel model, BacktestSettings settings, TimeProvider clock)
{
    /// <summary>Throws <see cref="BadInputException"/> when the file is missing, damaged, or holds no event.</summary>
    public async Task<BacktestReport> RunAsync(string path, IProgress<BacktestProgress> progress, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        using var file = EventFile.Open(path);
        var parser = new EventLineParser(clock.GetUtcNow());
        var backtester = new Backtester(model, settings);
        long events = 0;
        await new EventPipeline(file, parser).ReadAsync(
            block =>
            {
                foreach (var (usageEvent, id) in block.Events)
                    backtester.Add(usageEvent, id);
                events += block.Events.Count;
                progress.Report(new BacktestProgress(file.Length == 0 ? 1 : (double)block.Position / file.Length, events, backtester.Now));
            },
            cancellationToken).ConfigureAwait(false);
        if (events == 0)
        {
            throw new BadInputException(parser.Bad.Count == 0
                ? $"{path}: found no lines, expected events, one JSON object a line."
                : $"{path}: found no event in {parser.Bad.Count:#,##0} lines, expected one JSON object a line; {string.Join("; ", parser.Bad.First)}.");
        }
        var result = backtester.Finish();
        using var process = Process.GetCurrentProcess();
        return new BacktestReport(
            Path.GetFileName(path), model.Product, result, events, parser.Bad, clock.GetElapsedTime(started), process.PeakWorkingSet64);
    }
}

/// <summary>How far a backtest is: the share of the file read, the events folded, and the virtual time.</summary>
public sealed record BacktestProgress(double Share, long Events, DateTimeOffset Now);
