using System.Text.Json.Serialization;

namespace Signals.Web.Api;

/// <summary>
/// What became of every event since the tables began. Queued holds those waiting and those in the dead letter, so that
/// <c>accepted = folded + duplicates + quarantined + queued</c>.
/// </summary>
internal sealed record PipelineView(long Accepted, long Folded, long Duplicates, long Quarantined, long Queued, long DeadLettered)
{
    /// <summary>
    /// True when the broker let only part of a long queue be counted: accepted, queued and dead-lettered are then this many and more.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AtLeast { get; init; }

    /// <summary>What came by name; null where only counts were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SeenView? Seen { get; init; }
}
