using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.State.Answers;
using Signals.Core.State.People;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Measures;

/// <summary>The model's own segments beside all other accounts.</summary>
public sealed class OwnSegmentTests
{
    private const string Left = "Subscription Cancelled";

    private static readonly ValueModel Model = StoryModels.OfGroups.WithFeatures().WithChurn() with
    {
        Segments =
        [
            new SegmentDefinition("pros", "Pros") { Plans = ["pro"] },
            new SegmentDefinition("exporters", "Exporters") { Did = [new SegmentUse(["Export Completed"], "exports", 1, 30)] },
        ],
    };

    [Fact]
    public void Who_is_in_it_is_counted_beside_the_rest()
    {
        var own = Survey(
            Account(1).With(Traits.Plan, "pro").Paid(99, 50).Did("Report Shared", 60, 10).Reviewed(RiskLevel.AtRisk),
            Account(2).With(Traits.Plan, "pro").Paid(200, 50).Did("Report Shared", 60, 10).Reviewed(RiskLevel.Healthy),
            Account(3).With(Traits.Plan, "free").Paid(5, 50).Did("Report Shared", 60, 10).Reviewed(RiskLevel.Critical),
            Account(4).With(Traits.Plan, "pro").Paid(99, 50).Did("Report Shared", 60).Did(Left, 5).Reviewed(RiskLevel.Healthy)
        );

        var pros = own.MeasureOwn().Segments[0];
        Assert.Equal(("pros", 2, 299d), (pros.Id, pros.In.All.Accounts, pros.In.All.Price));
        Assert.Equal((1, 99d), (pros.In.AtRisk.Accounts, pros.In.AtRisk.Price));
        Assert.Equal((1, 5d), (pros.Rest.All.Accounts, pros.Rest.All.Price));
        // Three of them were there 30 days ago, and one has left since.
        Assert.Equal((2, 3), (pros.In.Latest!.Customers!.Count, pros.In.Latest.Customers.Of));
        Assert.Equal((1, 1), (pros.Rest.Latest!.Customers!.Count, pros.Rest.Latest.Customers.Of));
    }

    [Fact]
    public void Who_stayed_is_asked_of_those_who_were_in_it_then()
    {
        // Both exported up to 40 days ago; one left and exports no more, the other stayed and exports no more either.
        var own = Survey(
            Account(1).Did("Report Shared", 100, 40).Did("Export Completed", 40).Did(Left, 10),
            Account(2).Did("Report Shared", 100, 40).Did("Export Completed", 40),
            Account(3).Did("Report Shared", 100, 5).Did("Export Completed", 5)
        );

        var exporters = own.MeasureOwn().Segments[1];
        Assert.Equal((1, 2), (exporters.In.Latest!.Customers!.Count, exporters.In.Latest.Customers.Of));
        // Today only the third is one: then it was among the rest.
        Assert.Equal((1, 1), (exporters.Rest.Latest!.Customers!.Count, exporters.Rest.Latest.Customers.Of));
        var group = own.Measure(SegmentKind.Own).Segments[1];
        Assert.Equal(("exporters", 1), (group.Value, group.Accounts));
        Assert.Equal(exporters.In.Latest, group.Latest);
    }

    [Fact]
    public void Both_sides_together_are_everybody()
    {
        var random = new Random(18);
        var accounts = Enumerable
            .Range(0, 300)
            .Select(number =>
            {
                int came = random.Next(1, 350);
                var account = Account(number)
                    .With(Traits.Plan, random.Next(3) == 0 ? "pro" : "free")
                    .Did("Report Shared", Enumerable.Range(0, came).Where(_ => random.Next(9) == 0).Append(came));
                if (random.Next(2) == 0)
                    account.Did("Export Completed", random.Next(came + 1));
                if (random.Next(4) == 0)
                    account.Did(Left, random.Next(came + 1));
                if (random.Next(3) == 0)
                    account.Answered(FeedbackKind.Nps, random.Next(11), "u_ann", daysAgo: random.Next(1, 80));
                return account;
            })
            .ToArray();
        var survey = Survey(accounts);

        var all = survey.Measure(DateTimeOffset.UnixEpoch);
        foreach (var own in survey.MeasureOwn().Segments)
        {
            Assert.Equal(
                (all.Retention!.Customers!.Count, all.Retention.Customers.Of),
                (
                    own.In.Latest!.Customers!.Count + own.Rest.Latest!.Customers!.Count,
                    own.In.Latest.Customers.Of + own.Rest.Latest.Customers.Of
                )
            );
            Assert.Equal(survey.MeasureUse().All.Activated.Of, own.In.Start.Activated.Of + own.Rest.Start.Activated.Of);
            Assert.Equal(all.SurveysByPerson.Single().Answers, own.In.Nps.Concat(own.Rest.Nps).Sum(score => score.Answers));
        }
    }

    [Fact]
    public void A_model_without_segments_keeps_none()
    {
        var survey = new MeasureSurvey(StoryModels.OfGroups, MeasuredAccount.Today);
        survey.Add(new MeasuredAccount(StoryModels.OfGroups).Did("Report Shared", 5).ToContext());

        Assert.Empty(survey.MeasureOwn().Segments);
        Assert.Empty(survey.Measure(SegmentKind.Own).Segments);
    }

    [Fact]
    public void The_gap_of_two_shares_is_Newcombes()
    {
        // Newcombe 1998, table II: 56 of 70 against 48 of 80 is 0.2, from 0.0524 to 0.3339 by method 10.
        var gap = Gap.Of(Proportion.Of95(56, 70), Proportion.Of95(48, 80))!;

        Assert.Equal((0.2, 0.0524, 0.3339), (Math.Round(gap.Difference, 4), Math.Round(gap.Low, 4), Math.Round(gap.High, 4)));
        Assert.True(gap.IsShown);
        Assert.Null(Gap.Of(Proportion.Of95(0, 0), Proportion.Of95(48, 80)));
        Assert.False(Gap.Of(Proportion.Of95(5, 10), Proportion.Of95(4, 10))!.IsShown);
    }

    private static MeasureSurvey Survey(params MeasuredAccount[] accounts)
    {
        var survey = new MeasureSurvey(Model, MeasuredAccount.Today);
        foreach (var account in accounts)
            survey.Add(account.ToContext());
        return survey;
    }

    private static MeasuredAccount Account(int number) => new(Model, $"account-{number}");
}
