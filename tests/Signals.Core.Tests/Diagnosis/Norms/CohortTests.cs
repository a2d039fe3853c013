using Signals.Core.Daily.Norms;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Statistics;
using Signals.Core.State.Accounts;

namespace Signals.Core.Tests.Diagnosis.Norms;

public sealed class CohortTests
{
    [Fact]
    public void The_norm_is_the_ordinary_persons_though_a_tenth_suffers()
    {
        var random = new Random(3);
        var sketch = new RateSketch();
        for (int person = 0; person < 400; person++)
        {
            double use = random.Next(50, 2000),
                rate = person % 10 == 0 ? 0.04 : 0.004;
            sketch.Add(use, Poisson(random, use * rate));
        }
        var norm = sketch.Norm()!;
        Assert.InRange(norm.Rate, 0.0034, 0.0046);
        Assert.InRange(RateGrid.Quantile(norm.Weights, 0.97), 7, 14);
        Assert.InRange(norm.Spread, 0, 0.4);
    }

    [Fact]
    public void Sketches_of_parts_add_up_to_that_of_the_whole_and_survive_being_written()
    {
        var whole = new RateSketch();
        var parts = new[] { new RateSketch(), new RateSketch() };
        for (int i = 1; i <= 100; i++)
        {
            whole.Add(i, i % 7);
            parts[i % 2].Add(i, i % 7);
        }
        parts[0].MergeFrom(parts[1]);
        var writer = new PackWriter();
        parts[0].Write(writer);
        var reader = new PackReader(writer.Written);
        var read = RateSketch.Read(ref reader);
        Assert.Equal((whole.People, whole.Norm()!.Rate), (read.People, read.Norm()!.Rate));
    }

    [Fact]
    public void A_day_on_which_customers_at_large_stayed_away_is_a_dip_and_a_weekend_is_none()
    {
        var days = new ActivityDays();
        int monday = new DateOnly(2025, 3, 3).DayNumber,
            holiday = monday + 35;
        for (int day = monday; day < monday + 84; day++)
        {
            bool weekend = (day - monday) % 7 >= 5;
            for (int account = 0; account < 40; account++)
                days.Add(
                    day,
                    active: day == holiday ? account < 4
                        : weekend ? account < 3
                        : account < 32
                );
        }
        Assert.Equal([holiday], days.Dips());
    }

    [Theory]
    [InlineData(0.1, 10)]
    [InlineData(0.5, 50)]
    public void Quantiles_are_within_a_few_percent(double share, double expected)
    {
        var sketch = new QuantileSketch();
        for (int i = 1; i <= 100; i++)
            sketch.Add(i);
        Assert.InRange(sketch.Quantile(share), expected * 0.96, expected * 1.04);
    }

    [Fact]
    public void The_plan_of_a_day_does_not_depend_on_the_order_of_arrival()
    {
        (int Day, string Plan)[] seen = [(10, "free"), (12, "Free"), (20, "paid"), (20, "free"), (25, "paid"), (40, "paid")];
        var forwards = new PlanDays();
        var backwards = new PlanDays();
        foreach (var (day, plan) in seen)
            forwards.Note(day, plan);
        foreach (var (day, plan) in seen.Reverse())
            backwards.Note(day, plan);
        Assert.Equal(forwards.ToString(), backwards.ToString());
        Assert.Equal(["free", "free", null, "paid", "paid"], new[] { 5, 15, 20, 22, 60 }.Select(day => forwards.On(day, "other")));
        Assert.Equal(25, backwards.Since("paid"));
        Assert.Equal("other", new PlanDays().On(3, "Other"));
    }

    private static int Poisson(Random random, double mean)
    {
        double limit = Math.Exp(-mean),
            product = random.NextDouble();
        int count = 0;
        for (; product > limit; count++)
            product *= random.NextDouble();
        return count;
    }
}
