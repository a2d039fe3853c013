using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.WakeUps;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Reviews;

/// <summary>
/// Does what the messages of the reviews queue ask for. One account's fault never repeats its neighbours' reviews: of a message with
/// many accounts, those that failed go on in messages of their own.
/// </summary>
public sealed partial class ReviewHandler(
    ReviewService reviews,
    ReviewFanOut fanOut,
    WakeSweep sweep,
    IMessageQueue queue,
    TimeProvider clock,
    ILogger<ReviewHandler> logger
) : IMessageHandler
{
    public string Queue => QueueNames.Reviews;

    public int BatchSize => 8;

    public async Task<IReadOnlyList<Settlement>> HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        var requests = messages.Select(message => ReviewMessage.Parse(message.Body.Span)).ToList();
        var failures = await ReviewAsync([.. requests.OfType<ReviewRequest.Of>()], cancellationToken);
        foreach (var (account, fault) in failures)
        {
            if (fault is not TransientStoreException)
                LogFailed(logger, fault, account.Value);
        }
        var settlements = new Settlement[messages.Count];
        for (int i = 0; i < messages.Count; i++)
        {
            settlements[i] = requests[i] switch
            {
                ReviewRequest.Of of => await SettleAsync(of, failures, cancellationToken),
                ReviewRequest.Sweep due => await FanOutAsync(() => sweep.GoOnAsync(due.Shard, cancellationToken)),
                ReviewRequest.All all => await FanOutAsync(() => fanOut.AskShardAsync(all.Shard, cancellationToken)),
                _ => Settlement.Dead("A review message holds account keys or a shard; found something else."),
            };
        }
        return settlements;
    }

    /// <summary>Reviews each account once, as asked for where any message asks.</summary>
    private async Task<IReadOnlyDictionary<AccountKey, Exception>> ReviewAsync(
        IReadOnlyList<ReviewRequest.Of> requests,
        CancellationToken cancellationToken
    )
    {
        var asked = requests.Where(request => request.IsAsked).SelectMany(request => request.Accounts).ToHashSet();
        var woken = requests.SelectMany(request => request.Accounts).Where(account => !asked.Contains(account)).Distinct();
        var failures = new Dictionary<AccountKey, Exception>();
        foreach (var (account, fault) in await reviews.ReviewAsync([.. asked], isAsked: true, cancellationToken))
            failures[account] = fault;
        foreach (var (account, fault) in await reviews.ReviewAsync([.. woken], isAsked: false, cancellationToken))
            failures[account] = fault;
        return failures;
    }

    private async Task<Settlement> SettleAsync(
        ReviewRequest.Of request,
        IReadOnlyDictionary<AccountKey, Exception> failures,
        CancellationToken cancellationToken
    )
    {
        var failed = request.Accounts.Where(failures.ContainsKey).ToList();
        if (failed.Count == 0)
            return Settlement.Done;
        if (failed.Count < request.Accounts.Count)
        {
            try
            {
                var now = clock.GetUtcNow();
                await queue.SendAsync(
                    Queue,
                    [.. failed.Select(account => ReviewMessage.Of(account, now, request.IsAsked))],
                    cancellationToken
                );
                return Settlement.Done;
            }
            catch (TransientStoreException fault)
            {
                return GivenBack(fault);
            }
        }
        return GivenBack(failures[failed[0]]);
    }

    private static async Task<Settlement> FanOutAsync(Func<Task> work)
    {
        try
        {
            await work();
            return Settlement.Done;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return GivenBack(fault);
        }
    }

    private static Settlement GivenBack(Exception fault) =>
        fault is TransientStoreException transient
            ? Settlement.Again(transient.Message, transient.RetryAfter)
            : Settlement.Again($"{fault.GetType().Name}: {fault.Message}");

    [LoggerMessage(Level = LogLevel.Error, Message = "The review of account {Account} failed; it is given back.")]
    private static partial void LogFailed(ILogger logger, Exception fault, string account);
}
