namespace Signals.Core.Daily.PersonFiles;

/// <summary>All that is known of one account, with everybody in it.</summary>
public sealed record AccountFile
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required IReadOnlyList<PersonTrait> Traits { get; init; }

    /// <summary>What all its people did together, by UTC day.</summary>
    public required IReadOnlyList<PersonDay> Days { get; init; }

    public required IReadOnlyList<PersonAnswer> Answers { get; init; }

    public required IReadOnlyList<PersonTicket> Tickets { get; init; }

    /// <summary>What the team wrote down about the account and its people; newest first.</summary>
    public IReadOnlyList<FileNote> Notes { get; init; } = [];

    /// <summary>Risk level and score by the last review, health, and the lines of evidence; null before one.</summary>
    public AccountAssessment? Assessment { get; init; }

    /// <summary>Alerts to the team, oldest first; messages to people stand with the people.</summary>
    public required IReadOnlyList<PersonMessage> Alerts { get; init; }

    /// <summary>The people in order of their keys, as far as <see cref="PersonFileReader.MostPeople"/> goes.</summary>
    public required IReadOnlyList<PersonInAccount> People { get; init; }

    /// <summary>False when there are more people than are given out at once: ask for them by <c>/api/people/{id}</c>.</summary>
    public required bool Complete { get; init; }
}

public sealed record AccountAssessment(DateTimeOffset ReviewedAt, string Level, int Score, int Health, IReadOnlyList<string> Evidence);
