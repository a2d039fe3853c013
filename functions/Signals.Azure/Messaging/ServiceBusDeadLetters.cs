using System.Collections.Concurrent;
using System.Globalization;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.DeadLetters;

namespace Signals.Azure.Messaging;

/// <summary>
/// The dead-letter subqueues; ids are the broker's sequence numbers. What is replayed is a copy, sent before the dead letter is completed:
/// a crash between the two leaves both, which handlers bear, and never none.
/// </summary>
/// <remarks>
/// The broker gives out dead letters in order only: to settle one, those before it are taken too and given back. So one is found among the
/// first <see cref="IDeadLetters.MostAtOnce"/>; those beyond have to wait until there are fewer.
/// </remarks>
public sealed partial class ServiceBusDeadLetters(
    ServiceBusClient client,
    ServiceBusSenders senders,
    TimeProvider clock,
    ILogger<ServiceBusDeadLetters> logger
) : IDeadLetters
{
    private const int BatchSize = 100;

    private const int SentAtOnce = 16;

    /// <summary>How often one is taken whose lease runs out before it can be completed.</summary>
    private const int MostTries = 3;

    /// <summary>A receive that finds nothing ends after this time; the broker needs some to answer at all.</summary>
    private static readonly TimeSpan ReceiveWait = TimeSpan.FromSeconds(1);

    public Task<DeadLetterPage> ListAsync(string queue, int take, string? after, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(take, 1);
        return UseAsync(
            queue,
            TimeLimits.Answer,
            async (receiver, token) =>
            {
                // A peek may show fewer than there are; only an empty one is the end.
                var found = new List<ServiceBusReceivedMessage>();
                long? from = SequenceOf(after) + 1;
                while (found.Count <= take)
                {
                    var peeked = await receiver.PeekMessagesAsync(take + 1 - found.Count, from, token);
                    if (peeked.Count == 0)
                        break;
                    found.AddRange(peeked);
                    from = peeked[^1].SequenceNumber + 1;
                }
                return new DeadLetterPage(
                    [.. found.Take(take).Select(letter => ToDeadLetter(queue, letter))],
                    found.Count > take ? IdOf(found[take - 1]) : null
                );
            },
            cancellationToken
        );
    }

    public async Task<DeadLetter?> FindAsync(string queue, string id, CancellationToken cancellationToken)
    {
        if (SequenceOf(id) is not { } sequence)
            return null;
        return await UseAsync(
            queue,
            TimeLimits.Answer,
            async (receiver, token) =>
                await receiver.PeekMessageAsync(sequence, token) is { } letter && letter.SequenceNumber == sequence
                    ? ToDeadLetter(queue, letter)
                    : null,
            cancellationToken
        );
    }

    /// <summary>
    /// True once the copy is in the queue, also when the dead letter could not be completed in the end: replayed again, the broker keeps
    /// one copy.
    /// </summary>
    public async Task<bool> ReplayAsync(string queue, string id, CancellationToken cancellationToken) =>
        await TakeOneAsync(
            queue,
            id,
            (letter, token) => senders.Of(queue).SendMessageAsync(ServiceBusDelivery.CopyForReplay(letter), token),
            cancellationToken
        )
            is not Taking.Gone;

    public async Task<bool> DiscardAsync(string queue, string id, CancellationToken cancellationToken) =>
        await TakeOneAsync(queue, id, (_, _) => Task.CompletedTask, cancellationToken) switch
        {
            Taking.Completed => true,
            Taking.Gone => false,
            _ when await FindAsync(queue, id, cancellationToken) is null => true,
            _ => throw ServiceBusFaults.ToTransient(
                queue,
                new ServiceBusException(
                    "The dead letter could not be kept long enough to remove it.",
                    ServiceBusFailureReason.MessageLockLost
                )
            ),
        };

    /// <summary>
    /// Ends when all had their turn or the time is up. A fault after the first copies tells how many there were: the others are still
    /// there, to be given back by another call.
    /// </summary>
    public Task<int> ReplayAllAsync(string queue, DateTimeOffset since, CancellationToken cancellationToken) =>
        UseAsync(
            queue,
            TimeLimits.Answer + (2 * TimeLimits.LastWord),
            (receiver, token) => ReplayAllAsync(receiver, queue, since, token),
            cancellationToken
        );

    private async Task<int> ReplayAllAsync(
        ServiceBusReceiver receiver,
        string queue,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var kept = new ConcurrentBag<ServiceBusReceivedMessage>();
        var sent = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        try
        {
            await TimeLimits.WithinAsync(
                TimeLimits.Answer,
                clock,
                async token =>
                {
                    while (
                        kept.Count + sent.Count < IDeadLetters.MostAtOnce
                        && await receiver.ReceiveMessagesAsync(BatchSize, ReceiveWait, token) is { Count: > 0 } letters
                    )
                    {
                        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = SentAtOnce, CancellationToken = token };
                        await Parallel.ForEachAsync(
                            letters,
                            atOnce,
                            (letter, stop) => ReplayAsync(receiver, queue, letter, since, sent, kept, stop)
                        );
                    }
                },
                cancellationToken
            );
        }
        catch (Exception fault) when (!sent.IsEmpty && ServiceBusFaults.IsPassing(fault, cancellationToken))
        {
            Log.StoppedMidway(logger, queue, sent.Count, fault);
        }
        finally
        {
            await GiveBackAsync(receiver, kept);
        }
        return sent.Count;
    }

    private async ValueTask ReplayAsync(
        ServiceBusReceiver receiver,
        string queue,
        ServiceBusReceivedMessage letter,
        DateTimeOffset since,
        ConcurrentDictionary<string, bool> sent,
        ConcurrentBag<ServiceBusReceivedMessage> kept,
        CancellationToken cancellationToken
    )
    {
        // One that is back already, still broken, has had its turn.
        if (ServiceBusDelivery.ToQueueMessage(queue, letter).EnqueuedAt < since || sent.ContainsKey(letter.MessageId))
        {
            kept.Add(letter);
            return;
        }
        var copy = ServiceBusDelivery.CopyForReplay(letter);
        await senders.Of(queue).SendMessageAsync(copy, cancellationToken);
        sent[copy.MessageId] = true;
        // One whose lease ran out comes again; its copy is sent again then, and the broker keeps one.
        await IsCompletedAsync(receiver, letter, cancellationToken);
    }

    /// <summary>
    /// Takes one out of the dead letter after <paramref name="act"/>, which may be done again for one whose lease ran out.
    /// </summary>
    private async Task<Taking> TakeOneAsync(
        string queue,
        string id,
        Func<ServiceBusReceivedMessage, CancellationToken, Task> act,
        CancellationToken cancellationToken
    )
    {
        if (SequenceOf(id) is not { } sequence || await FindAsync(queue, id, cancellationToken) is null)
            return Taking.Gone;
        return await UseAsync(
            queue,
            TimeLimits.Answer,
            async (receiver, token) =>
            {
                var passed = new List<ServiceBusReceivedMessage>();
                int tries = 0;
                try
                {
                    while (passed.Count < IDeadLetters.MostAtOnce && tries < MostTries)
                    {
                        var letters = await receiver.ReceiveMessagesAsync(BatchSize, ReceiveWait, token);
                        if (letters.Count == 0)
                            break;
                        passed.AddRange(letters.Where(letter => letter.SequenceNumber != sequence));
                        if (letters.FirstOrDefault(letter => letter.SequenceNumber == sequence) is not { } wanted)
                            continue;
                        await act(wanted, token);
                        tries++;
                        if (await IsCompletedAsync(receiver, wanted, token))
                            return Taking.Completed;
                    }
                    return tries > 0 ? Taking.NotCompleted : Taking.Gone;
                }
                finally
                {
                    await GiveBackAsync(receiver, passed);
                }
            },
            cancellationToken
        );
    }

    /// <summary>False when the lease was lost.</summary>
    private static async Task<bool> IsCompletedAsync(
        ServiceBusReceiver receiver,
        ServiceBusReceivedMessage letter,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await receiver.CompleteMessageAsync(letter, cancellationToken);
            return true;
        }
        catch (Exception fault) when (ServiceBusFaults.IsLeaseLost(fault))
        {
            return false;
        }
    }

    /// <summary>Those whose lease was lost meanwhile are back already.</summary>
    private Task GiveBackAsync(ServiceBusReceiver receiver, IReadOnlyCollection<ServiceBusReceivedMessage> letters) =>
        Task.WhenAll(
            letters.Select(async letter =>
            {
                try
                {
                    await TimeLimits.WithinAsync(
                        TimeLimits.LastWord,
                        clock,
                        token => receiver.AbandonMessageAsync(letter, ServiceBusDelivery.MarksOf(letter), token),
                        CancellationToken.None
                    );
                }
                catch (Exception fault)
                    when (ServiceBusFaults.IsLeaseLost(fault) || ServiceBusFaults.IsPassing(fault, CancellationToken.None))
                {
                    // Its lease ends by itself.
                }
            })
        );

    private async Task<T> UseAsync<T>(
        string queue,
        TimeSpan limit,
        Func<ServiceBusReceiver, CancellationToken, Task<T>> use,
        CancellationToken cancellationToken
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queue);
        try
        {
            return await TimeLimits.WithinAsync(
                limit,
                clock,
                async token =>
                {
                    await using var receiver = client.CreateReceiver(
                        queue,
                        new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }
                    );
                    return await use(receiver, token);
                },
                cancellationToken
            );
        }
        catch (Exception fault) when (ServiceBusFaults.IsPassing(fault, cancellationToken))
        {
            throw ServiceBusFaults.ToTransient(queue, fault);
        }
    }

    private static DeadLetter ToDeadLetter(string queue, ServiceBusReceivedMessage letter)
    {
        var message = ServiceBusDelivery.ToQueueMessage(queue, letter);
        string reason = string.Join(
            ": ",
            new[] { letter.DeadLetterReason, letter.DeadLetterErrorDescription }.Where(part => !string.IsNullOrEmpty(part))
        );
        return new DeadLetter(
            queue,
            IdOf(letter),
            message.MessageId,
            MessagePreview.Of(queue, message.Body),
            message.Body.Length,
            message.Items,
            ServiceBusDelivery.DeadDeliveries(letter),
            message.EnqueuedAt,
            reason
        )
        {
            Body = message.Body,
        };
    }

    private static string IdOf(ServiceBusReceivedMessage letter) => letter.SequenceNumber.ToString(CultureInfo.InvariantCulture);

    private static long? SequenceOf(string? id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long sequence) ? sequence : null;

    private enum Taking
    {
        Completed,

        /// <summary>Acted on; its lease ran out each time before it was completed, or somebody else took it away.</summary>
        NotCompleted,

        /// <summary>Not among the first, or not there.</summary>
        Gone,
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "{Count} dead letters of {Queue} were given back, then the broker could not be used; the others are still there."
        )]
        public static partial void StoppedMidway(ILogger logger, string queue, int count, Exception fault);
    }
}
