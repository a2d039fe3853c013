using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.ValueReports;
using Signals.Core.State.People;
using Signals.Core.Tests.Daily.Measures;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.ValueReports;

/// <summary>What a report holds of what an account's plan has, lacks, and costs. Today is 30 June 2026.</summary>
public sealed class ValueReportBuilderTests
{
    private static readonly ValueModel Model = StoryModels.OfGroups with
    {
        Features =
        [
            new Feature("reports", "Reports", ["Report Shared"], true, [], null, null),
            new Feature("rules", "Automations", ["Rule Run"], true, ["pro", "huge"], null, null),
        ],
        Goals = [new CustomerGoal("routine", "Routine questions", ["routine"], ["Rule Run"], 30, 30)],
        Plans = new Dictionary<string, Plan>(StringComparer.OrdinalIgnoreCase)
        {
            ["free"] = new("free", 0, 3),
            ["basic"] = new("basic", 50, 3),
            ["huge"] = new("huge", 900, 3),
            ["pro"] = new("pro", 200, 3),
        },
    };

    private static readonly PlanSunset Sunset = new()
    {
        Plan = "basic",
        Varieties = ["Basic"],
        Announced = Date(-30),
        LastOrder = Date(-10),
        Ends = Date(60),
        Why = "why",
        Terms = "All stays until then.",
        Guarantees = ["The price stays for a year."],
        ReplacementPlan = "pro",
        Differences = "Pro has automations.",
        Steps = ["step"],
        TellFirst = [new ToldFirst("Support", Date(-40))],
        Exceptions = [new PlanException(["key"], Date(400), "You keep it for a year more.")],
        Risks = [new SunsetRisk("They leave.", "Call them.")],
    };

    [Fact]
    public void A_goal_that_the_plan_cannot_reach_says_what_it_lacks_and_which_plans_have_it()
    {
        var goal = Assert.Single(Of("basic").Goals);

        Assert.Equal(("Automations", false), (goal.Lacking!.Feature, goal.IsReached));
        Assert.Equal(["pro", "huge"], goal.Lacking.Plans);
        Assert.Null(Assert.Single(Of("pro").Goals).Lacking);
    }

    [Fact]
    public void Nobody_is_led_to_a_plan_that_ends()
    {
        var model = Model with { PlanSunsets = [Sunset with { Plan = "pro", ReplacementPlan = "huge" }] };

        Assert.Equal(["huge"], Assert.Single(Of("basic", model).Goals).Lacking!.Plans);
    }

    [Theory]
    [InlineData("free", null, true)]
    [InlineData("basic", null, false)]
    [InlineData("basic", "2026-07-10", true)]
    [InlineData("basic", "2026-06-10", false)]
    public void Who_is_free_or_on_trial_pays_nothing(string plan, string? trialEndsAt, bool nothing)
    {
        var account = Account("acme", plan, Model);
        if (trialEndsAt is not null)
            account.With(Traits.TrialEndsAt, trialEndsAt);

        account.With(Traits.RenewalAt, "2026-10-01");
        var report = Of(account);

        Assert.Equal(nothing, report.PaysNothing);
        Assert.Equal(plan == "free" ? null : new DateOnly(2026, 10, 1), report.RenewsOn);
        Assert.Equal(nothing && trialEndsAt is not null, report.TrialEndsOn is not null);
    }

    [Fact]
    public void A_plan_that_ends_is_told_once_it_is_announced_and_an_exception_in_its_own_words()
    {
        var model = Model with { PlanSunsets = [Sunset] };
        var unannounced = Model with { PlanSunsets = [Sunset with { Announced = Date(1), LastOrder = Date(2) }] };

        var ending = Assert.Single(Of("basic", model).Endings);
        Assert.Equal(("basic", "pro", Date(60)), (ending.Name, ending.Replacement, ending.Ends));
        Assert.Equal("Pro has automations. All stays until then. The price stays for a year.", ending.Terms);
        var excepted = Assert.Single(Of(Account("key", "basic", model)).Endings);
        Assert.Equal((Date(400), "You keep it for a year more."), (excepted.Ends, excepted.Terms));
        Assert.False(ending.IsOutlasted);
        Assert.True(Assert.Single(Of(Account("long", "basic", model).With(Traits.RenewalAt, "2026-12-01")).Endings).IsOutlasted);
        Assert.Empty(Of("basic", unannounced).Endings);
        Assert.Empty(Of("pro", model).Endings);
    }

    private static DateOnly Date(int fromToday) => Days.Date(MeasuredAccount.Today + fromToday);

    private static MeasuredAccount Account(string id, string plan, ValueModel model) =>
        new MeasuredAccount(model, id)
            .Did("Report Shared", 70, 60, 5)
            .With(Traits.Plan, plan)
            .With(Traits.Goal, "let routine questions be answered by rules");

    private static ValueReport Of(string plan, ValueModel? model = null) => Of(Account("acme", plan, model ?? Model));

    private static ValueReport Of(MeasuredAccount account) => ValueReportBuilder.Build(account.ToContext(), [], new Quarter(2026, 2), "en");
}
