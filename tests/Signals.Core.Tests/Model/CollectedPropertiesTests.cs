namespace Signals.Core.Tests.Model;

public sealed class CollectedPropertiesTests
{
    [Fact]
    public void The_numeric_properties_that_carry_value_are_summed_by_event()
    {
        var model = new ModelFile().With("value", """
            { "unit": "minutes", "from": [
                { "event": "Watched", "property": "seconds" }, { "event": "Watched", "property": "bonus", "scale": 2 },
                { "event": "Called", "property": "seconds" }, { "event": "Shared", "amount": 3 } ] }
            """).ReadValid();

        Assert.Equal(["seconds", "bonus"], model.Collected.SumsOf("Watched"));
        Assert.Equal(["seconds"], model.Collected.SumsOf("Called"));
        Assert.Empty(model.Collected.SumsOf("Shared"));
        Assert.Equal(2, model.Collected.Sums.Count);
    }

    [Fact]
    public void Every_event_that_the_model_names_is_known()
    {
        var model = new ModelFile()
            .With("features", """[{ "id": "f", "events": ["e1"] }]""")
            .With("reach", """{ "events": ["e2"] }""")
            .With("onboarding", """[{ "id": "s", "done": ["e3"], "tried": ["e4"], "failed": ["e5"] }]""")
            .With("friction", """[{ "id": "k", "events": ["e6"] }]""")
            .With("feedback", """{ "nps": ["e7"], "csat": ["e8"], "ces": ["e9"] }""")
            .With("tickets", """{ "opened": ["e10"], "solved": ["e11"] }""")
            .With("intent", """{ "leave": ["e12"] }""")
            .With("churn", """{ "events": ["e13"], "returned": ["e14"] }""")
            .With("billing", """{ "failed": ["e15"], "recovered": ["e16"] }""")
            .With("facts", """[{ "event": "e17", "plan": "p" }]""")
            .With("playbooks", """{ "friction": { "goal": { "event": "e18" } } }""")
            .ReadValid();

        var expected = Enumerable.Range(1, 18).Select(number => $"e{number}").Append("Video Watched");
        Assert.Equal(expected.Order(), model.Collected.MentionedEvents.Order());
    }

    [Fact]
    public void Reach_says_which_property_tells_their_customers_apart()
    {
        var model = new ModelFile().With("reach", """{ "events": ["Delivered"], "distinct": "recipientId" }""").ReadValid();

        Assert.Equal("recipientId", model.Collected.DistinctProperty);
        Assert.True(model.Collected.IsReach("Delivered"));
        Assert.False(model.Collected.IsReach("Video Watched"));
    }

    [Fact]
    public void It_is_computed_once_and_anew_for_a_changed_copy()
    {
        var model = new ModelFile().ReadValid();
        var before = model.Collected;

        var changed = model with { Reach = new(["Delivered"], "recipientId") };

        Assert.Same(before, model.Collected);
        Assert.Equal("recipientId", changed.Collected.DistinctProperty);
    }
}
