using Signals.Core.Daily.Revenue;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.People;
using Signals.Core.Tests.Daily.Measures;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Revenue;

/// <summary>A plan that ends. Today is 30 June 2026; it was announced thirty days ago.</summary>
public sealed class PlanSunsetTests
{
    private static readonly PlanSunset Sunset = new()
    {
        Plan = "basic",
        Varieties = ["Basic"],
        Announced = Date(-30),
        LastOrder = Date(-10),
        Ends = Date(60),
        Why = "why",
        Terms = "terms",
        Guarantees = ["kept"],
        ReplacementPlan = "pro",
        Differences = "differences",
        Steps = ["step"],
        TellFirst = [new ToldFirst("Support", Date(-40))],
        Exceptions = [new PlanException(["key"], Date(400), "until later")],
    };

    private static readonly ValueModel Model = StoryModels.OfGroups.WithChurn() with
    {
        Plans = new Dictionary<string, Plan>(StringComparer.OrdinalIgnoreCase)
        {
            ["basic"] = new("basic", 50, null),
            ["pro"] = new("pro", 200, null),
            ["free"] = new("free", 0, null),
        },
    };

    [Fact]
    public void Who_is_on_it_what_they_pay_and_where_those_went_who_were()
    {
        var measure = Measure(
            Account("waits").On("basic", 60, 5).With(Traits.Plan, "basic"),
            Account("key").On("basic", 60, 5).With(Traits.Plan, "basic").Paid(500, 60),
            Account("moved").On("basic", 60, 30).On("pro", 20, 1).With(Traits.Plan, "pro"),
            Account("smaller").On("basic", 60, 30).On("free", 20, 1).With(Traits.Plan, "free"),
            Account("gone").On("basic", 60, 30).With(Traits.Plan, "basic").Did("Subscription Cancelled", 15),
            Account("gone before").On("basic", 60).With(Traits.Plan, "basic").Did("Subscription Cancelled", 45),
            Account("never").On("pro", 60, 1).With(Traits.Plan, "pro")
        );

        Assert.Equal((2, 550d), (measure.Accounts, measure.Revenue));
        Assert.Equal((1, 4, 1, 1, 1), (measure.Moved.Count, measure.Moved.Of, measure.Elsewhere, measure.Gone, measure.Waiting));
        Assert.Equal((150d, 200d), (measure.PaidBefore, measure.PaidNow));
        Assert.Equal(["waits"], measure.Left.Select(account => account.Id));
        Assert.Equal(["key"], measure.Excepted.Select(account => account.Id));
    }

    [Fact]
    public void Orders_after_the_last_and_contracts_beyond_the_end_are_told()
    {
        var measure = Measure(
            Account("late").On("free", 60, 20).On("basic", 5, 1).With(Traits.Plan, "basic"),
            Account("long").On("basic", 60, 1).With(Traits.Plan, "basic").With(Traits.RenewalAt, "2027-01-01"),
            Account("in time").On("basic", 60, 1).With(Traits.Plan, "basic").With(Traits.RenewalAt, "2026-08-01")
        );

        Assert.Equal((1, 1, 50d), (measure.OrderedLate, measure.Outlasting, measure.OutlastingRevenue));
        Assert.Equal("late", Assert.Single(measure.Left, account => account.OrderedLate).Id);
    }

    private static DateOnly Date(int fromToday) => Days.Date(MeasuredAccount.Today + fromToday);

    private static MeasuredAccount Account(string id) => new MeasuredAccount(Model, id).Did("Report Shared", 70, 60, 5);

    private static PlanSunsetMeasure Measure(params MeasuredAccount[] accounts)
    {
        var survey = new PlanSunsetSurvey(Sunset);
        foreach (var account in accounts)
            survey.Add(account.ToContext());
        return survey.Measure();
    }
}
