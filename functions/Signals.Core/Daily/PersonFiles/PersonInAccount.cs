namespace Signals.Core.Daily.PersonFiles;

/// <summary>A person within one account.</summary>
public sealed record PersonInAccount
{
    public required string Account { get; init; }

    public required string AccountName { get; init; }

    /// <summary>Since when they belong to it, where that was told.</summary>
    public IReadOnlyList<DateTimeOffset> JoinedAt { get; init; } = [];

    /// <summary>Every trait that is kept, with the time of the event that told it.</summary>
    public IReadOnlyList<PersonTrait> Traits { get; init; } = [];

    /// <summary>When the first event arrived as it happened.</summary>
    public DateTimeOffset? FirstSeenAt { get; init; }

    /// <summary>Every event name over all time.</summary>
    public IReadOnlyList<PersonEvent> Events { get; init; } = [];

    /// <summary>What they did by UTC day, as far back as days are kept.</summary>
    public IReadOnlyList<PersonDay> Days { get; init; } = [];

    /// <summary>How many ids of single events are remembered as hashes, to recognise what comes again.</summary>
    public int EventIds { get; init; }

    public IReadOnlyList<PersonAnswer> Answers { get; init; } = [];

    public IReadOnlyList<PersonTicket> Tickets { get; init; } = [];

    /// <summary>What the team wrote down about them; newest first.</summary>
    public IReadOnlyList<FileNote> Notes { get; init; } = [];

    /// <summary>What the last review found in them.</summary>
    public required PersonAssessment Assessment { get; init; }

    /// <summary>Messages written for them, as sent or as planned; oldest first.</summary>
    public IReadOnlyList<PersonMessage> Messages { get; init; } = [];

    /// <summary>Alerts and reports to the team that name or quote them; oldest first.</summary>
    public IReadOnlyList<PersonMessage> NamedIn { get; init; } = [];
}

public sealed record PersonTrait(string Name, string? Value, DateTimeOffset ToldAt);

public sealed record PersonEvent(string Name, long Count, DateTimeOffset First, DateTimeOffset Last);

/// <summary>One UTC day: events by name, sums of numbers by event and property, and the half hours in which anything happened.</summary>
public sealed record PersonDay(
    DateOnly Date,
    IReadOnlyDictionary<string, long> Events,
    IReadOnlyDictionary<string, double> Sums,
    IReadOnlyList<string> ActiveAt
);

/// <summary>A note of the team.</summary>
/// <param name="At">When it was written.</param>
/// <param name="By">Who wrote it, as the audit trail names people.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Person">The user id of the person it is about; null for one about the account.</param>
public sealed record FileNote(DateTimeOffset At, string By, string Text, string? Person);
