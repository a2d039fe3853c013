using System.Text;
using Microsoft.Extensions.Logging;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Webhooks;

/// <summary>
/// Tells other systems what happened in an account: each endpoint in the account's order, at least once, one not waiting for the other. An
/// event that an endpoint does not take holds up those behind it of the same account, until it is given up.
/// </summary>
public sealed partial class WebhookHandler(
    WebhookOutbox outbox,
    IWebhookPost post,
    WebhookStanding standing,
    WakeIndex wakes,
    IMessageQueue queue,
    ValueModel model,
    TimeProvider clock,
    ILogger<WebhookHandler> logger
) : IMessageHandler
{
    /// <summary>Batches of one account that an endpoint is told in one go: a message's lock ends.</summary>
    private const int BatchesAtOnce = 50;

    public string Queue => QueueNames.Webhooks;

    public int BatchSize => 16;

    public async Task<IReadOnlyList<Settlement>> HandleAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        var settlements = new Settlement[messages.Count];
        var accounts = messages.Select(message => Encoding.UTF8.GetString(message.Body.Span)).ToList();
        await Parallel.ForEachAsync(
            accounts.Distinct(StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = BatchSize, CancellationToken = cancellationToken },
            async (account, token) =>
            {
                var settlement = await SettleAsync(account, token);
                for (int i = 0; i < accounts.Count; i++)
                {
                    if (accounts[i] == account)
                        settlements[i] = settlement;
                }
            }
        );
        return settlements;
    }

    private async Task<Settlement> SettleAsync(string account, CancellationToken cancellationToken)
    {
        if (account.Length == 0)
            return Settlement.Dead("A message about webhooks holds an account's key; found nothing.");
        try
        {
            await TellAsync(new AccountKey(account), cancellationToken);
            return Settlement.Done;
        }
        catch (TransientStoreException fault)
        {
            return Settlement.Again(fault.Message, fault.RetryAfter);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFailed(logger, fault, account);
            return Settlement.Again($"{fault.GetType().Name}: {fault.Message}");
        }
    }

    private async Task TellAsync(AccountKey account, CancellationToken cancellationToken)
    {
        // All of them: what one endpoint does not take, or gave up, must not hide from another what is behind it.
        var batches = await outbox.ReadAsync(account, cancellationToken);
        if (batches.Count == 0)
            return;
        var reached = await Task.WhenAll(model.Webhooks.Select(endpoint => TellAsync(account, endpoint, batches, cancellationToken)));
        var now = clock.GetUtcNow();
        var left = new List<KeyValuePair<string, WebhookProgress>>();
        foreach (var batch in batches)
        {
            var after = Progress(batch, reached, now);
            if (!after.SequenceEqual(batch.Progress))
                await outbox.ProgressAsync(account, batch.Row, stored => Merged(stored, Progress(stored, reached, now)), cancellationToken);
            left.AddRange(after.Where(known => !known.Value.IsDone(batch)));
        }
        var first = left.Where(known => known.Value.GaveUpAt is null).DistinctBy(known => known.Key, StringComparer.Ordinal).ToList();
        if (first.Exists(known => known.Value.NotBefore is null))
            await queue.SendAsync(Queue, [WebhookOutbox.MessageOf(account, $"on:{now.UtcTicks}")], cancellationToken);
        var next = first
            .Select(known => known.Value.NotBefore)
            .Concat(left.Select(known => known.Value.GaveUpAt?.AddDays(WebhookTries.KeepDays)))
            .Min();
        if (next is { } at)
            await wakes.AddAsync(new Wake(at, WakeKind.Webhooks, account), cancellationToken);
    }

    /// <summary>Tells one endpoint what it can be told now; returns how far it is with each batch that it got further with.</summary>
    private async Task<(string Endpoint, Dictionary<string, WebhookProgress> Progress)> TellAsync(
        AccountKey account,
        WebhookEndpoint endpoint,
        IReadOnlyList<WebhookBatch> batches,
        CancellationToken cancellationToken
    )
    {
        var reached = new Dictionary<string, WebhookProgress>(StringComparer.Ordinal);
        foreach (var batch in batches)
        {
            if (!batch.Progress.TryGetValue(endpoint.Id, out var progress) || progress.IsDone(batch) || progress.GaveUpAt is not null)
                continue;
            if (progress.NotBefore > clock.GetUtcNow() || reached.Count == BatchesAtOnce)
                break;
            if (standing.RestsUntil(endpoint) is { } rested)
            {
                // It counts as no try: nobody asked.
                reached[batch.Row] = progress with
                {
                    NotBefore = rested,
                };
                break;
            }
            progress = await TellAsync(account, endpoint, batch, progress, cancellationToken);
            reached[batch.Row] = progress;
            if (!progress.IsDone(batch) && progress.GaveUpAt is null)
                break;
        }
        return (endpoint.Id, reached);
    }

    private async Task<WebhookProgress> TellAsync(
        AccountKey account,
        WebhookEndpoint endpoint,
        WebhookBatch batch,
        WebhookProgress progress,
        CancellationToken cancellationToken
    )
    {
        for (; progress.Next < batch.Events.Count; progress = new WebhookProgress(progress.Next + 1))
        {
            var told = batch.Events[progress.Next];
            if (!endpoint.Wants(told.Type))
                continue;
            var outcome = await post.PostAsync(endpoint, IdOf(account, batch, progress.Next), told, cancellationToken);
            await standing.NoteAsync(endpoint, outcome, cancellationToken);
            if (outcome.Status == SendStatus.Accepted)
                continue;
            var after = WebhookTries.AfterFailure(progress, clock.GetUtcNow(), outcome.RetryAfter);
            LogNotTaken(logger, endpoint.Id, told.Type, after.Tries, outcome.Detail ?? "");
            if (after.GaveUpAt is not null)
                await standing.GiveUpAsync(account, endpoint, batch, told, outcome, cancellationToken);
            return after;
        }
        return progress;
    }

    /// <summary>The same each time an event is told, whoever tells it.</summary>
    public static string IdOf(AccountKey account, WebhookBatch batch, int index) =>
        $"msg_{MessageHash.Of($"{account.Value}|{batch.Row}"):x16}_{index}";

    /// <summary>Endpoints that are in the model no more are told nothing; what was given up long ago is forgotten.</summary>
    private static Dictionary<string, WebhookProgress> Progress(
        WebhookBatch batch,
        IReadOnlyList<(string Endpoint, Dictionary<string, WebhookProgress> Progress)> reached,
        DateTimeOffset now
    )
    {
        var done = new WebhookProgress(batch.Events.Count);
        return batch.Progress.ToDictionary(
            known => known.Key,
            known =>
            {
                var progress = reached.FirstOrDefault(one => one.Endpoint == known.Key) is { Progress: { } own }
                    ? own.GetValueOrDefault(batch.Row, known.Value)
                    : done;
                return progress.GaveUpAt <= now.AddDays(-WebhookTries.KeepDays) ? done : progress;
            },
            StringComparer.Ordinal
        );
    }

    /// <summary>Another worker may be further by now.</summary>
    private static Dictionary<string, WebhookProgress> Merged(WebhookBatch stored, Dictionary<string, WebhookProgress> reached) =>
        stored.Progress.ToDictionary(
            known => known.Key,
            known => reached[known.Key].Next >= known.Value.Next ? reached[known.Key] : known.Value,
            StringComparer.Ordinal
        );

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Endpoint} did not take {Type}, try {Try}: {Detail}")]
    private static partial void LogNotTaken(ILogger logger, string endpoint, string type, int @try, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "What other systems are told of account {Account} failed; it is given back.")]
    private static partial void LogFailed(ILogger logger, Exception fault, string account);
}
