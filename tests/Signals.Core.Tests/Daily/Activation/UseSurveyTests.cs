using Signals.Core.Daily.Activation;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;
using Signals.Core.State.People;
using Signals.Core.Tests.Daily.Measures;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Activation;

/// <summary>Today is Tuesday 30 June 2026. A report shared is value.</summary>
public sealed class UseSurveyTests
{
    private static readonly ValueModel Model = StoryModels.OfGroups.WithFeatures().WithChurn() with
    {
        Value = new ValueDefinition("minutes", [new ValueSource("Report Shared", 10, null)], new Floor(15, 30)),
        Onboarding =
        [
            new OnboardingStep("connect", "Connect", StepScope.Account, ["Connected"], [], [], 3, null, []),
            new OnboardingStep("import", "Import", StepScope.Account, ["Imported"], [], [], 7, null, []),
        ],
        Tickets = new TicketDefinition
        {
            Opened = ["Opened"],
            Solved = ["Solved"],
            WithinHours = 48,
        },
    };

    [Fact]
    public void Activated_is_who_reached_the_floor_in_its_days_from_coming_and_who_has_not_had_them_is_not_asked()
    {
        // 60 days ago is 1 May, 50 days ago 11 May, 10 days ago 20 June.
        var use = Measure(
            Account(1).Did("Signed Up", 60).Did("Report Shared", 58, 40),
            Account(2).Did("Signed Up", 50).Did("Report Shared", 45),
            Account(3).Did("Signed Up", 50),
            Account(4).Did("Signed Up", 10).Did("Report Shared", 10, 9)
        );

        Assert.Equal((4, 1, 3), (use.All.Accounts, use.All.Activated.Count, use.All.Activated.Of));
        Assert.Equal([new DateOnly(2026, 5, 1), new DateOnly(2026, 6, 1)], use.Cohorts.Select(cohort => cohort.Month!.Value));
        Assert.Equal((3, 1, 3), (use.Cohorts[0].Accounts, use.Cohorts[0].Activated.Count, use.Cohorts[0].Activated.Of));
        // Two, five, never within fifty, and at once.
        Assert.Equal(2, use.All.DaysToValue);
        Assert.Equal(0.75, use.All.ValuedWithin);
    }

    [Fact]
    public void Whose_beginning_is_older_than_what_is_kept_is_not_asked_how_they_began()
    {
        var use = Measure(
            Account(1).Did("Signed Up", 399).Did("Report Shared", 398),
            Account(2).Did("Signed Up", 420).Did("Report Shared", 390, 10)
        );

        Assert.Equal((1, 1), (use.All.Accounts, use.All.DaysToValue));
    }

    [Fact]
    public void The_way_counts_each_step_of_who_had_the_time_for_all_and_tells_plans_apart()
    {
        var use = Measure(
            Account(1).With(Traits.Plan, "Pro").Did("Signed Up", 60).Did("Connected", 59).Did("Imported", 55).Did("Report Shared", 50),
            Account(2).With(Traits.Plan, "pro").Did("Signed Up", 60).Did("Connected", 57),
            Account(3).With(Traits.Plan, "free").Did("Signed Up", 60),
            Account(4).With(Traits.Plan, "free").Did("Signed Up", 5).Did("Connected", 5)
        );

        Assert.Equal([null, "pro", "free"], use.Funnels.Select(funnel => funnel.Plan));
        Assert.Equal(
            (3, 2, 1, 1),
            (use.Funnels[0].Came, use.Funnels[0].Steps[0].Done.Count, use.Funnels[0].Steps[1].Done.Count, use.Funnels[0].Valued.Count)
        );
        Assert.Equal((2, 3), (use.Funnels[1].Came, use.Funnels[0].Steps[0].MedianDays));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(14, 14)]
    [InlineData(30, 30)]
    public void The_natural_frequency_is_found_from_how_long_accounts_stay_away(int everyDays, int found)
    {
        var accounts = Enumerable
            .Range(0, 30)
            .Select(number => Account(number).Did("Report Shared", Enumerable.Range(0, 180 / everyDays).Select(i => 1 + i * everyDays)));

        Assert.Equal(found, Measure([.. accounts]).Habit!.Days);
    }

    [Fact]
    public void Who_had_the_habit_and_came_no_more_left_it_the_dearest_first_and_who_cancelled_is_told_elsewhere()
    {
        var weekly = Enumerable
            .Range(0, 20)
            .Select(number => Account(number).Did("Report Shared", Enumerable.Range(0, 20).Select(i => 2 + i * 7)));
        var gone = Enumerable.Range(0, 18).Select(i => 16 + i * 7).ToList();
        var use = Measure([
            .. weekly,
            Account(21).With(Traits.Mrr, "50").Did("Report Shared", gone),
            Account(22).With(Traits.Mrr, "500").Did("Report Shared", gone),
            Account(23).Did("Report Shared", gone).Did("Subscription Cancelled", 3),
        ]);

        Assert.Equal((7, 20, 22), (use.Habit!.Days, use.Habit.Keeping.Count, use.Habit.Keeping.Of));
        Assert.Equal(["account-22", "account-21"], use.Habit.Left.Select(one => one.Id));
        Assert.Equal(Days.Date(MeasuredAccount.Today - 16), use.Habit.Left[0].Last);
    }

