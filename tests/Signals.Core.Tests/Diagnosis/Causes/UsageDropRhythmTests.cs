using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.UsageDrop;
using Signals.Core.Diagnosis.Norms;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>The borders of the rule for who comes by the month or fortnight, on numbers: spells of two days, and what each brought.</summary>
public sealed class UsageDropRhythmTests
{
    private const int Month = 30;

    /// <summary>After the second day of the last spell: the next is due after 28 more, and four of slack.</summary>
    private const int MissedAfter = 33;

    [Theory]
    [InlineData(30, 14, true)]
    [InlineData(30, 42, true)]
    [InlineData(30, 43, false)]
    [InlineData(14, 20, true)]
    [InlineData(14, 21, false)]
    public void Windows_of_days_are_for_who_comes_oftener_than_they_are_long(int period, int windowDays, bool byRhythm)
    {
        var settings = new UsageDropSettings(windowDays);

        Assert.Equal(
            byRhythm,
            RhythmDrop.RhythmOf(DayContexts.Of(Spells(period, then: 4, 20, 20, 20, 20), settings), settings) is not null
        );
    }

    [Theory]
    [InlineData(MissedAfter - 1, false)]
    [InlineData(MissedAfter, true)]
    public void A_spell_is_missed_once_its_time_and_the_slack_have_passed(int days, bool found) =>
        Assert.Equal(found, Find(Spells(Month, days, 40, 40, 40, 40)) is not null);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_day_on_which_everybody_stayed_away_is_no_delay(int dips, bool found)
    {
        int[] days = Spells(Month, MissedAfter, 40, 40, 40, 40);

        Assert.Equal(found, Find(days, DayContexts.NormsWith(Enumerable.Range(days.Length - 10, dips))) is not null);
    }

    [Fact]
    public void A_day_of_their_last_spell_on_which_everybody_else_stayed_away_delays_nothing()
    {
        int[] days = Spells(Month, MissedAfter, 40, 40, 40, 40);

        Assert.NotNull(Find(days, DayContexts.NormsWith([days.Length - MissedAfter - 1])));
    }

    [Theory]
    [InlineData(0, 3.5 / 4)]
    [InlineData(8, 0.7826237921249264)]
    public void It_is_surer_the_oftener_they_came_and_the_less_came_since(int since, double confidence)
    {
        int[] days = Spells(Month, MissedAfter, 40, 40, 40, 40);
        days[^8] = since;

        Assert.Equal(confidence, Find(days)!.Confidence, precision: 10);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Who_has_just_begun_is_waited_for(int daysAgo, bool found)
    {
        int[] days = Spells(Month, MissedAfter, 40, 40, 40, 40);
        days[^daysAgo] = 8;

        Assert.Equal(found, Find(days) is not null);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void A_month_is_forgotten_after_two(int days, bool found) =>
        Assert.Equal(found, Find(Spells(Month, days - 1, 40, 40, 40, 40), settings: new UsageDropSettings(ForgetDays: 20)) is not null);

    [Theory]
    [InlineData(30, 14, false)]
    [InlineData(30, 15, true)]
    [InlineData(14, 14, false)]
    [InlineData(14, 15, true)]
    public void A_spell_that_never_reached_the_floor_is_no_loss(int period, int minutes, bool found) =>
        Assert.Equal(found, Find(Spells(period, MissedAfter, minutes, minutes, minutes, minutes)) is not null);

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void A_small_spell_is_told_when_it_is_over(int daysAfter, bool found) =>
        Assert.Equal(found, Find(Spells(Month, daysAfter, 40, 40, 40, 20)) is not null);

    [Theory]
    [InlineData(20, true)]
    [InlineData(22, false)]
    public void Half_of_the_usual_is_small(int minutes, bool found) =>
        Assert.Equal(found, Find(Spells(Month, 5, 40, 40, 40, minutes)) is not null);

    [Theory]
    [InlineData(40, 1)]
    [InlineData(20, 2.0 / 3)]
    public void An_earlier_one_as_small_makes_it_less_remarkable(int second, double better) =>
        Assert.Equal(3.5 / 4 * Math.Sqrt(0.5) * better, Find(Spells(Month, 5, 40, second, 40, 20))!.Confidence, precision: 10);

    [Fact]
    public void What_is_missed_now_comes_before_what_was_small_then() =>
        Assert.StartsWith(
            "0 minutes since",
            Find(Spells(Month, MissedAfter, 40, 40, 40, 20))!.Evidence[0].Text.En,
            StringComparison.Ordinal
        );

    /// <summary>Spells of two days that begin a period apart, and so many days after the last.</summary>
    private static int[] Spells(int period, int then, params int[] minutes)
    {
        int[] days = new int[(minutes.Length - 1) * period + 2 + then];
        for (int spell = 0; spell < minutes.Length; spell++)
            (days[spell * period], days[spell * period + 1]) = (minutes[spell] / 2, minutes[spell] - minutes[spell] / 2);
        return days;
    }

    private static RuleFinding? Find(int[] days, CohortNorms? norms = null, UsageDropSettings? settings = null) =>
        new UsageDropRule().Assess(DayContexts.Of(days, settings ?? UsageDropSettings.Usual) with { Norms = norms ?? CohortNorms.None });
}
