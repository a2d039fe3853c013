using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Intake.Monitoring;

/// <summary>Runs steps one after the other so that a fault of one ends none of those that follow.</summary>
public sealed partial class WorkSteps(UnreadableRows unreadable, ILogger<WorkSteps> logger)
{
    /// <summary>Runs all steps; then throws <see cref="FailedStepsException"/> if any failed.</summary>
    public async Task RunAsync(
        CancellationToken cancellationToken,
        params IReadOnlyList<(BackgroundWork Work, Func<CancellationToken, Task> Run)> steps
    )
    {
        var faults = new List<Exception>();
        foreach (var (work, run) in steps)
        {
            if (await TryAsync(work, run, cancellationToken) is { } fault)
                faults.Add(fault);
        }
        if (faults.Count > 0)
            throw new FailedStepsException(faults);
    }

    /// <summary>
    /// Runs one step and returns its fault, which the log, the metrics and the dashboard know by then; null when it went well. Only a stop
    /// is thrown.
    /// </summary>
    public async Task<Exception?> TryAsync(BackgroundWork work, Func<CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run(cancellationToken);
            await unreadable.MendAsync(work, "", cancellationToken);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (FailedStepsException fault)
        {
            // Its steps were told of one by one.
            return fault;
        }
        catch (TransientStoreException fault)
        {
            LogUnavailable(logger, fault, work);
            return fault;
        }
        catch (Exception fault)
        {
            await NoteAsync(work, fault, cancellationToken);
            return fault;
        }
    }

    private async Task NoteAsync(BackgroundWork work, Exception fault, CancellationToken cancellationToken)
    {
        try
        {
            await unreadable.NoteAsync(work, "", fault, cancellationToken);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            // The log has the fault itself; that it is missing on the dashboard ends nothing.
            LogNotNoted(logger, broken, work);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Work} could not finish: the store is not to be had; it goes on with the next run."
    )]
    private static partial void LogUnavailable(ILogger logger, Exception fault, BackgroundWork work);

    [LoggerMessage(Level = LogLevel.Warning, Message = "That {Work} failed could not be kept for the dashboard.")]
    private static partial void LogNotNoted(ILogger logger, Exception fault, BackgroundWork work);
}

/// <summary>Some steps failed; all others were done.</summary>
public sealed class FailedStepsException(IReadOnlyList<Exception> faults)
    : AggregateException($"{faults.Count} step(s) failed, the others were done.", faults)
{
    /// <summary>True when doing it again soon may help: the store was away.</summary>
    public bool IsTransient => InnerExceptions.Any(IsTransientFault);

    /// <summary>True for a fault that doing the step again soon may mend.</summary>
    public static bool IsTransientFault(Exception? fault) => fault is TransientStoreException or FailedStepsException { IsTransient: true };
}
