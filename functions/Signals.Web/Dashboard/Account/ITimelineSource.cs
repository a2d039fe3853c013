namespace Signals.Web.Dashboard.Account;

/// <summary>
/// Gives an account's timeline some of its entries. Every one that is registered is asked when the page is shown, and reads a bounded
/// number of rows.
/// </summary>
internal interface ITimelineSource
{
    /// <summary>Entries in any order, at most <see cref="TimelineSection.MostOfSource"/> of them, the newest before others.</summary>
    Task<IReadOnlyList<TimelineEntry>> ReadAsync(Reader reader, AccountFile file, CancellationToken cancellationToken);
}

/// <summary>Something that happened with an account.</summary>
/// <param name="At">When; of a UTC day, any moment of it.</param>
/// <param name="What">One sentence.</param>
internal sealed record TimelineEntry(DateTimeOffset At, Html What)
{
    /// <summary>A few words more: whose, how it went, what was said.</summary>
    public Html More { get; init; } = Html.Empty;

    /// <summary><c>good</c>, <c>bad</c>, <c>warn</c>, or empty.</summary>
    public string Tone { get; init; } = "";
}
