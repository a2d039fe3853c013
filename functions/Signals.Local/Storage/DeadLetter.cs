namespace Signals.Local.Storage;

/// <summary>A message that was put aside. <paramref name="Sequence"/> names it when it is requeued; times are UTC.</summary>
public sealed record DeadLetter(
    string Queue, long Sequence, string MessageId, ReadOnlyMemory<byte> Body, int Items, int DeliveryCount,
    DateTimeOffset EnqueuedAt, DateTimeOffset DeadLetteredAt, string Reason);

/// <summary>One page, oldest first; a null <paramref name="Next"/> means that this was the last one.</summary>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Messages, long? Next);
