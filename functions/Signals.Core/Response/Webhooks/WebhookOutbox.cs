using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Response.Webhooks;

/// <summary>
/// What other systems are still to be told: rows <see cref="RowPrefix"/><c>{time}:{number}{random}</c> of the account's partition. They are
/// written in the transaction that makes them true, so that nothing is told that was not so and nothing that was so is forgotten. A wake-up
/// is written first; the queue is only the faster way.
/// </summary>
public sealed class WebhookOutbox(IEntityStore store, WakeIndex wakes, IMessageQueue queue, ValueModel model, TimeProvider clock)
{
    public const string RowPrefix = "hook:";

    private const string Column = "batch";

    /// <summary>By then whoever wrote it has told the queue, or never will.</summary>
    private static readonly TimeSpan RepairAfter = TimeSpan.FromMinutes(1);

    private uint _written;

    /// <summary>Null where nobody asks for any of it.</summary>
    public WebhookBatch? Of(IEnumerable<WebhookEvent> events)
    {
        if (model.Webhooks.Count == 0)
            return null;
        var told = events.Where(one => model.Webhooks.Any(endpoint => endpoint.Wants(one.Type))).ToList();
        return told.Count == 0
            ? null
            : new WebhookBatch(
                NewRow(),
                told,
                model
                    .Webhooks.Where(endpoint => told.Any(one => endpoint.Wants(one.Type)))
                    .ToDictionary(endpoint => endpoint.Id, _ => WebhookProgress.None, StringComparer.Ordinal)
            );
    }

    /// <summary>After every one before it, in the same millisecond too.</summary>
    private string NewRow()
    {
        uint number = Interlocked.Increment(ref _written);
        return $"{RowPrefix}{StorageKey.Time(clock.GetUtcNow())}:{number:x8}{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
    }

    /// <summary>The wake-up to write before the transaction.</summary>
    public Wake WakeOf(AccountKey account) => new(clock.GetUtcNow() + RepairAfter, WakeKind.Webhooks, account);

    /// <summary>Writes that wake-up, where there is anything to tell.</summary>
    public Task PromiseAsync(AccountKey account, WebhookBatch? batch, CancellationToken cancellationToken) =>
        batch is null ? Task.CompletedTask : wakes.AddAsync(WakeOf(account), cancellationToken);

    /// <summary>What the transaction writes: one operation, or none.</summary>
    public static IEnumerable<EntityOperation> Rows(AccountKey account, WebhookBatch? batch) =>
        batch is null ? [] : [EntityOperation.Insert(ToRow(account, batch))];

    /// <summary>Has the batch told soon, once the transaction stands.</summary>
    public async Task AnnounceAsync(AccountKey account, WebhookBatch? batch, CancellationToken cancellationToken)
    {
        if (batch is not null)
            await queue.SendAsync(QueueNames.Webhooks, [MessageOf(account, batch.Row)], cancellationToken);
    }

    /// <summary>Has an account's endpoints told; <paramref name="occasion"/> tells it from other messages about the account.</summary>
    public static OutgoingMessage MessageOf(AccountKey account, string occasion) =>
        new($"{account.Value}:{occasion}", Encoding.UTF8.GetBytes(account.Value));

    /// <summary>What an account's endpoints are still to be told, the oldest first.</summary>
    public async Task<IReadOnlyList<WebhookBatch>> ReadAsync(AccountKey account, CancellationToken cancellationToken) =>
        await store
            .ReadAllAsync(EntityQuery.Prefix(AccountRows.Table, account.Value, RowPrefix), cancellationToken)
            .Select(Read)
            .ToListAsync(cancellationToken);

    public async Task<WebhookBatch?> FindAsync(AccountKey account, string row, CancellationToken cancellationToken) =>
        row.StartsWith(RowPrefix, StringComparison.Ordinal)
        && await store.GetAsync(AccountRows.Table, account.Value, row, cancellationToken) is { } found
            ? Read(found)
            : null;

    /// <summary>Notes how far endpoints are: what all were told goes. Another worker's progress is kept where it is further.</summary>
    public Task ProgressAsync(
        AccountKey account,
        string row,
        Func<WebhookBatch, IReadOnlyDictionary<string, WebhookProgress>> change,
        CancellationToken cancellationToken
    ) =>
        Optimistic.ChangeAsync(
            $"note what was told of account '{account}'",
            clock,
            async () =>
            {
                if (await store.GetAsync(AccountRows.Table, account.Value, row, cancellationToken) is not { } stored)
                    return true;
                var batch = Read(stored);
                var after = batch with { Progress = change(batch) };
                var operation = after.Progress.Values.All(progress => progress.IsDone(after))
                    ? EntityOperation.Delete(row, stored.ETag)
                    : EntityOperation.Replace(ToRow(account, after), stored.ETag);
                return (await store.CommitAsync(AccountRows.Table, account.Value, [operation], cancellationToken)).Committed;
            },
            cancellationToken
        );

    private static Entity ToRow(AccountKey account, WebhookBatch batch)
    {
        var row = new Entity(account.Value, batch.Row);
        BlobColumns.Write(row, Column, JsonSerializer.SerializeToUtf8Bytes(batch, WebhookJson.Default.WebhookBatch));
        return row;
    }

    private static WebhookBatch Read(Entity row) =>
        AccountRows.Read(
            row,
            static stored =>
                JsonSerializer.Deserialize(BlobColumns.Read(stored, Column), WebhookJson.Default.WebhookBatch)
                ?? throw new InvalidDataException("It holds no batch.")
        );
}
