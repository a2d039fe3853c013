using Signals.Core.Daily.Adoption;
using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Core.State.People;
using Signals.Core.Tests.Daily.Measures;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Adoption;

public sealed class SunsetSurveyTests
{
    private static readonly ValueModel Model = StoryModels.OfGroups with
    {
        Churn = new ChurnDefinition { Events = ["Subscription Cancelled"] },
        Features =
        [
            new Feature("reader", "Reader", ["Reader Opened"], true, [], null),
            new Feature("feeds", "Feeds", ["Feed Opened"], true, [], null),
        ],
        Sunsets =
        [
            new Sunset
            {
                Feature = "reader",
                Announced = new DateOnly(2026, 5, 31),
                LastOrder = new DateOnly(2026, 6, 15),
                Ends = new DateOnly(2026, 9, 30),
                Why = "few use it",
                Terms = "supported until the end",
                ReplacementFeature = "feeds",
                Differences = "no offline use",
                Steps = ["Open Feeds"],
            },
        ],
    };

    [Fact]
    public void Who_uses_the_old_the_new_or_both_waits_has_moved_or_is_on_the_way()
    {
        var measure = Measure(
            Account("waits").With(Traits.Price, "50").Did("Reader Opened", 100, 3),
            Account("waits-more").With(Traits.Price, "90").Did("Reader Opened", 25),
            Account("moving").With(Traits.Price, "900").Did("Reader Opened", 40, 2).Did("Feed Opened", 20, 1),
            Account("moved").Did("Reader Opened", 40).Did("Feed Opened", 19, 1),
            Account("knew-it-before").Did("Reader Opened", 4).Did("Feed Opened", 200),
            Account("long-gone").Did("Reader Opened", 200),
            Account("never").Did("Feed Opened", 1),
            Account("left").Did("Reader Opened", 20).Did("Subscription Cancelled", 5)
        );

        Assert.Equal((1, 5, 1, 3), (measure.Moved.Count, measure.Moved.Of, measure.Moving, measure.Waiting));
        Assert.Equal(["waits-more", "waits", "knew-it-before", "moving"], measure.Left.Select(account => account.Id));
        Assert.Equal(("moved", new DateOnly(2026, 6, 11)), (measure.Arrived.Single().Id, measure.Arrived.Single().ReplacedSince));
        Assert.Equal((new DateOnly(2026, 6, 27), null), (measure.Left[1].LastUsed, measure.Left[1].ReplacedSince));
    }

    [Fact]
    public void Of_very_many_those_who_pay_most_are_listed_and_all_are_counted()
    {
        var measure = Measure([
            .. Enumerable.Range(0, 300).Select(number => Account($"a{number:D3}").With(Traits.Price, $"{number}").Did("Reader Opened", 2)),
        ]);

        Assert.Equal((300, SunsetMeasure.MaxListed), (measure.Waiting, measure.Left.Count));
        Assert.Equal(Enumerable.Range(250, 50).Reverse().Select(number => (double)number), measure.Left.Select(account => account.Price));
    }

    private static SunsetMeasure Measure(params MeasuredAccount[] accounts)
    {
        var survey = new MeasureSurvey(Model, MeasuredAccount.Today);
        foreach (var account in accounts)
            survey.Add(account.ToContext());
        return Assert.Single(survey.Measure(DateTimeOffset.UnixEpoch).Sunsets);
    }

    private static MeasuredAccount Account(string id) => new(Model, id);
}
