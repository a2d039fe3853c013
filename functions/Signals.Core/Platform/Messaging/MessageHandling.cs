using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Telemetry;

namespace Signals.Core.Platform.Messaging;

/// <summary>Has a handler decide on a batch, alike for whoever holds the leases: the local pump and the Service Bus trigger.</summary>
public static partial class MessageHandling
{
    /// <summary>
    /// The handler's word on each message, asked within a trace that is linked to every send the messages come from. Whatever the handler
    /// throws gives all of them back, as late as the store asked for; so does <paramref name="stop"/>, at once.
    /// </summary>
    /// <returns>One settlement a message, in the order given.</returns>
    public static async Task<IReadOnlyList<Settlement>> DecideAsync(
        this IMessageHandler handler,
        IReadOnlyList<QueueMessage> messages,
        ILogger logger,
        CancellationToken stop
    )
    {
        using var activity = QueueTraces.StartHandling(handler.Queue, messages);
        try
        {
            var settlements = await handler.HandleAsync(messages, stop);
            if (settlements.Count == messages.Count)
                return settlements;
            throw new InvalidOperationException(
                $"The handler of '{handler.Queue}' settled {settlements.Count} of {messages.Count} messages; "
                    + "expected one settlement a message."
            );
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Log.Stopped(logger, messages.Count, handler.Queue);
            return GiveBack(messages.Count, "The host stopped before it was handled.", TimeSpan.Zero);
        }
        catch (Exception fault)
        {
            SignalsMetrics.RecordHandlerFailure(handler.Queue, fault);
            Log.HandlerFailed(logger, fault, handler.Queue, messages.Count);
            return GiveBack(messages.Count, $"{fault.GetType().Name}: {fault.Message}", (fault as TransientStoreException)?.RetryAfter);
        }
    }

    private static IReadOnlyList<Settlement> GiveBack(int count, string reason, TimeSpan? delay) =>
        [.. Enumerable.Repeat(Settlement.Again(reason, delay), count)];

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The handler of {Queue} failed; {Count} messages go back.")]
        public static partial void HandlerFailed(ILogger logger, Exception fault, string queue, int count);

        [LoggerMessage(LogLevel.Information, "The host stops: {Count} messages of {Queue} go back unhandled.")]
        public static partial void Stopped(ILogger logger, int count, string queue);
    }
}
