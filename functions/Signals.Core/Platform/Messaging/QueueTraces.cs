using System.Diagnostics;

namespace Signals.Core.Platform.Messaging;

/// <summary>
/// Traces across the queues, as the activity source <see cref="Name"/>: what handles a batch is linked to every send that its messages
/// come from. A message carries its send's context as the property <see cref="Property"/> (W3C trace context).
/// </summary>
public static class QueueTraces
{
    /// <summary>The source's name, for exporters to subscribe to.</summary>
    public const string Name = "Signals";

    /// <summary>
    /// The message property that adapters write <see cref="Activity.Id"/> to and read <see cref="QueueMessage.TraceParent"/> from.
    /// </summary>
    public const string Property = "traceparent";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Begins the send of messages within the current activity; null when nobody listens.</summary>
    public static Activity? StartSend(string queue, int messages) =>
        Describe(Source.StartActivity($"send {queue}", ActivityKind.Producer), queue, "send", messages);

    /// <summary>
    /// Begins a send for several callers at once, as a trace of its own that is linked to theirs: the one that came first must not swallow
    /// the others. Null when nobody listens.
    /// </summary>
    public static Activity? StartSharedSend(string queue, int messages, IEnumerable<ActivityContext> callers)
    {
        Activity.Current = null;
        return Source.HasListeners()
            ? Describe(
                Source.StartActivity($"send {queue}", ActivityKind.Producer, parentContext: default, links: LinksTo(callers)),
                queue,
                "send",
                messages
            )
            : null;
    }

    /// <summary>Begins the handling of a batch, within the current activity; null when nobody listens.</summary>
    public static Activity? StartHandling(string queue, IReadOnlyList<QueueMessage> messages)
    {
        if (!Source.HasListeners())
            return null;
        var senders = messages.Select(message =>
            ActivityContext.TryParse(message.TraceParent, null, isRemote: true, out var sender) ? sender : default
        );
        return Describe(
            Source.StartActivity($"process {queue}", ActivityKind.Consumer, parentContext: default, links: LinksTo(senders)),
            queue,
            "process",
            messages.Count
        );
    }

    private static IEnumerable<ActivityLink> LinksTo(IEnumerable<ActivityContext> contexts) =>
        contexts.Where(context => context != default).Distinct().Select(context => new ActivityLink(context));

    private static Activity? Describe(Activity? activity, string queue, string operation, int messages) =>
        activity
            ?.SetTag("messaging.destination.name", queue)
            .SetTag("messaging.operation.type", operation)
            .SetTag("messaging.batch.message_count", messages);
}
