using System.Diagnostics;
using System.Runtime;
using Signals.Backtesting;
using Signals.Core.Intake.Events;
using Signals.Core.Model;

namespace Signals.Local.Backtest;

/// <summary>Runs a file of events through a backtest, and measures what that costs.</summary>
/// <param name="model">The model to judge by.</param>
/// <param name="settings">Horizon and step.</param>
/// <param name="clock">Tells what an event's time may not lie after, and what the run took.</param>
/// <param name="labels">Accounts whose causes are known, or null.</param>
public sealed class BacktestRun(ValueModel model, BacktestSettings settings, TimeProvider clock, LabelledCauses? labels = null)
{
    /// <summary>Throws <see cref="BadInputException"/> when the file is missing, damaged, or holds no event.</summary>
    public async Task<BacktestReport> RunAsync(string path, IProgress<BacktestProgress> progress, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        using var file = EventFile.Open(path);
        var latency = GCSettings.LatencyMode;
        try
        {
            // A command has nobody who waits for an answer meanwhile: collecting beside the work costs it a tenth of the processor.
            GCSettings.LatencyMode = GCLatencyMode.Batch;
            return await RunAsync(file, path, progress, started, cancellationToken);
        }
        finally
        {
            GCSettings.LatencyMode = latency;
        }
    }

    private async Task<BacktestReport> RunAsync(
        EventFile file,
        string path,
        IProgress<BacktestProgress> progress,
        long started,
        CancellationToken cancellationToken
    )
    {
        var parser = new EventLineParser(clock.GetUtcNow(), new IntakeRules(model));
        var backtester = new Backtester(model, settings, labelled: labels);
        long events = 0;
        await new EventPipeline(file, parser).ReadAsync(
            block =>
            {
                foreach (var (usageEvent, id) in block.Events)
                    backtester.Add(usageEvent, id);
                events += block.Events.Count;
                progress.Report(new BacktestProgress(file.Length == 0 ? 1 : (double)block.Position / file.Length, events, backtester.Now));
            },
            cancellationToken
        );
        if (events == 0)
        {
            throw new BadInputException(
                parser.Bad.Count == 0
                    ? $"{path}: found no lines, expected events, one JSON object a line."
                    : $"{path}: found no event in {parser.Bad.Count:#,##0} lines, expected one JSON object a line; "
                        + $"{string.Join("; ", parser.Bad.First)}."
            );
        }
        var result = backtester.Finish(cancellationToken);
        result = result with { Seen = result.Seen with { Quarantined = parser.Bad.Rules } };
        using var process = Process.GetCurrentProcess();
        return new BacktestReport(
            Path.GetFileName(path),
            model.Product,
            result,
            events,
            parser.Bad,
            clock.GetElapsedTime(started),
            process.PeakWorkingSet64
        )
        {
            Model = model,
            Backtester = backtester,
        };
    }
}

/// <summary>How far a backtest is: the share of the file read, the events folded, and the virtual time.</summary>
public sealed record BacktestProgress(double Share, long Events, DateTimeOffset Now);
