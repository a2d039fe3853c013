using System.Text.Json.Serialization;
using Signals.Core.Platform.Languages;

namespace Signals.Core.State.Assessments;

/// <summary>
/// A cause that holds: about the whole account or <paramref name="Affected"/> of its people. <paramref name="Detail"/> is the step,
/// feature or friction kind it is about; <paramref name="Confidence"/> is 0 to 1.
/// </summary>
public sealed record FoundCause(
    string Id,
    string? Detail,
    CauseSubject Subject,
    int Affected,
    double Confidence,
    IReadOnlyList<Evidence> Evidence
)
{
    /// <summary>How much of the account it is about, 0 to 1: the score weighs the confidence by it.</summary>
    public double Share { get; init; } = 1;

    /// <summary>Causes of an account that are about some of its people: the keys of the first of them; else null.</summary>
    public IReadOnlyList<string>? People { get; init; }

    /// <summary>People kept by their keys.</summary>
    public const int MaxPeople = 5;
}

public enum CauseSubject
{
    Account,
    People,
}

/// <summary>One line of evidence: what was seen, what would have been expected, and since when (a UTC date).</summary>
public sealed record Evidence(Phrase Text, Phrase Value, Phrase Expected, DateOnly? Since)
{
    /// <summary>The key of the person that the line names: under it their erasure finds the line, whatever they were called then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Person { get; init; }
}
