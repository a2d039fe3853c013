using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Identity;

namespace Signals.Core.Processing.Webhooks;

/// <summary>
/// How endpoints fare: table system, partition <c>webhooks</c>, a row an endpoint; and what was given up, in a list, until it is told
/// again by hand or forgotten.
/// </summary>
public sealed class WebhookStanding(IEntityStore store, ShardedList lists, WebhookOutbox outbox, IMessageQueue queue, TimeProvider clock)
{
    public const string Partition = "webhooks";
    public const string GivenUp = "webhooks-given-up";

    private const int MaxDetailChars = 300;

    /// <summary>Success after success is noted no more often.</summary>
    private static readonly TimeSpan NoteEvery = TimeSpan.FromMinutes(1);

    /// <summary>So many failures in a row, and an endpoint is left in peace for a while: its timeouts would hold up all others.</summary>
    private const int MostFailures = 5;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>By the endpoint's id; nothing of one that was never told anything.</summary>
    public async Task<IReadOnlyDictionary<string, WebhookState>> ReadAsync(CancellationToken cancellationToken)
    {
        var rows = await store.ReadFirstAsync(new EntityQuery(PipelineCounters.Table, Partition), EntityLimits.MaxPage, cancellationToken);
        return rows.ToDictionary(
            row => StorageKey.Decode(row.RowKey),
            row => new WebhookState(row.GetTime("takenAt"), row.GetTime("failedAt"), row.GetString("problem")),
            StringComparer.Ordinal
        );
    }

    /// <summary>Until when an endpoint that failed again and again is left in peace; null while it may be told.</summary>
    public DateTimeOffset? RestsUntil(WebhookEndpoint endpoint)
    {
        lock (_gate)
        {
            return
                _seen.TryGetValue(endpoint.Id, out var seen)
                && seen.Failures >= MostFailures
                && seen.LastAt + Rest is var until
                && until > clock.GetUtcNow()
                ? until
                : null;
        }
    }

    /// <summary>Forgets the list of what was given up so long ago that it can be told no more; returns how many rows went.</summary>
    public Task<int> PruneAsync(CancellationToken cancellationToken) =>
        lists.CutAsync(GivenUp, StorageKey.TimeDescending(clock.GetUtcNow().AddDays(-WebhookTries.KeepDays)), cancellationToken);

    /// <summary>Notes what became of a post; that is for people to read, and no event waits for a store that is busy.</summary>
    public async Task NoteAsync(WebhookEndpoint endpoint, SendOutcome outcome, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        bool taken = outcome.Status == SendStatus.Accepted;
        lock (_gate)
        {
            var known = _seen.GetValueOrDefault(endpoint.Id, Seen.Nothing);
            bool isNews = known.NotedAs != taken || now - known.NotedAt >= NoteEvery;
            _seen[endpoint.Id] = new Seen(
                taken ? 0 : known.Failures + 1,
                now,
                isNews ? taken : known.NotedAs,
                isNews ? now : known.NotedAt
            );
            if (!isNews)
                return;
        }
        try
        {
            await WriteAsync(endpoint, taken, outcome, now, cancellationToken);
        }
        catch (TransientStoreException) { }
    }

