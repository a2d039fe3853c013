using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

public sealed class ModelReferenceTests
{
    private const string Sunset = """
        { "feature": "export", "announced": "2026-01-10", "lastOrder": "2026-03-01", "ends": "2026-06-30", "why": "Costs.", "terms": "As before.",
          "replacement": { "feature": "feeds", "differences": "None." }, "steps": ["Move."] }
        """;

    [Theory]
    [InlineData(
        """{ "friction": { "goal": { "step": "imports" } } }""",
        "playbooks.friction.goal.step: found \"imports\", expected the id of one of the onboarding steps, which are \"import\": did you mean \"import\"?"
    )]
    [InlineData(
        """{ "friction": { "goal": { "feature": "zzzzzz" } } }""",
        "playbooks.friction.goal.feature: found \"zzzzzz\", expected the id of one of the features, which are \"export\", \"feeds\""
    )]
    public void A_goal_names_a_step_or_feature_of_the_model(string playbooks, string error) =>
        Assert.Equal([error], new ModelFile().WithThingsToName().With("playbooks", playbooks).Errors());

    [Fact]
    public void A_feature_belongs_to_plans_of_the_model_whatever_their_case() =>
        Assert.Equal(
            ["features[0].plans[1]: found \"gold\", expected one of the plans, which are \"free\", \"pro\""],
            new ModelFile().WithThingsToName().With("features", """[{ "id": "a", "events": ["A"], "plans": ["PRO", "gold"] }]""").Errors()
        );

    [Theory]
    [InlineData(
        "\"feature\": \"export\"",
        "\"feature\": \"exports\"",
        "sunsets[0].feature: found \"exports\", expected the id of one of the features, which are \"export\", \"feeds\": did you mean \"export\"?"
    )]
    [InlineData(
        "\"feature\": \"feeds\"",
        "\"feature\": \"reader\"",
        "sunsets[0].replacement.feature: found \"reader\", expected the id of one of the features, which are \"export\", \"feeds\""
    )]
    [InlineData(
        "\"feature\": \"feeds\"",
        "\"feature\": \"export\"",
        "sunsets[0].replacement: found the feature that ends, expected another feature to move to"
    )]
    [InlineData("\"why\": \"Costs.\",", "", "sunsets[0].why: found nothing, expected why it ends, 1 to 4000 characters")]
    [InlineData(
        "\"terms\": \"As before.\",",
        "",
        "sunsets[0].terms: found nothing, expected the terms until it ends, 1 to 4000 characters"
    )]
    [InlineData("\"ends\": \"2026-06-30\",", "", "sunsets[0].ends: found nothing, expected a date such as \"2026-06-30\"")]
    [InlineData("\"lastOrder\": \"2026-03-01\",", "", "sunsets[0].lastOrder: found nothing, expected a date such as \"2026-06-30\"")]
    [InlineData("\"announced\": \"2026-01-10\",", "", "sunsets[0].announced: found nothing, expected a date such as \"2026-06-30\"")]
    [InlineData(
        "\"replacement\": { \"feature\": \"feeds\", \"differences\": \"None.\" },",
        "",
        "sunsets[0].replacement: found nothing, expected an object with the feature that replaces it and the differences"
    )]
    [InlineData(
        ", \"differences\": \"None.\"",
        "",
        "sunsets[0].replacement.differences: found nothing, expected how the replacement differs, 1 to 4000 characters"
    )]
    [InlineData(
        "\"steps\": [\"Move.\"]",
        "\"steps\": []",
        "sunsets[0].steps: found an empty list, expected a list, each a step to move, 1 to 4000 characters"
    )]
    [InlineData("2026-06-30", "2026-02-30", "sunsets[0].ends: found \"2026-02-30\", expected a date such as \"2026-06-30\"")]
    [InlineData("2026-03-01", "2025-03-01", "sunsets[0].lastOrder: found \"2025-03-01\", expected a date not before \"announced\"")]
    [InlineData(
        "2026-06-30",
        "2026-02-01",
        "sunsets[0].ends: found \"2026-02-01\", expected a date not before \"announced\" and \"lastOrder\""
    )]
    public void A_sunset_that_leaves_customers_guessing_is_refused(string before, string after, string error) =>
        Assert.Equal([error], new ModelFile().WithThingsToName().With("sunsets", $"[{Sunset.Replace(before, after)}]").Errors());

    [Fact]
    public void A_feature_ends_once() =>
        Assert.Equal(
            ["sunsets[1].feature: found \"export\" a second time, expected one sunset for each feature"],
            new ModelFile().WithThingsToName().With("sunsets", $"[{Sunset}, {Sunset}]").Errors()
        );

    [Fact]
    public void A_declaration_that_cannot_be_read_is_one_mistake_not_one_for_each_reference() =>
        Assert.Equal(
            ["features[0].id: found 5, expected an id of 1 to 64 letters, digits, \"-\", \"_\" or \".\", such as \"import-users\""],
            new ModelFile()
                .With("features", """[{ "id": 5, "events": ["A"] }]""")
                .With("playbooks", """{ "friction": { "goal": { "feature": "export" } } }""")
                .Errors()
        );
}
