using Signals.Core.Model;
using Signals.Core.State.Assessments;

namespace Signals.Testing.World;

/// <summary>Lives that many stories share, and what a story is looked at for.</summary>
public static class Stories
{
    /// <summary>Uses the product on every working day, as people who get what they came for do.</summary>
    public static PersonStory Works(this PersonStory person, int from, int to) => person.Tracks("Report Shared").OnWeekdays(from, to);

    /// <summary>A team whose people all joined on day 0; the first is who it turns on.</summary>
    public static IReadOnlyList<PersonStory> Team(this SignalsWorld world, string account, int people) =>
        [.. Enumerable.Range(0, people).Select(i => world.Given(i == 0 ? "ann" : $"p{i}").Joins(account).On(0))];

    /// <summary>The cause that an account's last review found, or null.</summary>
    public static async Task<FoundCause?> CauseAsync(this SignalsWorld world, string account, string cause) =>
        (await world.ReviewAsync(account)).Assessment.Causes.FirstOrDefault(found => found.Id == cause);

    /// <summary>The account's level by its last review.</summary>
    public static async Task<RiskLevel> LevelAsync(this SignalsWorld world, string account) =>
        (await world.ReviewAsync(account)).Assessment.Risk.Level;

    /// <summary>Lets the days pass, and returns those on which the cause was found.</summary>
    public static async Task<IReadOnlyList<int>> DaysWithAsync(this SignalsWorld world, string account, string cause, int from, int to)
    {
        var days = new List<int>();
        for (int day = from; day <= to; day++)
        {
            await world.AdvanceToAsync(day);
            if (await world.CauseAsync(account, cause) is not null)
                days.Add(day);
        }
        return days;
    }
}
