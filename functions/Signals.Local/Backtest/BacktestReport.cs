using Signals.Backtesting;
using Signals.Core.Model;
using Signals.Core.Response.Messages;

namespace Signals.Local.Backtest;

/// <summary>A backtest's result, with what it was made of and what it took.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Product">The model's.</param>
/// <param name="Result">What was found.</param>
/// <param name="Events">Events read, those that came twice among them.</param>
/// <param name="Bad">Lines that were no events.</param>
/// <param name="Elapsed">From opening the file to the last measure.</param>
/// <param name="PeakMemory">The process's largest working set, in bytes.</param>
public sealed record BacktestReport(
    string File,
    string Product,
    BacktestResult Result,
    long Events,
    BadLines Bad,
    TimeSpan Elapsed,
    long PeakMemory
)
{
    private const double BytesPerMegabyte = 1024 * 1024;

    /// <summary>The model that was judged by.</summary>
    public required ValueModel Model { get; init; }

    /// <summary>Writes messages as they would have been; null for none.</summary>
    public IMessageRenderer? Renderer { get; init; }

    /// <summary>The replay that has ended, which a calibration is fitted on.</summary>
    public required Backtester Backtester { get; init; }

    public double EventsPerSecond => Events / Math.Max(Elapsed.TotalSeconds, 1e-9);

    public double PeakMemoryMb => PeakMemory / BytesPerMegabyte;
}
