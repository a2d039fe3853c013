using System.Globalization;
using System.Text.Json;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Problems;

/// <summary>
/// Problems of the product that were handed over. Each has a partition of its own in the table of accounts, <c>problem_{id}</c>: its row
/// stands beside what other systems are still to be told of it, in one transaction. Partition <c>problems</c> of table system lists them.
/// Which accounts were behind it stands in these, rows <c>problem:{id}</c>, and in the list <c>problem-{id}</c>, those that pay most
/// first; an erasure takes both. What is written before the problem's own row says nothing without it.
/// </summary>
public sealed class ProblemBook(
    IEntityStore store,
    ShardedList lists,
    WebhookOutbox webhooks,
    ValueModel model,
    PublicAddress address,
    TimeProvider clock
)
{
    /// <summary>More than a team has in hand; of further ones the one that was solved first is forgotten.</summary>
    public const int MaxProblems = 200;

    /// <summary>Of the accounts behind a problem so many are kept by name, those that a cause's list has first.</summary>
    public const int MaxAccounts = 500;

    /// <summary>Where problems are listed.</summary>
    public const string Partition = "problems";

    /// <summary>What the partition of one begins with.</summary>
    public const string PartitionPrefix = "problem_";

    /// <summary>Rows of accounts that were behind one.</summary>
    public const string BehindPrefix = "problem:";

    /// <summary>The row of one in its partition.</summary>
    public const string Row = "problem";

    private const string Column = "problem";
    private const int MostBehind = 20;
    private const int WritesAtOnce = 8;
    private const long MostCents = 999_999_999_999;

    /// <summary>The problem of that id; null where none was handed over.</summary>
    public async Task<Problem?> FindAsync(string id, CancellationToken cancellationToken) =>
        IsId(id) ? (await ReadAsync(id, cancellationToken)).Problem : null;

    /// <summary>All of them, the last changed first.</summary>
    public async Task<IReadOnlyList<Problem>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var found = new List<Problem>();
        await foreach (var row in store.ReadAllAsync(new EntityQuery(PipelineCounters.Table, Partition), cancellationToken))
        {
            if ((await ReadAsync(row.RowKey, cancellationToken)).Problem is { } problem)
                found.Add(problem);
        }
        return [.. found.OrderByDescending(problem => problem.ChangedAt)];
    }

    /// <summary>The problems that an account was behind when they were handed over, the last changed first.</summary>
    public async Task<IReadOnlyList<Problem>> BehindAsync(AccountKey account, CancellationToken cancellationToken)
    {
        var found = new List<Problem>();
        var rows = EntityQuery.Prefix(AccountRows.Table, account.Value, BehindPrefix);
        foreach (var row in await store.ReadFirstAsync(rows, MostBehind, cancellationToken))
        {
            if ((await ReadAsync(row.RowKey[BehindPrefix.Length..], cancellationToken)).Problem is { } problem)
                found.Add(problem);
        }
        return [.. found.OrderByDescending(problem => problem.ChangedAt)];
    }

    /// <summary>Accounts that were behind a problem, those that paid most first, each with the cursor that follows it.</summary>
    public async IAsyncEnumerable<(AccountKey Account, string Cursor)> AccountsAsync(
        string id,
        string? after,
        int pageSize,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var row in lists.ReadAsync(ListOf(id), after, pageSize, cancellationToken))
            yield return (new AccountKey(row.RowKey[(row.RowKey.IndexOf(':', StringComparison.Ordinal) + 1)..]), row.RowKey);
    }

    /// <summary>
    /// Hands a problem over, or one that was solved and is back. The first <see cref="MaxAccounts"/> accounts are kept as behind it.
    /// </summary>
    public async Task<ProblemHandOver> HandOverAsync(
        Problem problem,
        IReadOnlyList<ProblemAccount> accounts,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(problem.Id, cancellationToken) is { State: not ProblemState.Solved })
            return ProblemHandOver.StandsAlready;
        if (!await MakeRoomAsync(problem.Id, cancellationToken))
            return ProblemHandOver.NoRoom;
        await store.CommitAsync(
            PipelineCounters.Table,
            Partition,
            [EntityOperation.Upsert(new Entity(Partition, problem.Id))],
            cancellationToken
        );
        var behind = accounts.Take(MaxAccounts).ToList();
        await lists.PutAllAsync(
            behind.Select(account => new Entity(ShardedList.Partition(ListOf(problem.Id), account.Key.Value), OrderOf(account))),
            cancellationToken
        );
        // Each account is a partition of its own: there is no transaction over two of them.
        await Parallel.ForEachAsync(
            behind,
            new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce, CancellationToken = cancellationToken },
            async (account, token) =>
            {
                var row = new Entity(account.Key.Value, BehindPrefix + problem.Id);
                await store.CommitAsync(AccountRows.Table, account.Key.Value, [EntityOperation.Upsert(row)], token);
            }
        );
        var handed = await ChangeAsync(
            problem.Id,
            before => before is null or { State: ProblemState.Solved } ? problem : null,
            accounts,
            cancellationToken
        );
        return handed is null ? ProblemHandOver.StandsAlready : ProblemHandOver.Done;
    }

    /// <summary>Says how far a problem is; null where none was handed over, or nothing changed.</summary>
    public Task<Problem?> ChangeAsync(
        string id,
        ProblemState state,
        string? link,
        string note,
        string by,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync(
            id,
            before =>
                before is null || (before.State == state && before.Link == link && before.Note == note)
                    ? null
                    : before with
                    {
                        State = state,
                        Link = link,
                        Note = note,
                        ChangedBy = by,
                        ChangedAt = clock.GetUtcNow(),
                    },
            [],
            cancellationToken
        );

    private Task<Problem?> ChangeAsync(
        string id,
        Func<Problem?, Problem?> change,
        IReadOnlyList<ProblemAccount> accounts,
        CancellationToken cancellationToken
    ) =>
        Optimistic.ChangeAsync<Problem?>(
            $"change problem '{id}'",
            clock,
            async () =>
            {
                var (before, etag) = await ReadAsync(id, cancellationToken);
                if (change(before) is not { } after)
                    return (Problem?)null;
                var partition = PartitionOf(id);
                var told = webhooks.Of(ProblemNews.Of(before, after, accounts, model, address.Url, clock.GetUtcNow()));
                await webhooks.PromiseAsync(partition, told, cancellationToken);
                var entity = new Entity(partition.Value, Row);
                BlobColumns.Write(entity, Column, JsonSerializer.SerializeToUtf8Bytes(after, ProblemJson.Default.Problem));
                var operation = etag is null ? EntityOperation.Insert(entity) : EntityOperation.Replace(entity, etag);
                var result = await store.CommitAsync(
                    AccountRows.Table,
                    partition.Value,
                    [operation, .. WebhookOutbox.Rows(partition, told)],
                    cancellationToken
                );
                if (!result.Committed)
                    return Attempt.Conflict;
                await webhooks.AnnounceAsync(partition, told, cancellationToken);
                return after;
            },
            cancellationToken
        );

    /// <summary>Forgets the problem that was solved first, where there are as many as are kept; false where none was solved.</summary>
    private async Task<bool> MakeRoomAsync(string id, CancellationToken cancellationToken)
    {
        var all = await ReadAllAsync(cancellationToken);
        if (all.Count < MaxProblems || all.Any(problem => problem.Id == id))
            return true;
        if (all.LastOrDefault(problem => problem.State == ProblemState.Solved) is not { } oldest)
            return false;
        await store.CommitAsync(AccountRows.Table, PartitionOf(oldest.Id).Value, [EntityOperation.Delete(Row)], cancellationToken);
        await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Delete(oldest.Id)], cancellationToken);
        await lists.CutAsync(ListOf(oldest.Id), "", cancellationToken);
        return true;
    }

    private async Task<(Problem? Problem, string? ETag)> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(AccountRows.Table, PartitionOf(id).Value, Row, cancellationToken) is not { } row)
            return (null, null);
        var problem = AccountRows.Read(
            row,
            static stored => JsonSerializer.Deserialize(BlobColumns.Read(stored, Column), ProblemJson.Default.Problem)
        );
        return (problem, row.ETag);
    }

    private static string OrderOf(ProblemAccount account)
    {
        long cents = Math.Clamp((long)Math.Round(account.Price * 100), 0, MostCents);
        return $"{(MostCents - cents).ToString("D12", CultureInfo.InvariantCulture)}:{account.Key.Value}";
    }

    private static AccountKey PartitionOf(string id) => new(PartitionPrefix + id);

    private static string ListOf(string id) => $"problem-{id}";

    private static bool IsId(string id) => id.Length == 16 && id.All(char.IsAsciiHexDigitLower);
}

/// <summary>What became of a hand-over.</summary>
public enum ProblemHandOver
{
    Done,

    /// <summary>It was handed over before, and is not solved.</summary>
    StandsAlready,

    /// <summary>As many as are kept were handed over, and none of them is solved.</summary>
    NoRoom,
}
