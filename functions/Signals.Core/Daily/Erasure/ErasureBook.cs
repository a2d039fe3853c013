using System.Security.Cryptography;
using System.Text.Json;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Erasure;

namespace Signals.Core.Daily.Erasure;

/// <summary>
/// Requests to be forgotten, and how far the walk is: table <see cref="ErasedIds.Table"/>, partition <c>requests</c> with a row each,
/// partition <c>walk</c> with one row.
/// </summary>
public sealed class ErasureBook(IEntityStore store, TimeProvider clock)
{
    private const string Requests = "requests";
    private const string Walks = "walk";
    private const string WalkRow = "walk";
    private const string Column = "request";
    private const string OpenColumn = "open";

    public static string NewId(DateTimeOffset now) => $"{StorageKey.Time(now)}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    public async Task<ErasureRequest?> FindAsync(string id, CancellationToken cancellationToken) =>
        IsId(id) && await store.GetAsync(ErasedIds.Table, Requests, id, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>Every request that somebody made, oldest first.</summary>
    public IAsyncEnumerable<ErasureRequest> ReadAsync(CancellationToken cancellationToken) =>
        store
            .ReadAllAsync(new EntityQuery(ErasedIds.Table, Requests), cancellationToken)
            .Select(Read)
            .Where(request => request.SilentSince is null);

    /// <summary>Those that are not proved yet, oldest first.</summary>
    public ValueTask<List<ErasureRequest>> OpenAsync(CancellationToken cancellationToken) =>
        store
            .ReadAllAsync(new EntityQuery(ErasedIds.Table, Requests), cancellationToken)
            .Where(row => row.GetBoolean(OpenColumn) == true)
            .Select(Read)
            .ToListAsync(cancellationToken);

    /// <summary>Changes a request, or enters it when there is none such.</summary>
    public async Task<ErasureRequest> ChangeAsync(
        string id,
        Func<ErasureRequest?, ErasureRequest> change,
        CancellationToken cancellationToken
    ) =>
        Read(
            (
                await store.ChangeAsync(
                    ErasedIds.Table,
                    Requests,
                    id,
                    "change a request for erasure",
                    clock,
                    row => ToRow(change(row is null ? null : Read(row))),
                    cancellationToken
                )
            )!
        );

    /// <summary>Ends a request that nobody made: it is proved, or whom it is about came back.</summary>
    public async Task EndAsync(string id, CancellationToken cancellationToken) =>
        await store.CommitAsync(ErasedIds.Table, Requests, [EntityOperation.Delete(id)], cancellationToken);

    /// <summary>The walk that is under way, and its version; null when none is.</summary>
    public async Task<(ErasureWalk Walk, string ETag)?> WalkAsync(CancellationToken cancellationToken) =>
        await store.GetAsync(ErasedIds.Table, Walks, WalkRow, cancellationToken) is { } row
        && JsonSerializer.Deserialize(BlobColumns.Read(row, Column), ErasureJson.Default.ErasureWalk) is { } walk
            ? (walk, row.ETag)
            : null;

    /// <summary>Keeps how far a walk is, if nobody else has taken it on; returns its new version, or null when somebody has.</summary>
    /// <param name="walk">The walk.</param>
    /// <param name="etag">The version read; empty begins one.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<string?> SaveWalkAsync(ErasureWalk walk, string etag, CancellationToken cancellationToken)
    {
        var row = new Entity(Walks, WalkRow) { ETag = etag };
        BlobColumns.Write(row, Column, JsonSerializer.SerializeToUtf8Bytes(walk, ErasureJson.Default.ErasureWalk));
        var operation = etag.Length == 0 ? EntityOperation.Insert(row) : EntityOperation.Replace(row);
        var result = await store.CommitAsync(ErasedIds.Table, Walks, [operation], cancellationToken);
        return result.Committed ? result.ETags[0] : null;
    }

    public async Task EndWalkAsync(string etag, CancellationToken cancellationToken) =>
        await store.CommitAsync(ErasedIds.Table, Walks, [EntityOperation.Delete(WalkRow, etag)], cancellationToken);

    /// <summary>Forgets the receipts of what was proved long ago; returns how many.</summary>
    public async Task<int> PruneAsync(DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        var old = new EntityQuery(ErasedIds.Table, Requests, To: StorageKey.Time(olderThan));
        var rows = await store
            .ReadAllAsync(old, cancellationToken)
            .Where(row => row.GetBoolean(OpenColumn) != true)
            .ToListAsync(cancellationToken);
        foreach (var chunk in rows.Chunk(EntityLimits.MaxOperations))
            await store.CommitAsync(
                ErasedIds.Table,
                Requests,
                [.. chunk.Select(row => EntityOperation.Delete(row.RowKey))],
                cancellationToken
            );
        return rows.Count;
    }

    private static bool IsId(string id) => id.Length is > 17 and < 40 && id.All(c => char.IsAsciiHexDigit(c) || c == '-');

    private static Entity ToRow(ErasureRequest request)
    {
        var row = new Entity(Requests, request.Id) { [OpenColumn] = request.State != ErasureState.Proved };
        BlobColumns.Write(row, Column, JsonSerializer.SerializeToUtf8Bytes(request, ErasureJson.Default.ErasureRequest));
        return row;
    }

    private static ErasureRequest Read(Entity row) =>
        JsonSerializer.Deserialize(BlobColumns.Read(row, Column), ErasureJson.Default.ErasureRequest)
        ?? throw new InvalidDataException("A row of an erasure holds no request.");
}
