namespace Signals.Web.Dashboard.Today;

/// <summary>Whose accounts Today shows, in which segment, and since when.</summary>
/// <param name="Choice">Whose.</param>
/// <param name="Segment">The id of one of the model's segments; null for all accounts.</param>
/// <param name="Days">Changes of so many days, 1 or 7.</param>
internal sealed record TodayFilter(CsmChoice Choice, string? Segment, int Days)
{
    public string? Csm => Choice.Csm;

    /// <summary>The page under it, from a cursor of its alerts on.</summary>
    public string Address(string? cursor = null) =>
        Links.With(
            "/",
            (CsmChoice.Parameter, Choice.Value),
            (OwnSegments.Parameter, Segment),
            ("days", Days == 7 ? "7" : null),
            ("cursor", cursor)
        );
}
