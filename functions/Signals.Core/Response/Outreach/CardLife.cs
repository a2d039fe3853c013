namespace Signals.Core.Response.Outreach;

/// <summary>What became of a card inside the product.</summary>
/// <param name="OfferedAt">Since when the product could show it.</param>
/// <param name="Until">From then on it is not shown any more.</param>
public sealed record CardLife(DateTimeOffset OfferedAt, DateTimeOffset Until)
{
    /// <summary>When the person first had it before their eyes, on any of their devices.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>When they took its step.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>When they put it away.</summary>
    public DateTimeOffset? DismissedAt { get; init; }

    /// <summary>When Signals took it back, because it was no longer true or a mail took its place.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>True while the product may show it.</summary>
    public bool StandsAt(DateTimeOffset now) => now < Until && DoneAt is null && DismissedAt is null && WithdrawnAt is null;

    /// <summary>With what somebody said of it; null when that is nothing new, or it stands no more.</summary>
    public CardLife? With(CardAnswer answer, DateTimeOffset now)
    {
        if (!StandsAt(now) || (answer == CardAnswer.Seen && SeenAt is not null))
            return null;
        var seen = this with { SeenAt = SeenAt ?? now };
        return answer switch
        {
            CardAnswer.Done => seen with { DoneAt = now },
            CardAnswer.Dismissed => seen with { DismissedAt = now },
            _ => seen,
        };
    }
}

/// <summary>What a product reports of a card; the names in JSON are in lower case.</summary>
public enum CardAnswer
{
    Seen,
    Done,
    Dismissed,
}
