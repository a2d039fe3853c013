using System.Text.Json;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;

namespace Signals.Core.Response.Experiments;

/// <summary>
/// What became of the goals of messages, sent and held out: lists <c>effects-{playbook}</c> with a row for each, which writing twice does
/// not double, and their sums, made once a day: table system, partition <c>effects</c>, a row a playbook.
/// </summary>
public sealed class EffectLog(IEntityStore store, ShardedList lists, ValueModel model, TimeProvider clock)
{
    internal const string Partition = "effects";

    private const string SumsColumn = "sums";

    /// <summary>The ids of the segments that the account was in when the message was planned, with spaces between.</summary>
    private const string SegmentsColumn = "segments";
    private const int PageSize = 1000;

    /// <summary>Messages as old as the history that people have are forgotten.</summary>
    public const int KeepDays = 400;

    /// <summary>What the partitions of the lists begin with.</summary>
    public const string Lists = "effects-";

    /// <summary>
    /// When it is settled whether a message reached its goal; null when it has none of its own, or nothing is sent.
    /// </summary>
    public static DateTimeOffset? MeasuredAt(OutreachRecord record, ValueModel model) =>
        record is { Kind: OutreachKind.Message, FollowsUp: null }
        && record.Template != OutreachTemplates.Apology
        && !OutreachTemplates.HasNoCause(record.Cause)
        && model.Outreach.Mode == OutreachMode.Live
        && model.PlaybookFor(record.Cause) is { Goal: not null } playbook
            ? record.PlannedAt.AddDays(playbook.GoalDays)
            : null;

    public Task RecordAsync(OutreachRecord record, bool heldOut, bool reached, CancellationToken cancellationToken)
    {
        var row = new Entity(ShardedList.Partition(ListOf(record.Cause), record.Account), record.Id)
        {
            ["heldOut"] = heldOut,
            ["template"] = record.Template,
            ["card"] = record.StartsAsCard,
            ["reached"] = reached,
            [SegmentsColumn] = record.Segments is { } segments ? string.Join(' ', segments) : null,
        };
        return lists.PutAsync(row, cancellationToken);
    }

    /// <summary>Sums every playbook's messages up and forgets the oldest; returns how many messages there are.</summary>
    public async Task<int> SumAsync(CancellationToken cancellationToken)
    {
        int all = 0;
        string oldest = StorageKey.Time(clock.GetUtcNow().AddDays(-KeepDays));
        foreach (string cause in CauseCatalogue.Ids)
        {
            var sums = new Dictionary<(bool HeldOut, string Template, bool Card, string? Segment), (int People, int Reached)>();
            var forgotten = new List<Entity>();
            await foreach (var row in lists.ReadAsync(ListOf(cause), null, PageSize, cancellationToken))
            {
                if (string.CompareOrdinal(row.RowKey, oldest) < 0)
                {
                    forgotten.Add(row);
                    continue;
                }
                foreach (string? segment in SegmentsOf(row).Prepend(null))
                {
                    var key = (row.GetBoolean("heldOut") == true, row.GetString("template") ?? "", row.GetBoolean("card") == true, segment);
                    var (people, reached) = sums.GetValueOrDefault(key);
                    sums[key] = (people + 1, reached + (row.GetBoolean("reached") == true ? 1 : 0));
                }
                all++;
            }
            foreach (var row in forgotten)
                await lists.RemoveAsync(row.PartitionKey, row.RowKey, cancellationToken);
            await SaveAsync(
                cause,
                [
                    .. sums.Select(sum => new EffectSum(
                        sum.Key.HeldOut,
                        sum.Key.Template,
                        sum.Value.People,
                        sum.Value.Reached,
                        sum.Key.Card,
                        sum.Key.Segment
                    )),
                ],
                cancellationToken
            );
        }
        return all;
    }

    /// <summary>Every playbook that ever wrote or held out, as of the last sum.</summary>
    public async Task<IReadOnlyList<PlaybookEffect>> ReadAsync(CancellationToken cancellationToken)
    {
        var effects = new List<PlaybookEffect>();
        var rows = store.ReadAllAsync(new EntityQuery(PipelineCounters.Table, Partition), cancellationToken);
        await foreach (var row in rows.Where(row => CauseCatalogue.Ids.Contains(row.RowKey)))
        {
            var sums = JsonSerializer.Deserialize(BlobColumns.Read(row, SumsColumn), EffectJson.Default.IReadOnlyListEffectSum) ?? [];
            if (sums.Count > 0)
                effects.Add(PlaybookEffect.Of(model.PlaybookFor(row.RowKey), sums, model));
        }
        return effects;
    }

    /// <summary>Those that the model still has.</summary>
    private IEnumerable<string> SegmentsOf(Entity row) =>
        (row.GetString(SegmentsColumn) ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(segment => model.SegmentOf(segment) is not null);

    private async Task SaveAsync(string cause, IReadOnlyList<EffectSum> sums, CancellationToken cancellationToken)
    {
        var row = new Entity(Partition, cause);
        BlobColumns.Write(row, SumsColumn, JsonSerializer.SerializeToUtf8Bytes(sums, EffectJson.Default.IReadOnlyListEffectSum));
        await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Upsert(row)], cancellationToken);
    }

    /// <summary>True for a row of one of the lists.</summary>
    public static bool Holds(Entity row) => row.PartitionKey.StartsWith(Lists, StringComparison.Ordinal);

    private static string ListOf(string cause) => Lists + cause;
}

/// <summary>
/// Messages of one template, sent or held out, and how many of them reached their goal; <paramref name="Card"/> for those that were to be
/// cards first, <paramref name="Segment"/> for those of accounts in a segment, null for all of them.
/// </summary>
public sealed record EffectSum(bool HeldOut, string Template, int People, int Reached, bool Card = false, string? Segment = null);
