using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

/// <summary>A plan that ends, as a model says it, and what is told of one that leaves somebody guessing.</summary>
public sealed class PlanSunsetModelTests
{
    private const string Whole = """
        { "plan": "free", "varieties": ["Free"], "announced": "2026-03-01", "lastOrder": "2026-04-01", "lastOrderTime": "17:30", "ends": "2026-06-30",
          "why": "It costs more than it brings.", "terms": "Support until the end.", "guarantees": ["Data stays.", { "en": "A year at half price.", "fr": "Un an à moitié prix." }],
          "replacement": { "plan": "pro", "differences": "Reports." }, "steps": ["Choose pro."],
          "tellFirst": [{ "who": "Sales", "on": "2026-02-20" }, { "who": "Support", "on": "2026-02-10" }],
          "exceptions": [{ "accounts": ["acme"], "until": "2027-06-30", "terms": "A year more." }],
          "risks": [{ "what": "Small ones leave.", "answer": "Call them." }] }
        """;

    [Fact]
    public void One_that_says_everything_is_read()
    {
        var model = With(Whole).ReadValid();

        var sunset = Assert.Single(model.PlanSunsets);
        Assert.Equal(("free", "pro", "Reports."), (sunset.Plan, sunset.ReplacementPlan, sunset.Differences.Text));
        Assert.Equal((new DateOnly(2026, 4, 1), new TimeOnly(17, 30)), (sunset.LastOrder, sunset.LastOrderTime));
        Assert.Equal(["Support", "Sales"], sunset.TellFirst.Select(told => told.Who.Text));
        Assert.Equal(["Data stays.", "Un an à moitié prix."], sunset.Guarantees.Select(one => one.In("fr")));
        Assert.Equal(new DateOnly(2027, 6, 30), sunset.ExceptionFor("acme")!.Until);
        Assert.Null(sunset.ExceptionFor("zen"));
        Assert.Equal("Call them.", Assert.Single(sunset.Risks).Answer.Text);
        Assert.Equal((true, false), (model.IsEnding("FREE"), model.IsEnding("pro")));
    }

    [Theory]
    [InlineData("\"plan\": \"free\"", "\"plan\": \"gold\"", "planSunsets[0].plan: found \"gold\", expected one of the plans")]
    [InlineData("\"varieties\": [\"Free\"], ", "", "planSunsets[0].varieties: found nothing")]
    [InlineData("\"guarantees\": [", "\"guarantees\": [], \"x\": [", "planSunsets[0].guarantees: found an empty list")]
    [InlineData("\"17:30\"", "\"half past five\"", "planSunsets[0].lastOrderTime: found \"half past five\"")]
    [InlineData("\"2026-04-01\"", "\"2026-02-01\"", "planSunsets[0].lastOrder: found \"2026-02-01\", expected a date not before")]
    [InlineData("\"ends\": \"2026-06-30\"", "\"ends\": \"2026-03-15\"", "planSunsets[0].ends: found \"2026-03-15\", expected a date not")]
    [InlineData("\"plan\": \"pro\"", "\"plan\": \"free\"", "planSunsets[0].replacement: found the plan that ends, expected another plan")]
    [InlineData("\"2026-02-20\"", "\"2026-03-01\"", "planSunsets[0].tellFirst[0].on: found \"2026-03-01\", expected a date before")]
    [InlineData("\"2027-06-30\"", "\"2026-06-30\"", "planSunsets[0].exceptions[0].until: found \"2026-06-30\", expected a date after")]
    [InlineData("\"accounts\": [\"acme\"]", "\"accounts\": []", "planSunsets[0].exceptions[0].accounts: found an empty list")]
    [InlineData(", \"answer\": \"Call them.\"", "", "planSunsets[0].risks[0].answer: found nothing")]
    public void What_leaves_somebody_guessing_is_told_with_its_place(string of, string becomes, string told)
    {
        Assert.Contains(of, Whole, StringComparison.Ordinal);

        var errors = With(Whole.Replace(of, becomes, StringComparison.Ordinal)).Errors();

        Assert.Contains(errors, error => error.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public void A_plan_ends_once() =>
        Assert.Contains(
            With($"{Whole}, {Whole}").Errors(),
            error =>
                error.Contains(
                    "planSunsets[1].plan: found \"free\" a second time, expected one sunset for each plan",
                    StringComparison.Ordinal
                )
        );

    private static ModelFile With(string sunsets) => new ModelFile().WithThingsToName().With("planSunsets", $"[{sunsets}]");
}
