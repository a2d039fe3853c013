using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

public sealed class SegmentModelTests
{
    [Fact]
    public void A_segment_says_who_is_in_it()
    {
        var segment = Assert.Single(
            Model(
                    """
                    [{ "id": "big-de", "name": { "en": "Large, German", "fr": "Grands, allemands" }, "plans": ["pro"],
                       "traits": { "country": ["DE", "AT"] }, "price": { "least": 100 }, "people": { "least": 10, "most": 500 },
                       "did": [{ "event": "Report Shared", "times": 4, "days": 60 }], "didNot": [{ "feature": "exports" }],
                       "feels": ["detractor", "unkind-words"] }]
                    """
                )
                .ReadValid()
                .Segments
        );

        Assert.Equal(("big-de", "Grands, allemands"), (segment.Id, segment.Name.In("fr")));
        Assert.Equal(["pro"], segment.Plans);
        Assert.Equal(["DE", "AT"], segment.Traits["country"]);
        Assert.Equal((new SegmentRange(100, null), new SegmentRange(10, 500)), (segment.Price, segment.People));
        Assert.Equal(("Report Shared", 4, 60), Assert.Single(segment.Did) is var did ? (did.Events[0], did.Times, did.Days) : default);
        // A feature's events stand for it, whether it is declared before or after.
        Assert.Equal(["Export Completed", "Export Scheduled"], Assert.Single(segment.DidNot).Events);
        Assert.Equal((1, 30), (segment.DidNot[0].Times, segment.DidNot[0].Days));
        Assert.Equal([SegmentFeeling.Detractor, SegmentFeeling.UnkindWords], segment.Feels);
    }

    [Fact]
    public void A_playbook_names_segments_that_it_writes_to_and_those_that_it_does_not()
    {
        var model = Model("""[{ "id": "a", "plans": ["pro"] }, { "id": "b", "feels": ["silent"] }]""")
            .With("playbooks", """{ "friction": { "only": ["a"], "except": ["b"] } }""")
            .ReadValid();

        var playbook = model.PlaybookFor("friction");
        Assert.True(playbook.IsFor(["a"]));
        Assert.False(playbook.IsFor(["a", "b"]));
        Assert.False(playbook.IsFor([]));
        Assert.True(model.PlaybookFor("delight").IsFor([]));
    }

    [Theory]
    [InlineData("""[{ "id": "a" }]""", "segments[0]: found a segment of everybody, expected at least one of \"plans\", \"traits\"")]
    [InlineData("""[{ "plans": ["pro"] }]""", "segments[0].id: found nothing")]
    [InlineData(
        """[{ "id": "a", "plans": ["gold"] }]""",
        "segments[0].plans[0]: found \"gold\", expected one of the plans, which are \"pro\""
    )]
    [InlineData("""[{ "id": "a", "plans": [] }]""", "segments[0]: found a segment of everybody")]
    [InlineData("""[{ "id": "a", "traits": {} }]""", "segments[0]: found a segment of everybody")]
    [InlineData("""[{ "id": "a", "traits": { "country": [] } }]""", "segments[0].traits.country: found an empty list")]
    [InlineData("""[{ "id": "a", "traits": { "country": "DE" } }]""", "segments[0].traits.country: found \"DE\", expected a list")]
    [InlineData("""[{ "id": "a", "price": {} }]""", "segments[0].price: found no bound, expected \"least\", \"most\" or both")]
    [InlineData(
        """[{ "id": "a", "people": { "least": 5, "most": 4 } }]""",
        "segments[0].people.most: found 4, expected a number not under"
    )]
    [InlineData("""[{ "id": "a", "did": [{ "times": 2 }] }]""", "segments[0].did[0]: found neither \"event\" nor \"feature\"")]
    [InlineData("""[{ "id": "a", "did": [{ "event": "E", "feature": "exports" }] }]""", "found both \"event\" and \"feature\"")]
    [InlineData(
        """[{ "id": "a", "did": [{ "feature": "export" }] }]""",
        "did[0].feature: found \"export\", expected the id of one of the features"
    )]
    [InlineData("""[{ "id": "a", "didNot": [{ "event": "E", "days": 400 }] }]""", "segments[0].didNot[0].days: found 400")]
    [InlineData("""[{ "id": "a", "feels": ["fine"] }]""", "segments[0].feels[0]: found \"fine\", expected one of \"promoter\"")]
    [InlineData(
        """[{ "id": "a", "plan": ["pro"] }]""",
        "segments[0].plan: found an unknown property, expected a known one: did you mean \"plans\"?"
    )]
    [InlineData("""[{ "id": "a", "plans": ["pro"] }, { "id": "a", "plans": ["pro"] }]""", "segments[1].id: found \"a\" a second time")]
    public void Mistakes_say_where_what_was_found_and_what_is_expected(string segments, string error) =>
        Assert.Contains(error, string.Join('\n', Model(segments).Errors()), StringComparison.Ordinal);

    [Theory]
    [InlineData(
        """{ "friction": { "only": ["b"] } }""",
        "playbooks.friction.only[0]: found \"b\", expected the id of one of the segments, which are \"a\""
    )]
    [InlineData("""{ "friction": { "only": ["a"], "except": ["a"] } }""", "playbooks.friction.except: found \"a\", which is in both")]
    public void A_playbook_is_told_of_segments_that_are_none(string playbooks, string error) =>
        Assert.Contains(
            error,
            string.Join('\n', Model("""[{ "id": "a", "plans": ["pro"] }]""").With("playbooks", playbooks).Errors()),
            StringComparison.Ordinal
        );

    [Fact]
    public void Twenty_are_enough()
    {
        string many = string.Join(", ", Enumerable.Range(0, 21).Select(i => $$"""{ "id": "s{{i}}", "plans": ["pro"] }"""));
        Assert.Contains("at most 20 segments", string.Join('\n', Model($"[{many}]").Errors()), StringComparison.Ordinal);
    }

    private static ModelFile Model(string segments) =>
        new ModelFile()
            .With("segments", segments)
            .With("plans", """{ "pro": { "price": 99 } }""")
            .With("features", """[{ "id": "exports", "events": ["Export Completed", "Export Scheduled"] }]""");
}
