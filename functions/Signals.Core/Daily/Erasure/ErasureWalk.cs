namespace Signals.Core.Daily.Erasure;

/// <summary>
/// One walk through everything for all requests that were open when it began. It goes on where it was, whatever process does.
/// </summary>
public sealed record ErasureWalk
{
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>The requests it walks for.</summary>
    public required IReadOnlyList<string> Requests { get; init; }

    /// <summary>The step it is in: a table each, then queues and kept mails.</summary>
    public int Step { get; init; }

    /// <summary>Where it is within the table.</summary>
    public string? After { get; init; }

    /// <summary>True once it proved anything: what was removed is to leave the disk too.</summary>
    public bool Proved { get; init; }

    /// <summary>What it removed or mended, by request.</summary>
    public IReadOnlyDictionary<string, int> Removed { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>What it could not mend, by request.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
