using System.Globalization;
using Azure.Messaging.ServiceBus;
using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.DeadLetters;

namespace Signals.Azure.Messaging;

/// <summary>
/// The dead-letter subqueues; ids are the broker's sequence numbers. What is replayed is a copy, sent before the dead letter is completed: a
/// crash between the two leaves both, which handlers bear, and never none.
/// </summary>
/// <remarks>
/// The broker gives out dead letters in order only: to settle one, those before it are taken too and given back. So one is found among the first
/// <see cref="IDeadLetters.MostAtOnce"/>; those beyond have to wait until there are fewer.
/// </remarks>
public sealed class ServiceBusDeadLetters(ServiceBusClient client, ServiceBusSenders senders) : IDeadLetters
{
    private const int BatchSize = 100;

    /// <summary>A receive that finds nothing ends after this time; the broker needs some to answer at all.</summary>
    private static readonly TimeSpan ReceiveWait = TimeSpan.FromSeconds(1);

    public Task<DeadLetterPage> ListAsync(string queue, int take, string? after, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        return UseAsync(queue, async receiver =>
        {
            var found = await receiver.PeekMessagesAsync(take + 1, SequenceOf(after) + 1, cancellationToken).ConfigureAwait(false);
            return new DeadLetterPage(
                [.. found.Take(take).Select(letter => ToDeadLetter(queue, letter))], found.Count > take ? IdOf(found[take - 1]) : null);
        }, cancellationToken);
    }

    public async Task<DeadLetter?> FindAsync(string queue, string id, CancellationToken cancellationToken)
    {
        if (SequenceOf(id) is not { } sequence)
            return null;
        return await UseAsync(queue, async receiver =>
            await receiver.PeekMessageAsync(sequence, cancellationToken).ConfigureAwait(false) is { } letter && letter.SequenceNumber == sequence ? ToDeadLetter(queue, letter) : null,
            cancellationToken).ConfigureAwait(false);
    }

    public Task<bool> ReplayAsync(string queue, string id, CancellationToken cancellationToken) =>
        TakeOneAsync(queue, id, letter => senders.Of(queue).SendMessageAsync(ServiceBusDelivery.CopyForReplay(letter), cancellationToken), cancellationToken);

    public Task<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken) =>
        TakeOneAsync(queue, id, _ => Task.CompletedTask, cancellationToken);

    public Task<int> ReplayAllAsync(string queue, DateTimeOffset since, CancellationToken cancellationToken) => UseAsync(queue, async receiver =>
    {
        var kept = new List<ServiceBusReceivedMessage>();
        var sent = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            while (kept.Count + sent.Count < IDeadLetters.MostAtOnce)
            {
                var letters = await receiver.ReceiveMessagesAsync(BatchSize, ReceiveWait, cancellationToken).ConfigureAwait(false);
                foreach (var letter in letters)
                {
                    // One that is back already, still broken, has had its turn.
                    if (ServiceBusDelivery.ToQueueMessage(queue, letter).EnqueuedAt < since || sent.Contains(letter.MessageId))
                    {
                        kept.Add(letter);
                        continue;
                    }
                    var copy = ServiceBusDelivery.CopyForReplay(letter);
                    await senders.Of(queue).SendMessageAsync(copy, cancellationToken).ConfigureAwait(false);
                    await receiver.CompleteMessageAsync(letter, cancellationToken).ConfigureAwait(false);
                    sent.Add(copy.MessageId);
                }
                if (letters.Count == 0)
                    break;
            }
            return sent.Count;
        }
        finally
        {
            await GiveBackAsync(receiver, kept).ConfigureAwait(false);
        }
    }, cancellationToken);

    /// <summary>Takes one out of the dead letter after <paramref name="act"/>; false when it is not among the first.</summary>
    private async Task<bool> TakeOneAsync(string queue, string id, Func<ServiceBusReceivedMessage, Task> act, CancellationToken cancellationToken)
    {
        if (SequenceOf(id) is not { } sequence || await FindAsync(queue, id, cancellationToken).ConfigureAwait(false) is null)
            return false;
        return await UseAsync(queue, async receiver =>
        {
            var passed = new List<ServiceBusReceivedMessage>();
            try
            {
                while (passed.Count < IDeadLetters.MostAtOnce)
                {
                    var letters = await receiver.ReceiveMessagesAsync(BatchSize, ReceiveWait, cancellationToken).ConfigureAwait(false);
                    passed.AddRange(letters);
                    if (letters.Count == 0)
                        return false;
                    if (letters.FirstOrDefault(letter => letter.SequenceNumber == sequence) is not { } wanted)
                        continue;
                    await act(wanted).ConfigureAwait(false);
                    await receiver.CompleteMessageAsync(wanted, cancellationToken).ConfigureAwait(false);
                    passed.Remove(wanted);
                    return true;
                }
                return false;
            }
            finally
            {
                await GiveBackAsync(receiver, passed).ConfigureAwait(false);
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Those whose lease was lost meanwhile are back already.</summary>
    private static Task GiveBackAsync(ServiceBusReceiver receiver, List<ServiceBusReceivedMessage> letters) => Task.WhenAll(letters.Select(async letter =>
    {
        try
        {
            await receiver.AbandonMessageAsync(letter, cancellationToken: CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception fault) when (ServiceBusFaults.IsLeaseLost(fault) || ServiceBusFaults.IsPassing(fault, CancellationToken.None))
        {
            // Its lease ends by itself.
        }
    }));

    private async Task<T> UseAsync<T>(string queue, Func<ServiceBusReceiver, Task<T>> use, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queue);
        try
        {
            await using var receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
            return await use(receiver).ConfigureAwait(false);
        }
        catch (Exception fault) when (ServiceBusFaults.IsPassing(fault, cancellationToken))
        {
            throw ServiceBusFaults.ToTransient(queue, fault);
        }
    }

    private static DeadLetter ToDeadLetter(string queue, ServiceBusReceivedMessage letter)
    {
        var message = ServiceBusDelivery.ToQueueMessage(queue, letter);
        string reason = string.Join(": ", new[] { letter.DeadLetterReason, letter.DeadLetterErrorDescription }.Where(part => !string.IsNullOrEmpty(part)));
        return new DeadLetter(
            queue, IdOf(letter), message.MessageId, MessagePreview.Of(queue, message.Body), message.Body.Length, message.Items, message.DeliveryCount, message.EnqueuedAt, reason);
    }

    private static string IdOf(ServiceBusReceivedMessage letter) => letter.SequenceNumber.ToString(CultureInfo.InvariantCulture);

    private static long? SequenceOf(string? id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) ? sequence : null;
}
