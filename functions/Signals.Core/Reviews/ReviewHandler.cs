using Microsoft.Extensions.Logging;
using Signals.Core.Messaging;
using Signals.Core.Storage;

namespace Signals.Core.Reviews;

/// <summary>Reviews the accounts named by the messages of the reviews queue.</summary>
public sealed partial class ReviewHandler(ReviewService reviews, ILogger<ReviewHandler> logger) : IMessageHandler
{
    public string Queue => QueueNames.Reviews;

    public int BatchSize => 32;

    public async Task<IReadOnlyList<Settlement>> HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        var settlements = new Settlement[messages.Count];
        await Parallel.ForAsync(0, messages.Count, new ParallelOptions { MaxDegreeOfParallelism = BatchSize, CancellationToken = cancellationToken }, async (i, token) =>
        {
            if (ReviewMessage.Parse(messages[i].Body.Span) is not { } account)
            {
                settlements[i] = Settlement.Dead("A review message holds an account's key; found something else.");
                return;
            }
            try
            {
                await reviews.ReviewAsync(account, token).ConfigureAwait(false);
                settlements[i] = Settlement.Done;
            }
            catch (TransientStoreException fault)
            {
                settlements[i] = Settlement.Again(fault.Message, fault.RetryAfter);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogFailed(logger, fault, account.Value);
                settlements[i] = Settlement.Again($"{fault.GetType().Name}: {fault.Message}");
            }
        }).ConfigureAwait(false);
        return settlements;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The review of account {Account} failed; it is given back.")]
    private static partial void LogFailed(ILogger logger, Exception fault, string account);
}
