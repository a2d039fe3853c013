namespace Signals.Core.Platform.Messaging;

/// <summary>Service Bus's limits, enforced alike by every adapter so that what works on one machine works on Azure.</summary>
public static class MessageLimits
{
    public const int MaxMessageIdChars = 128;

    /// <summary>Reasons are cut to this length: they often hold an exception's whole text.</summary>
    public const int MaxReasonChars = 1024;

    /// <summary>Checks what is to be sent. Throws <see cref="ArgumentException"/> naming the message and the limit.</summary>
    public static void CheckSend(string queue, IReadOnlyList<OutgoingMessage> messages)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queue);
        foreach (var message in messages)
        {
            if (message.MessageId.Length is 0 or > MaxMessageIdChars)
                throw new ArgumentException(
                    $"A message id has 1 to {MaxMessageIdChars} characters; found {message.MessageId.Length}.",
                    nameof(messages)
                );
            if (message.Body.Length > OutgoingMessage.MaxBodyBytes)
                throw new ArgumentException(
                    $"A body has at most {OutgoingMessage.MaxBodyBytes} bytes; message '{message.MessageId}' has {message.Body.Length}.",
                    nameof(messages)
                );
            if (message.Items < 0)
                throw new ArgumentException(
                    $"A message counts 0 or more items; message '{message.MessageId}' counts {message.Items}.",
                    nameof(messages)
                );
        }
    }

    /// <summary>Checks what is to be received. Throws <see cref="ArgumentException"/>.</summary>
    public static void CheckReceive(string queue, int maxMessages, TimeSpan lease)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queue);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
    }

    public static string CutReason(string reason) => reason.Length <= MaxReasonChars ? reason : reason[..MaxReasonChars];
}
