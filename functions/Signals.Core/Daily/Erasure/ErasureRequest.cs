namespace Signals.Core.Daily.Erasure;

/// <summary>
/// A wish to be forgotten, kept until it is proved that nothing is left. Until then it has to hold whom it is about; afterwards it only
/// says that something was done, when and for how many.
/// </summary>
public sealed record ErasureRequest
{
    /// <summary>The time it was asked, in 17 digits, and eight hexadecimal digits by lot.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>As the audit trail names them.</summary>
    public required string AskedBy { get; init; }

    public ErasureState State { get; init; }

    /// <summary>How many people and accounts it is about, as far as is known.</summary>
    public int People { get; init; }

    public int Accounts { get; init; }

    /// <summary>Whole walks through all that is kept.</summary>
    public int Walks { get; init; }

    /// <summary>Rows, messages and mails that were removed or mended.</summary>
    public int Removed { get; init; }

    /// <summary>No walk begins for it before; each that found something puts off the next.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>What the last walk could not mend, in words that name nobody; null when there is nothing such.</summary>
    public string? Problem { get; init; }

    /// <summary>When a walk that began long enough after the asking found nothing any more.</summary>
    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>
    /// Nobody asked: nothing was heard of them since this moment, longer than the model keeps people. They may come back, and who does
    /// keeps what is new. Null for a wish.
    /// </summary>
    public DateTimeOffset? SilentSince { get; init; }

    /// <summary>Whom it is about; null once it is proved.</summary>
    public ErasureMarks? Marks { get; init; }
}

public enum ErasureState
{
    /// <summary>Late events are dropped already; what is kept is being removed.</summary>
    Erasing,

    /// <summary>A walk through everything found nothing.</summary>
    Proved,
}

/// <summary>All that somebody can be recognised by.</summary>
public sealed record ErasureMarks
{
    /// <summary>Keys of people.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    /// <summary>Keys of accounts that go as a whole.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Addresses whose people are to be found: who has one of them is erased.</summary>
    public IReadOnlyList<string> AskedAddresses { get; init; } = [];

    /// <summary>Ids as the product writes them, and addresses.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Names, which others may have too.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>What they wrote: alerts and digests may quote it.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Keys of the accounts they were in: there they may be named and quoted.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];
}
