using Signals.Core.Intake.Events;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Processing.Folding;

/// <summary>
/// What settles which of two events of the same moment counts: the <see cref="MessageHash"/> of the event's id. Few events set anything
/// that could tie, so that it is worked out where it is asked for, unless it is known.
/// </summary>
public readonly struct EventTie
{
    private readonly string? _messageId;
    private readonly ulong _hash;

    /// <param name="hash">The <see cref="MessageHash"/> of the event's id.</param>
    public EventTie(ulong hash) => _hash = hash;

    public EventTie(UsageEvent usageEvent) => _messageId = usageEvent.MessageId;

    public ulong Value => _messageId is null ? _hash : MessageHash.Of(_messageId);
}