    private Task<Entity?> WriteAsync(
        WebhookEndpoint endpoint,
        bool taken,
        SendOutcome outcome,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        store.ChangeAsync(
            PipelineCounters.Table,
            Partition,
            StorageKey.Encode(endpoint.Id),
            "note how a webhook fares",
            clock,
            row => new Entity(Partition, StorageKey.Encode(endpoint.Id))
            {
                ["takenAt"] = taken ? now : row?.GetTime("takenAt"),
                ["failedAt"] = taken ? row?.GetTime("failedAt") : now,
                ["problem"] = taken ? null : Cut(outcome.Detail),
            },
            cancellationToken
        );

    internal Task GiveUpAsync(
        AccountKey account,
        WebhookEndpoint endpoint,
        WebhookBatch batch,
        WebhookEvent told,
        SendOutcome outcome,
        CancellationToken cancellationToken
    ) =>
        lists.PutAsync(
            new Entity(
                ShardedList.Partition(GivenUp, account.Value),
                $"{StorageKey.TimeDescending(clock.GetUtcNow())}:{endpoint.Id}:{account.Value}"
            )
            {
                ["endpoint"] = endpoint.Id,
                ["account"] = account.Value,
                ["accountId"] = told.Account,
                ["batch"] = batch.Row,
                ["type"] = told.Type,
                ["at"] = told.At,
                ["problem"] = Cut(outcome.Detail),
            },
            cancellationToken
        );

    /// <summary>What was given up, the newest first.</summary>
    public async Task<IReadOnlyList<GivenUpWebhook>> GivenUpAsync(int take, CancellationToken cancellationToken)
    {
        var found = new List<GivenUpWebhook>();
        await foreach (var row in lists.ReadAsync(GivenUp, null, take, cancellationToken))
        {
            if (found.Count == take)
                break;
            var one = new GivenUpWebhook(
                $"{row.PartitionKey}|{row.RowKey}",
                row.GetString("endpoint") ?? "",
                new AccountKey(row.GetString("account") ?? ""),
                row.GetString("accountId") ?? "",
                row.GetString("batch") ?? "",
                row.GetString("type") ?? "",
                row.GetTime("at") ?? default,
                row.GetString("problem") ?? ""
            );
            // Told since, or forgotten: the list is a hint.
            if (
                await outbox.FindAsync(one.Account, one.Batch, cancellationToken) is { } batch
                && batch.Progress.GetValueOrDefault(one.Endpoint) is { GaveUpAt: not null }
            )
                found.Add(one);
            else
                await lists.RemoveAsync(row.PartitionKey, row.RowKey, cancellationToken);
        }
        return found;
    }

    /// <summary>Has what was given up told again, from the event on that was not taken.</summary>
    public async Task TellAgainAsync(GivenUpWebhook one, CancellationToken cancellationToken)
    {
        await outbox.ProgressAsync(
            one.Account,
            one.Batch,
            batch =>
                batch.Progress.ToDictionary(
                    known => known.Key,
                    known => known.Key == one.Endpoint ? new WebhookProgress(known.Value.Next) : known.Value,
                    StringComparer.Ordinal
                ),
            cancellationToken
        );
        await queue.SendAsync(
            QueueNames.Webhooks,
            [WebhookOutbox.MessageOf(one.Account, $"again:{clock.GetUtcNow().UtcTicks}")],
            cancellationToken
        );
    }

    /// <summary>What this process saw of an endpoint, and what of it is written.</summary>
    private sealed record Seen(int Failures, DateTimeOffset LastAt, bool? NotedAs, DateTimeOffset NotedAt)
    {
        public static readonly Seen Nothing = new(0, default, null, default);
    }

    private static string Cut(string? detail) => Platform.Languages.Excerpt.Of(detail ?? "", MaxDetailChars);
}

/// <summary>How an endpoint fares.</summary>
/// <param name="TakenAt">When it last took an event; null for never.</param>
/// <param name="FailedAt">When it last did not; null for never.</param>
/// <param name="Problem">What was wrong then; null once it took one again.</param>
public sealed record WebhookState(DateTimeOffset? TakenAt, DateTimeOffset? FailedAt, string? Problem);

/// <summary>An event that was given up.</summary>
/// <param name="Id">Tells it from others.</param>
/// <param name="Endpoint">Who did not take it.</param>
/// <param name="Account">The account.</param>
/// <param name="AccountId">Its id as the customer sent it.</param>
/// <param name="Batch">The row that it stands in.</param>
/// <param name="Type">What it was.</param>
/// <param name="At">When it was so.</param>
/// <param name="Problem">What was wrong the last time.</param>
public sealed record GivenUpWebhook(
    string Id,
    string Endpoint,
    AccountKey Account,
    string AccountId,
    string Batch,
    string Type,
    DateTimeOffset At,
    string Problem
);
