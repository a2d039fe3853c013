using System.Text.Json;
using Signals.Core.Model;
using Signals.Core.State.Assessments;
using Signals.Testing.World;

namespace Signals.Core.Tests.State.Assessments;

public sealed class TrailTests
{
    [Fact]
    public void A_day_that_brings_nothing_new_adds_nothing()
    {
        var trail = Trail.None.With(Point(1, 80)).With(Point(2, 80)).With(Point(3, 70));

        Assert.Equal([Point(1, 80), Point(3, 70)], trail.Points);
    }

    [Fact]
    public void Of_a_days_reviews_the_last_counts()
    {
        var trail = Trail.None.With(Point(1, 80)).With(Point(2, 60)).With(Point(2, 80));

        Assert.Equal([Point(1, 80)], trail.Points);
    }

    [Fact]
    public void The_oldest_points_make_room()
    {
        var trail = Enumerable.Range(1, Trail.MaxPoints + 30).Aggregate(Trail.None, (known, day) => known.With(Point(day, day % 2)));

        Assert.Equal((Trail.MaxPoints, 31, Trail.MaxPoints + 30), (trail.Points.Count, trail.Points[0].Day, trail.Points[^1].Day));
    }

    [Fact]
    public void A_full_trail_comes_back_from_the_row_as_it_was_and_takes_less_than_a_kilobyte()
    {
        var trail = Enumerable.Range(739_000, Trail.MaxPoints).Aggregate(Trail.None, (known, day) => known.With(Point(day, day % 2)));

        string json = JsonSerializer.Serialize(trail);

        Assert.Equal(trail.Points, JsonSerializer.Deserialize<Trail>(json)!.Points);
        Assert.InRange(json.Length, 1, 1000);
    }

    [Theory]
    [InlineData("\"AQ==\"")]
    [InlineData("\"/////w8=\"")]
    [InlineData("\"not base64\"")]
    public void What_is_no_trail_is_refused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Trail>(json));

    [Fact]
    public async Task A_review_leaves_a_point_and_the_review_that_finds_the_same_none()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        world.Given("ann").Tracks("Report Shared").OnDays(0, 5);
        await world.AdvanceToAsync(day: 5);
        world.Given("ann").Browses().OnDays(40, 50);
        await world.AdvanceToAsync(day: 50);

        var review = await world.ReviewAsync("ann");

        var points = review.Trail.Points;
        Assert.InRange(points.Count, 2, 20);
        Assert.Equal(points.OrderBy(point => point.Day).Select(point => point.Day).Distinct(), points.Select(point => point.Day));
        Assert.All(points.Skip(1).Zip(points), pair => Assert.False(pair.First.SameAs(pair.Second)));
        Assert.Equal(
            (review.Assessment.Health.Score, review.Assessment.Risk.Score, review.Assessment.Risk.Level),
            (points[^1].Health, points[^1].Score, points[^1].Level)
        );
    }

    private static TrailPoint Point(int day, int health) => new(day, health, 100 - health, RiskLevel.Watch);
}
