using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Cards;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Web.Api;

namespace Signals.Web.Warehouse;

/// <summary>
/// Reads what a loader does not know yet, a bounded part at a time. Everything that stands through a whole sweep and changed since the last
/// one began is given at least once; what changes while it goes by may be left to the next.
/// </summary>
internal sealed class ExportReader(
    IEntityStore store,
    AccountLists accounts,
    OutreachLists outreachLists,
    OutreachRows outreach,
    AccountReader people,
    ValueModel model
)
{
    /// <summary>Accounts or messages that one request looks at, however few of them changed.</summary>
    public const int MaxLookedAt = 2000;

    private const int ReadsAtOnce = 8;
    private const int BatchSize = 64;

    /// <summary>So long after the last day of its goal a provider may still report on a message.</summary>
    private const int LateReportDays = 30;

    private readonly AccountRows _rows = new(store);

    /// <summary>
    /// Rows of <paramref name="of"/> from reviewed accounts whose last review, or alert, is no older than the sweep asks.
    /// </summary>
    /// <param name="position">Where to go on.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="of">The row of an account, or null where it has none that is new since the moment.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<ExportPart<T>> AccountsAsync<T>(
        ExportPosition position,
        int limit,
        Func<ExportedSource, DateTimeOffset, T?> of,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var found = new List<T>();
        string? after = position.After;
        int lookedAt = 0;
        await foreach (var batch in BatchesAsync(position, int.Min(BatchSize, limit), cancellationToken))
        {
            if (lookedAt >= MaxLookedAt || found.Count + batch.Count > limit)
                return new ExportPart<T>(found, position with { After = after });
            found.AddRange((await SourcesAsync(batch, cancellationToken)).Select(source => of(source, position.Since)).OfType<T>());
            lookedAt += batch.Count;
            after = batch[^1].Cursor;
        }
        return new ExportPart<T>(found, null);
    }

    /// <summary>
    /// All people of accounts whose last review is no older than the sweep asks: with the days every one of them changes.
    /// </summary>
    public async Task<ExportPart<ExportedPerson>> PeopleAsync(ExportPosition position, int limit, CancellationToken cancellationToken)
    {
        var found = new List<ExportedPerson>();
        string? after = position.After;
        int lookedAt = 0;
        await foreach (var batch in BatchesAsync(position, BatchSize, cancellationToken))
        {
            foreach (var ((account, cursor), source) in batch.Zip(await ReadAsync(batch, cancellationToken)))
            {
                if (lookedAt == MaxLookedAt)
                    return new ExportPart<ExportedPerson>(found, position with { After = after, Inside = null });
                lookedAt++;
                if (source is { Review: { } review } && review.ReviewedAt >= position.Since)
                {
                    string? last = position.Inside is var (inside, person) && inside == account.Value ? person : AccountReader.BeforeUsers;
                    while (last is not null)
                    {
                        if (found.Count == limit)
                            return new ExportPart<ExportedPerson>(
                                found,
                                position with
                                {
                                    After = after,
                                    Inside = last == AccountReader.BeforeUsers ? null : (account.Value, last),
                                }
                            );
                        int take = int.Min(limit - found.Count, EntityLimits.MaxPage);
                        var page = await _rows.GetPeopleAsync(account, last, take, cancellationToken);
                        found.AddRange(
                            page.Select(state => ExportedPerson.Of(source.Account, review, people.ViewOf(source.Account, state)))
                        );
                        last = page.Count < take ? null : page[^1].Key.Value;
                    }
                }
                after = cursor;
            }
        }
        return new ExportPart<ExportedPerson>(found, null);
    }

    /// <summary>
    /// Messages that changed, newest first. After the first sweep only those are looked at that can still change: older ones have an end.
    /// </summary>
    public async Task<ExportPart<ExportedOutreach>> OutreachAsync(ExportPosition position, int limit, CancellationToken cancellationToken)
    {
        string oldest = position.Since == ExportPosition.Beginning ? ":" : StorageKey.TimeDescending(position.Since - LongestLife(model));
        var found = new List<ExportedOutreach>();
        string? after = position.After;
        int lookedAt = 0;
        var batch = new List<(OutreachId Id, string Cursor)>();
        await foreach (var hint in outreachLists.ReadAsync(null, after, BatchSize, cancellationToken))
        {
            if (string.CompareOrdinal(hint.Cursor, oldest) > 0)
                break;
            batch.Add(hint);
            if (batch.Count < int.Min(BatchSize, limit))
                continue;
            if (lookedAt >= MaxLookedAt || found.Count + batch.Count > limit)
                return new ExportPart<ExportedOutreach>(found, position with { After = after });
            await TakeAsync();
        }
        if (found.Count + batch.Count > limit)
            return new ExportPart<ExportedOutreach>(found, position with { After = after });
        await TakeAsync();
        return new ExportPart<ExportedOutreach>(found, null);

        async Task TakeAsync()
        {
            var read = new OutreachRecord?[batch.Count];
            await EachAsync(
                batch.Count,
                async (i, token) => read[i] = (await outreach.GetAsync(batch[i].Id, token))?.Record,
                cancellationToken
            );
            found.AddRange(
                read.OfType<OutreachRecord>().Where(record => record.LastChangeAt >= position.Since).Select(ExportedOutreach.Of)
            );
            lookedAt += batch.Count;
            after = batch.Count == 0 ? after : batch[^1].Cursor;
            batch.Clear();
        }
    }

    /// <summary>
    /// How long after it was planned something may still become of a message: as a card, as a mail, by its goal, by a late report.
    /// </summary>
    private static TimeSpan LongestLife(ValueModel model) =>
        CauseCatalogue.Ids.Max(cause =>
            CardTerms.Of(cause, null, model).LongestStand(model)
            + TimeSpan.FromDays(model.Outreach.ExpireAfterDays + model.PlaybookFor(cause).GoalDays + LateReportDays)
        );

    private async IAsyncEnumerable<List<(AccountKey Account, string Cursor)>> BatchesAsync(
        ExportPosition position,
        int size,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var batch = new List<(AccountKey, string)>(size);
        await foreach (var entry in accounts.KeysAsync(AccountLists.ByName, position.After, size, cancellationToken))
        {
            batch.Add(entry);
            if (batch.Count < size)
                continue;
            yield return batch;
            batch = new List<(AccountKey, string)>(size);
        }
        if (batch.Count > 0)
            yield return batch;
    }

    private async Task<IEnumerable<ExportedSource>> SourcesAsync(
        List<(AccountKey Account, string Cursor)> batch,
        CancellationToken cancellationToken
    ) => (await ReadAsync(batch, cancellationToken)).OfType<ExportedSource>();

    /// <summary>
    /// Each account as it is now; null where it is gone, was never reviewed, or cannot be read, which the daily passes tell.
    /// </summary>
    private async Task<ExportedSource?[]> ReadAsync(List<(AccountKey Account, string Cursor)> batch, CancellationToken cancellationToken)
    {
        var read = new ExportedSource?[batch.Count];
        await EachAsync(batch.Count, async (i, token) => read[i] = await ReadAsync(batch[i].Account, token), cancellationToken);
        return read;
    }

    private async Task<ExportedSource?> ReadAsync(AccountKey key, CancellationToken cancellationToken)
    {
        try
        {
            // The account's row and its alert's stand next to each other and are read as one.
            return
                await _rows.GetWithDueAsync(key, 0, cancellationToken) is var (account, alert, _)
                && account.Review is { } review
                && review.ReviewedAt != default
                ? new ExportedSource(account, review, AlertRows.Read(alert)?.Alert)
                : null;
        }
        catch (UnreadableRowException)
        {
            return null;
        }
    }

    private static Task EachAsync(int count, Func<int, CancellationToken, Task> read, CancellationToken cancellationToken) =>
        Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, token) => await read(i, token)
        );
}

/// <summary>An account that was reviewed, with its newest alert if it ever had one.</summary>
internal sealed record ExportedSource(AccountState Account, AccountReview Review, Alert? Alert);

/// <summary>Some rows, and where to go on; null once the sweep is over.</summary>
internal sealed record ExportPart<T>(IReadOnlyList<T> Rows, ExportPosition? Next);
