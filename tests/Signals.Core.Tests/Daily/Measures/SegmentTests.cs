using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Retention;
using Signals.Core.Model;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Measures;

public sealed class SegmentTests
{
    private const string Left = "Subscription Cancelled";

    private static readonly ValueModel Model = StoryModels.OfGroups.WithFeatures().WithChurn();

    [Fact]
    public void A_feature_is_told_apart_by_plan_size_and_stage()
    {
        var survey = Survey(
            Account(1)
                .With(Traits.Plan, "pro")
                .With(Traits.Stage, "live")
                .WithPeople(3)
                .Did("Report Shared", 100)
                .Did("Export Completed", 2),
            Account(2).With(Traits.Plan, "Pro").With(Traits.Stage, "Live").WithPeople(30).Did("Report Shared", 100),
            Account(3).With(Traits.Plan, "free").WithPeople(30).Did("Report Shared", 100).Did("Export Completed", 2)
        );

        Assert.Equal([("pro", 1, 2), ("free", 0, 0)], Exports(survey, SegmentKind.Plan));
        Assert.Equal([("3", 0, 1), ("1", 1, 1)], Exports(survey, SegmentKind.Size));
        Assert.Equal([("live", 1, 2), ("", 0, 0)], Exports(survey, SegmentKind.Stage));
    }

    [Fact]
    public void Retention_is_told_by_segment()
    {
        var survey = Survey(
            Account(1).With(Traits.Plan, "pro").Did("Report Shared", 200).Did(Left, 5),
            Account(2).With(Traits.Plan, "pro").Did("Report Shared", 200),
            Account(3).With(Traits.Plan, "free").Did("Report Shared", 200)
        );

        Assert.Equal(
            [("pro", 0.5), ("free", 1)],
            survey.Measure(SegmentKind.Plan).Segments.Select(segment => (segment.Value, segment.Latest!.Customers!.Share!.Value))
        );
    }

    [Fact]
    public void Of_very_many_stages_only_so_many_are_gathered_and_the_largest_are_kept()
    {
        var accounts = Enumerable
            .Range(0, 200)
            .Select(number => Account(number).With(Traits.Stage, number % 2 == 0 ? "common" : $"stage-{number}").Did("Report Shared", 10))
            .ToArray();

        var stages = Survey(accounts).Measure(SegmentKind.Stage).Segments;

        Assert.Equal((SegmentMeasures.MaxSegments, "common", 100), (stages.Count, stages[0].Value, stages[0].Accounts));
    }

    [Fact]
    public void Customers_are_followed_from_the_month_they_came_in()
    {
        // Today is 30 June: May, April and March are over.
        var cohorts = Cohorts(
            Account(1).Did("Report Shared", 300),
            Account(2).Did("Report Shared", 100),
            Account(3).Did("Report Shared", 95).Did(Left, 65),
            Account(4).Did("Report Shared", 92).Did(Left, 20),
            Account(5).Did("Report Shared", 50).Did(Left, 45),
            Account(6).Did("Report Shared", 10),
            Account(7).Did("Report Shared", 330)
        );

        // Somebody of last August, which was under way when anything was first seen: who came in it is not known, only who was there at its
        // end.
        // Somebody of September, three of March of whom one left in April (and one in June, which is not over), nobody of May who was there
        // at its end.
        Assert.Equal(
            [": 1 1 1 1 1 1 1 1 1 1", "2025-09: 1 1 1 1 1 1 1 1 1", "2026-03: 3 2 2"],
            cohorts.Select(cohort => $"{cohort.Month:yyyy-MM}: {string.Join(' ', cohort.Stayed)}")
        );
        Assert.Equal([1, 1, 3], cohorts.Select(cohort => cohort.Customers));
    }

    [Fact]
    public void Who_was_there_before_the_first_month_stands_in_a_row_of_their_own()
    {
        var cohort = Assert.Single(Cohorts(Account(1).Did("Report Shared", 500), Account(2).Did("Report Shared", 400).Did(Left, 100)));

        Assert.Equal((null, 2), (cohort.Month, cohort.Customers));
        Assert.Equal([2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1], cohort.Stayed);
    }

    [Fact]
    public void Without_churn_events_a_cohort_tells_of_value_alone()
    {
        var survey = new MeasureSurvey(StoryModels.OfGroups, MeasuredAccount.Today);
        survey.Add(new MeasuredAccount(StoryModels.OfGroups).Did("Report Shared", 70, 70, 70, 69).ToContext());

        var cohort = Assert.Single(survey.Measure(DateTimeOffset.UnixEpoch).Cohorts);

        Assert.Empty(cohort.Stayed);
        Assert.Equal([1, 0], cohort.Valued);
    }

    private static IEnumerable<(string Segment, int Used, int Of)> Exports(MeasureSurvey survey, SegmentKind kind) =>
        survey
            .Measure(kind)
            .Segments.Select(segment =>
                (segment.Value, segment.Features.Single(feature => feature.Id == "exports")) is var (value, feature)
                    ? (value, feature.Breadth.Count, feature.Breadth.Of)
                    : default
            );

    private static IReadOnlyList<RetentionCohort> Cohorts(params MeasuredAccount[] accounts) =>
        Survey(accounts).Measure(DateTimeOffset.UnixEpoch).Cohorts;

    private static MeasureSurvey Survey(params MeasuredAccount[] accounts)
    {
        var survey = new MeasureSurvey(Model, MeasuredAccount.Today);
        foreach (var account in accounts)
            survey.Add(account.ToContext());
        return survey;
    }

    private static MeasuredAccount Account(int number) => new(Model, $"account-{number}");
}
