using System.Text.Json;
using Signals.Core.Daily.Satisfaction;
using Signals.Core.Intake.Events;
using Signals.Core.State.Answers;
using Signals.Local.Demo;

namespace Signals.Local.Tests.Demo;

/// <summary>Which features go with better scores in the story: one truly, one not, both worked out again from the story's events alone.</summary>
[Collection(PlayedDemoTests.Name)]
public sealed class DemoScoresTests(PlayedDemo demo)
{
    private const int UseDays = 30;

    [Fact]
    public void Who_lets_automations_run_is_more_satisfied()
    {
        var told = Told("automations", FeedbackKind.Csat);

        Assert.True(told is { Enough: true, Shown: true, Low: > 0 }, $"{told}");
        AssertWorkedOut(told, "CSAT Answered", score => score >= 4 ? 100 : 0);
    }

    [Fact]
    public void Who_lets_automations_run_recommends_no_more()
    {
        var told = Told("automations", FeedbackKind.Nps);

        Assert.True(told is { Enough: true, Shown: false, Low: <= 0, High: >= 0 }, $"{told}");
        AssertWorkedOut(
            told,
            "NPS Answered",
            score =>
                score >= 9 ? 100
                : score <= 6 ? -100
                : 0
        );
    }

    private FeatureScore Told(string feature, FeedbackKind kind) =>
        Assert.Single(demo.Summary.Measures.FeatureScores, score => score.Feature == feature && score.Kind == kind);

    /// <summary>The accounts on both sides, and by whom the difference goes in the channel that most answered in.</summary>
    private void AssertWorkedOut(FeatureScore told, string survey, Func<double, double> points)
    {
        var events = new DemoStory(demo.Model, StoryClock.LastDay(PlayedDemo.Now)).Tell().SelectMany(day => day.InOrder()).ToList();
        var used = events
            .Where(one => one.Name == "Automation Run")
            .ToLookup(one => one.GroupId!, one => DateOnly.FromDateTime(one.Timestamp.UtcDateTime), StringComparer.Ordinal);
        var left = events.Where(one => one.Name == "Subscription Cancelled").Select(one => one.GroupId!).ToHashSet(StringComparer.Ordinal);
        var voices = events
            .Where(one => one.Name == survey && !left.Contains(one.GroupId!))
            .Where(one => demo.Cast[one.GroupId!].IsPaidFeature("automations"))
            .Select(one => (Event: one, Said: Said(one)))
            .GroupBy(one => (one.Event.UserId, one.Said.Channel))
            .Select(answers => answers.OrderBy(one => one.Event.Timestamp).Last())
            .GroupBy(one => (Group: one.Event.GroupId!, one.Said.Channel))
            .Select(account =>
            {
                var day = DateOnly.FromDateTime(account.Max(one => one.Event.Timestamp).UtcDateTime);
                bool uses = used[account.Key.Group].Any(on => on <= day && on > day.AddDays(-UseDays));
                return (account.Key.Channel, Uses: uses, Voice: account.Average(one => points(one.Said.Score)));
            })
            .ToList();

        Assert.Equal((voices.Count(one => one.Uses), voices.Count(one => !one.Uses)), (told.With.Accounts, told.Without.Accounts));
        var product = voices.Where(one => one.Channel == "in-app").ToList();
        double difference =
            product.Where(one => one.Uses).Average(one => one.Voice) - product.Where(one => !one.Uses).Average(one => one.Voice);
        Assert.InRange(difference, told.Low!.Value, told.High!.Value);
    }

    private static (double Score, string Channel) Said(UsageEvent answer)
    {
        using var payload = JsonDocument.Parse(answer.Payload);
        return (payload.RootElement.GetProperty("score").GetDouble(), payload.RootElement.GetProperty("channel").GetString()!);
    }
}
