using System.Text.Json.Serialization;

namespace Signals.Core.Response.Messages;

public sealed record MessageCause(string Id, string Name, int ConfidencePercent, int Affected, IReadOnlyList<MessageEvidence> Evidence);

/// <summary>A line of evidence in the reader's language.</summary>
public sealed record MessageEvidence(string Text, string Value, string Expected, string Since)
{
    /// <summary>The key of the person that the line names, under which their erasure finds it; null for nobody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Person { get; init; }
}
