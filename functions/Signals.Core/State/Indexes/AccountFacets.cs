using System.Collections.Concurrent;
using Signals.Core.Platform.Storage;

namespace Signals.Core.State.Indexes;

/// <summary>
/// Which plans, CS managers and stages there are, for readers to choose from: table <see cref="ShardedList.Table"/>, partitions
/// <c>facet-{plan|csm|stage}</c>, a row a value. A value whose last account left stays: it finds nothing, and harms nobody.
/// </summary>
public sealed class AccountFacets(IEntityStore store)
{
    public const string Plan = "plan";
    public const string Csm = "csm";
    public const string Stage = "stage";

    /// <summary>Of more there is no choosing.</summary>
    public const int MaxValues = 200;

    private const string Column = "value";
    private const int MaxRemembered = 10_000;

    /// <summary>What this process wrote already.</summary>
    private readonly ConcurrentDictionary<(string Facet, string Value), bool> _noted = new();

    /// <summary>The values of a facet that were seen on any account, in order, the first <see cref="MaxValues"/>.</summary>
    public async Task<IReadOnlyList<string>> ReadAsync(string facet, CancellationToken cancellationToken)
    {
        var values = await store.ReadFirstAsync(new EntityQuery(ShardedList.Table, Partition(facet)), MaxValues, cancellationToken);
        return values.ConvertAll(row => row.GetString(Column) ?? "");
    }

    internal async Task NoteAsync(AccountSummary account, CancellationToken cancellationToken)
    {
        await NoteAsync(Plan, account.Plan, cancellationToken);
        await NoteAsync(Csm, account.Csm, cancellationToken);
        await NoteAsync(Stage, account.Stage, cancellationToken);
    }

    private async ValueTask NoteAsync(string facet, string? value, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > StorageKey.MaxPartChars || _noted.ContainsKey((facet, value)))
            return;
        var row = new Entity(Partition(facet), StorageKey.Encode(value.Trim().ToLowerInvariant())) { [Column] = value.Trim() };
        await store.CommitAsync(ShardedList.Table, row.PartitionKey, [EntityOperation.Upsert(row)], cancellationToken);
        if (_noted.Count < MaxRemembered)
            _noted[(facet, value)] = true;
    }

    private static string Partition(string facet) => "facet-" + facet;
}
