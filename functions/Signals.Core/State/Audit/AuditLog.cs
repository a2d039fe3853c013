using System.Globalization;
using System.Security.Cryptography;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Storage;

namespace Signals.Core.State.Audit;

/// <summary>
/// Who did what, kept for good. Table <see cref="Table"/>: partitions <c>{yyyyMM}</c> with rows <c>{inverted time}:{random}</c>, so that
/// the newest come first, and partition <c>months</c>, which knows the months that have any. Entries are added and never changed.
/// </summary>
public sealed class AuditLog(IEntityStore store)
{
    public const string Table = "audit";

    private const string Months = "months";
    private const int MaxNameChars = 320;
    private const int MaxDetailChars = 2000;
    private const int TimeDigits = 17;

    /// <summary>The newest month this process saw in the list of months.</summary>
    private string? _known;

    /// <summary>
    /// Adds an entry; it is there for good when this returns. Texts that are too long are cut. Called after the change was made: an entry
    /// tells what happened.
    /// </summary>
    public async Task WriteAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        string month = MonthOf(entry.At);
        if (_known != month)
        {
            // The month is listed first: a listed month that is empty harms nobody, an entry in an unlisted one would not be found.
            await store.CommitAsync(Table, Months, [EntityOperation.Upsert(new Entity(Months, Inverted(month)))], cancellationToken);
            _known = month;
        }
        string random = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var row = new Entity(month, $"{Inverted(StorageKey.Time(entry.At))}:{random}")
        {
            ["who"] = Excerpt.Of(entry.Who, MaxNameChars, ""),
            ["action"] = Excerpt.Of(entry.Action, MaxNameChars, ""),
            ["subject"] = Excerpt.Of(entry.Subject, MaxNameChars, ""),
            ["detail"] = Excerpt.Of(entry.Detail, MaxDetailChars, ""),
        };
        await store.CommitAsync(Table, month, [EntityOperation.Insert(row)], cancellationToken);
    }

    /// <summary>At most <paramref name="take"/> entries, newest first, after the cursor of an earlier page.</summary>
    public async Task<AuditPage> ReadAsync(string? after, int take, CancellationToken cancellationToken)
    {
        var entries = new List<AuditEntry>();
        string? last = null;
        await foreach (string month in MonthsAsync(after, cancellationToken))
        {
            string? from = after is not null && MonthOfRow(after) == month ? after + " " : null;
            var rest = new EntityQuery(Table, month, from, Take: Math.Min(take - entries.Count + 1, EntityLimits.MaxPage));
            await foreach (var row in store.ReadAllAsync(rest, cancellationToken))
            {
                if (entries.Count == take)
                    return new AuditPage(entries, last);
                entries.Add(EntryOf(row));
                last = row.RowKey;
            }
        }
        return new AuditPage(entries, null);
    }

    /// <summary>Forgets entries from before a moment; returns how many.</summary>
    public async Task<int> PruneAsync(DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        int removed = 0;
        string last = MonthOf(olderThan);
        await foreach (string month in MonthsAsync(null, cancellationToken))
        {
            if (string.CompareOrdinal(month, last) <= 0)
                removed += await store.RemoveAllAsync(
                    new EntityQuery(Table, month, Inverted(StorageKey.Time(olderThan))),
                    cancellationToken
                );
            if (string.CompareOrdinal(month, last) < 0)
                await store.CommitAsync(Table, Months, [EntityOperation.Delete(Inverted(month))], cancellationToken);
        }
        return removed;
    }

    /// <summary>The months with entries, newest first, from that of a cursor on.</summary>
    private IAsyncEnumerable<string> MonthsAsync(string? after, CancellationToken cancellationToken) =>
        store
            .ReadAllAsync(new EntityQuery(Table, Months, after is null ? null : Inverted(MonthOfRow(after))), cancellationToken)
            .Select(row => Inverted(row.RowKey));

    private static AuditEntry EntryOf(Entity row) =>
        new(
            StorageKey.ParseTime(Inverted(row.RowKey[..TimeDigits])),
            row.GetString("who") ?? "",
            row.GetString("action") ?? "",
            row.GetString("subject") ?? "",
            row.GetString("detail") ?? ""
        );

    private static string MonthOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture);

    private static string MonthOfRow(string row) => Inverted(row[..6]);

    /// <summary>Nine's complement of each digit; applied twice it gives the digits back.</summary>
    private static string Inverted(string digits) =>
        string.Create(
            digits.Length,
            digits,
            (inverted, given) =>
            {
                for (int i = 0; i < inverted.Length; i++)
                    inverted[i] = (char)('9' - (given[i] - '0'));
            }
        );
}
