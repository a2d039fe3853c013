using System.Text.Json;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;

namespace Signals.Core.Response.Experiments;

/// <summary>
/// How many messages each playbook planned lately and what became of them, counted over the lists of outreach: table system, partition
/// <c>effects</c>, row <c>tally</c>. A list row is a hint, so that a message which moves on just then may be counted in both states.
/// </summary>
public sealed class PlaybookTally(IEntityStore store, OutreachLists lists, TimeProvider clock)
{
    /// <summary>Messages planned within so many days are counted.</summary>
    public const int Days = 90;

    private const string Row = "tally";
    private const string Column = "counts";

    private static readonly IReadOnlyList<OutreachState> States =
    [
        .. Enum.GetValues<OutreachState>().Select(OutreachLists.ListOf).Distinct(),
    ];

    /// <summary>Counts now: a query for each thousand messages.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        var from = clock.GetUtcNow().AddDays(-Days);
        foreach (var state in States)
        {
            await foreach (string playbook in lists.PlaybooksAsync(state, from, cancellationToken))
            {
                if (!counts.TryGetValue(playbook, out var ofPlaybook))
                    counts[playbook] = ofPlaybook = new Dictionary<string, int>(StringComparer.Ordinal);
                ofPlaybook[state.Name()] = ofPlaybook.GetValueOrDefault(state.Name()) + 1;
            }
        }
        var row = new Entity(EffectLog.Partition, Row);
        BlobColumns.Write(
            row,
            Column,
            JsonSerializer.SerializeToUtf8Bytes(counts, EffectJson.Default.DictionaryStringDictionaryStringInt32)
        );
        await store.CommitAsync(PipelineCounters.Table, EffectLog.Partition, [EntityOperation.Upsert(row)], cancellationToken);
    }

    /// <summary>
    /// As of the last count: by cause of <see cref="CauseCatalogue.Ids"/>, and by <see cref="OutreachStates.Name"/>. Empty before the
    /// first.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, Dictionary<string, int>>> ReadAsync(CancellationToken cancellationToken) =>
        await store.GetAsync(PipelineCounters.Table, EffectLog.Partition, Row, cancellationToken) is { } row
            ? JsonSerializer.Deserialize(BlobColumns.Read(row, Column), EffectJson.Default.DictionaryStringDictionaryStringInt32) ?? []
            : new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
}
