namespace Signals.Local.Demo.Cast;

/// <summary>Somebody who uses Nimbus at a customer's.</summary>
/// <param name="Id">The user id.</param>
/// <param name="Name">Given and family name.</param>
/// <param name="Email">At the company's example domain.</param>
/// <param name="Locale">Such as <c>fr-FR</c>.</param>
/// <param name="Role">What they do.</param>
/// <param name="JoinsOn">The day of the story on which they first come; the first days for those who were there before.</param>
/// <param name="CreatedOn">The day of the story on which their user was made; negative before it.</param>
public sealed record StoryPerson(string Id, string Name, string Email, string Locale, StoryRole Role, int JoinsOn, int CreatedOn)
{
    /// <summary>The days of the week on which they work in Nimbus: a bit each, Sunday the lowest.</summary>
    public int Weekdays { get; init; }

    /// <summary>A holiday: the first day of the story away and how many days; none when zero.</summary>
    public (int From, int Days) Away { get; init; }

    public bool WorksOn(StoryDay day) =>
        day.Index >= JoinsOn && ((Weekdays >> (int)day.Weekday) & 1) == 1 && !(day.Index >= Away.From && day.Index < Away.From + Away.Days);
}
