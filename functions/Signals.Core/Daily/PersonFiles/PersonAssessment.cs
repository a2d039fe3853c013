using System.Text.Json.Serialization;
using Signals.Core.State.Assessments;

namespace Signals.Core.Daily.PersonFiles;

/// <summary>
/// Whether they reach the floor, the value in the window, what holds them back, and the account's causes that name them, with their
/// evidence.
/// </summary>
public sealed record PersonAssessment(
    bool Reviewed,
    bool Active,
    double Value,
    IReadOnlyList<PersonFoundCause> Causes,
    [property: JsonIgnore] IReadOnlyList<Evidence> Found
)
{
    /// <summary>What was found, in English: the file is the same whoever saves it.</summary>
    public IReadOnlyList<string> Evidence => [.. Found.Select(PersonSections.Line)];
}

public sealed record PersonFoundCause(string Cause, string? Detail, double Confidence);

/// <summary>A message or alert; subject and text are null before it left.</summary>
public sealed record PersonMessage(
    string Id,
    string Kind,
    string Cause,
    string State,
    string? Reason,
    string To,
    DateTimeOffset PlannedAt,
    DateTimeOffset? SentAt,
    bool? GoalReached,
    string? Subject,
    string? Text
);
