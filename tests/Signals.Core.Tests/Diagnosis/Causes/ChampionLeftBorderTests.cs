using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.ChampionLeft;
using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Core.State.People;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>What follows from a champion who left, on numbers: whose fall it was, and who is still there.</summary>
public sealed class ChampionLeftBorderTests
{
    private const string Ann = "u_ann";
    private const string Bob = "u_bob";

    /// <summary>Days of ten minutes each of the champion, and of all others together.</summary>
    private const int Worked = 60;

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(4, 4, true)]
    [InlineData(6, 0, true)]
    [InlineData(5, 0, false)]
    public void It_explains_the_fall_that_was_theirs_or_came_of_it(int inTheFirstWeek, int later, bool explains)
    {
        int[] days = [.. Enumerable.Repeat(20, Worked), .. Enumerable.Repeat(inTheFirstWeek, 7), .. Enumerable.Repeat(later, 13)];

        Assert.Equal(
            explains ? [CauseIds.UsageDrop, CauseIds.SeatsShrinking] : [],
            Find(days, context => Carrier(Ann, context.Today - 21))!.Explains
        );
    }

    [Theory]
    [InlineData(7, 15, false)]
    [InlineData(7, 16, true)]
    [InlineData(3, 16, true)]
    [InlineData(2, 20, false)]
    public void Others_take_over_with_four_fifths_of_what_was_usual_on_three_days_or_more(int days, int minutes, bool isTakenOver)
    {
        int[] all = [.. Enumerable.Repeat(20, Worked), .. Enumerable.Repeat(minutes, days)];
        var finding = Find(
            all,
            context => Carrier(Ann, context.Today - 1 - days, new Departure(DepartureSign.Removed, context.Today - days))
        );

        Assert.Equal(isTakenOver, finding is null);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void It_takes_two_to_have_a_champion(int people, bool found) =>
        Assert.Equal(
            found,
            Find([.. Enumerable.Repeat(20, Worked), .. new int[20]], context => Carrier(Ann, context.Today - 21), people) is not null
        );

    [Theory]
    [InlineData(30, 30, false)]
    [InlineData(30, 29, true)]
    [InlineData(1, 4, true)]
    [InlineData(1, 5, false)]
    public void Only_who_got_value_after_them_or_lately_is_there(int championDaysAgo, int personDaysAgo, bool isThere)
    {
        var context = DayContexts.Of(new int[60], ChampionLeftSettings.Usual);
        context = context with
        {
            People = new PeopleSummary
            {
                Carriers = [Carrier(Bob, context.Today - personDaysAgo), Carrier(Ann, context.Today - championDaysAgo)],
            },
        };

        Assert.Equal(isThere, ChampionLeftRule.IsThere(context, champion: Ann, person: Bob));
        Assert.False(ChampionLeftRule.IsThere(context, champion: Ann, person: "u_cho"));
        Assert.True(ChampionLeftRule.IsThere(context, champion: "u_cho", person: Bob));
    }

    private static CarryingPerson Carrier(string person, int lastDay, Departure? departure = null) =>
        new(person, lastDay, 560, 56, departure);

    private static RuleFinding? Find(int[] days, Func<AccountContext, CarryingPerson> carrier, int people = 5)
    {
        var context = DayContexts.Of(days, ChampionLeftSettings.Usual);
        return new ChampionLeftRule().Assess(
            context with
            {
                People = new PeopleSummary { Reviewed = people, Carriers = [carrier(context)] },
            }
        );
    }
}
