namespace Signals.Core.Daily.PersonFiles;

/// <summary>
/// All that is known of one person, for them to read and to take elsewhere (GDPR, articles 15 and 20). Times are UTC. Sections that are
/// read newest first say by <c>Complete</c> whether they reach back to the beginning.
/// </summary>
public sealed record PersonFile
{
    /// <summary>The id that they have now, as the product sent it.</summary>
    public required string Id { get; init; }

    /// <summary>The ids they are known by: user ids and anonymous ids.</summary>
    public required IReadOnlyList<PersonId> Ids { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>What is known in each account that they are or were in.</summary>
    public required IReadOnlyList<PersonInAccount> Accounts { get; init; }

    /// <summary>What is kept of each of their addresses: whether it wants mail, and what was sent lately.</summary>
    public required IReadOnlyList<PersonAddress> Addresses { get; init; }

    /// <summary>Events about them that could not be understood.</summary>
    public required PersonTrace Quarantine { get; init; }

    /// <summary>What people of the team did that names them.</summary>
    public required PersonTrace Audit { get; init; }
}

/// <summary>An id: of kind <c>user</c> or <c>anonymous</c>.</summary>
public sealed record PersonId(string Kind, string Id);

/// <summary>
/// What is kept under the keyed hash of an address. <paramref name="NoMailBy"/> says how the wish for no mail came, and
/// <paramref name="NoMailAbout"/> the topics that were turned off one by one.
/// </summary>
public sealed record PersonAddress(
    string Address,
    DateTimeOffset? NoMailSince,
    string? NoMailBy,
    IReadOnlyList<string> NoMailAbout,
    bool RefusedByProduct,
    IReadOnlyList<PersonSend> Sends
);

public sealed record PersonSend(DateTimeOffset At, string Outreach, string State);

/// <summary>What was found in a record that is kept by time.</summary>
public sealed record PersonTrace(IReadOnlyList<PersonTraceEntry> Entries, bool Complete);

public sealed record PersonTraceEntry(DateTimeOffset At, string What, string Text);