    [Fact]
    public void Of_few_accounts_no_frequency_is_told() =>
        Assert.Null(
            Measure([.. Enumerable.Range(0, 19).Select(number => Account(number).Did("Report Shared", Enumerable.Range(1, 50)))]).Habit
        );

    [Fact]
    public void Tickets_are_held_against_what_was_agreed_and_those_whose_time_runs_are_not_judged()
    {
        var use = Measure(
            Account(1).With(Traits.Plan, "pro").Asked("a", 20, solvedAfterHours: 24).Asked("b", 20, solvedAfterHours: 60).Asked("c", 10),
            Account(2).With(Traits.Plan, "free").Asked("d", 1).Asked("old", 120)
        );

        Assert.Equal([null, "pro", "free"], use.Support.Select(times => times.Plan));
        var all = use.Support[0];
        Assert.Equal((4, 1, 3, 2), (all.Tickets, all.Solution.InTime.Count, all.Solution.InTime.Of, all.Solution.Waiting));
        Assert.Equal(60, use.Support[1].Solution.MedianHours);
        // Nothing was promised of answers.
        Assert.Equal((0, 0, null), (all.Answer.InTime.Of, all.Answer.Waiting, all.Answer.MedianHours));
        Assert.Null(use.Support[1].Promise!.AnswerHours);
    }

    [Fact]
    public void First_answers_are_held_against_the_promise_of_the_plan_and_a_solution_is_an_answer_too()
    {
        var use = Measure(
            Answering,
            new MeasuredAccount(Answering, "a")
                .With(Traits.Plan, "pro")
                .Asked("in time", 20, answeredAfterHours: 1.2)
                .Asked("late", 20, answeredAfterHours: 5)
                .Asked("solved at once", 20, solvedAfterHours: 1)
                .Asked("silence", 10),
            new MeasuredAccount(Answering, "b").With(Traits.Plan, "free").Asked("slow, as agreed", 20, answeredAfterHours: 20)
        );

        var (all, pro, free) = (use.Support[0], use.Support[1], use.Support[2]);
        Assert.Equal(new TicketPromise(4, 48), pro.Promise);
        Assert.Equal((new TicketPromise(24, 48), null), (free.Promise, all.Promise));
        Assert.Equal((2, 4, 1), (pro.Answer.InTime.Count, pro.Answer.InTime.Of, pro.Answer.Waiting));
        Assert.Equal((3, 5, 1), (all.Answer.InTime.Count, all.Answer.InTime.Of, all.Answer.Waiting));
        // By the quarter of an hour: 1, 1.25, 5, and one that waits.
        Assert.Equal(1.25, pro.Answer.MedianHours);
        var (low, high) = Wilson.Interval95(2, 4);
        Assert.Equal((Math.Round(low, 4), Math.Round(high, 4)), (pro.Answer.InTime.Low, pro.Answer.InTime.High));
    }

    [Fact]
    public void The_plan_of_the_day_a_ticket_was_opened_on_is_the_one_that_promised()
    {
        var moved = new MeasuredAccount(Answering, "a")
            .With(Traits.Plan, "pro")
            .On("free", 30, 10)
            .On("pro", 5)
            .Asked("on free", 20, answeredAfterHours: 20);

        var support = Measure(Answering, moved).Support;

        Assert.Equal(("free", 1, 1), (support[1].Plan, support[1].Answer.InTime.Count, support[1].Answer.InTime.Of));
    }

    [Fact]
    public void Where_working_time_was_agreed_medians_are_in_it_too()
    {
        // Noon of Friday 26 June to noon of Monday: a day of work, three by the clock.
        var model = Answering with
        {
            Tickets = Answering.Tickets with { WorkingTime = true },
        };
        var use = Measure(
            model,
            new MeasuredAccount(model, "a").Asked("over the weekend", 4, solvedAfterHours: 72, answeredAfterHours: 72)
        );

        Assert.Equal(
            (24, 24, 1),
            (use.Support[0].Solution.MedianHours, use.Support[0].Answer.MedianHours, use.Support[0].Answer.InTime.Count)
        );
    }

    private static readonly ValueModel Answering = Model with
    {
        Tickets = Model.Tickets with
        {
            Answered = ["Answered"],
            AnswerWithinHours = 24,
            Promises = new Dictionary<string, TicketPromise>(StringComparer.OrdinalIgnoreCase) { ["pro"] = new(4, null) },
        },
    };

    private static MeasuredAccount Account(int number) => new(Model, $"account-{number}");

    private static UseMeasures Measure(params MeasuredAccount[] accounts) => Measure(Model, accounts);

    private static UseMeasures Measure(ValueModel model, params MeasuredAccount[] accounts)
    {
        var survey = new UseSurvey(model, new MeasureCalendar(MeasuredAccount.Today));
        foreach (var account in accounts)
            survey.Add(account.ToContext());
        return survey.Measure();
    }
}
