using System.Text;
using System.Text.Json;
using Signals.Core.Intake.Doors;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Model.Doors;
using Signals.Testing.World;

namespace Signals.Core.Tests.Intake.Doors;

public sealed class DoorReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("$.a.b", """{ "a": { "b": 3 } }""", "3")]
    [InlineData("$['a b'].c", """{ "a b": { "c": "x" } }""", "x")]
    [InlineData("$.a[0]", """{ "a": [1, 2] }""", "1")]
    [InlineData("$.a[-1]", """{ "a": [1, 2] }""", "2")]
    [InlineData("$.a[9]", """{ "a": [1, 2] }""", null)]
    [InlineData("$.a[*].b", """{ "a": [{ "b": null }, { "b": "x" }] }""", "x")]
    [InlineData("$.a[?@.ref == 'nps'].n", """{ "a": [{ "ref": "x", "n": 1 }, { "ref": "nps", "n": 2 }] }""", "2")]
    [InlineData("$.a[?(@.ref!='nps')].n", """{ "a": [{ "ref": "nps", "n": 1 }, { "ref": "x", "n": 2 }] }""", "2")]
    [InlineData("$.a[?@.n].n", """{ "a": [{ "m": 1 }, { "n": 2 }] }""", "2")]
    [InlineData("$.a[?!@.n].m", """{ "a": [{ "n": 1, "m": 1 }, { "m": 2 }] }""", "2")]
    [InlineData("$.a[?@.on == true].n", """{ "a": [{ "on": false, "n": 1 }, { "on": true, "n": 2 }] }""", "2")]
    [InlineData("$.a.b", """{ "a": [1] }""", null)]
    [InlineData("$", "\"x\"", "x")]
    public void A_path_leads_to_what_stands_there(string path, string json, string? found)
    {
        Assert.True(DoorPath.TryParse(path, out var read, out string problem), problem);
        using var document = JsonDocument.Parse(json);

        Assert.Equal(found, read.First(document.RootElement) is { } value ? DoorText.Of(value) : null);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("$.")]
    [InlineData("$a")]
    [InlineData("$.a[")]
    [InlineData("$.a['x]")]
    [InlineData("$.a[?@.b = 1]")]
    [InlineData("$.a[?b == 1]")]
    [InlineData("$.a[1:2]")]
    [InlineData("$.a b")]
    public void What_is_no_path_is_refused_with_a_reason(string path)
    {
        Assert.False(DoorPath.TryParse(path, out _, out string problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void A_path_of_hostile_length_or_depth_is_refused()
    {
        Assert.False(DoorPath.TryParse("$" + new string('.', 400), out _, out _));
        Assert.False(DoorPath.TryParse("$" + string.Concat(Enumerable.Repeat("[*]", 33)), out _, out string problem));
        Assert.Equal("more than 32 steps", problem);
    }

    [Theory]
    [InlineData("""{ "value": "$.v", "as": "minor-units", "currency": "$.c" }""", """{ "v": 1999, "c": "usd" }""", "19.99")]
    [InlineData("""{ "value": "$.v", "as": "minor-units", "currency": "$.c" }""", """{ "v": 1999, "c": "eur" }""", null)]
    [InlineData("""{ "value": "$.v", "as": "amount" }""", """{ "v": "19.99" }""", "19.99")]
    [InlineData(
        """{ "each": "$.i[*]", "value": "$.a", "as": "minor-units", "times": "$.q", "every": "$.r.every", "count": "$.r.count" }""",
        """{ "i": [{ "a": 12000, "q": 2, "r": { "every": "year", "count": 1 } }, { "a": 3000, "r": { "every": "month", "count": 3 } }, { "a": 999 }] }""",
        "30"
    )]
    [InlineData(
        """{ "each": "$.i[*]", "value": "$.a", "as": "minor-units", "every": "$.e" }""",
        """{ "i": [{ "a": 700, "e": "week" }] }""",
        "30.44"
    )]
    [InlineData(
        """{ "each": "$.i[*]", "value": "$.a", "as": "minor-units", "every": "$.e" }""",
        """{ "i": [{ "a": null, "e": "month" }, { "a": 100, "e": "month" }] }""",
        null
    )]
    [InlineData("""{ "each": "$.i[*]", "value": "$.q", "as": "number" }""", """{ "i": [{ "q": 2 }, { }, { "q": "3" }] }""", "5")]
    [InlineData("""{ "value": "$.v", "as": "number", "words": { "good": "5" } }""", """{ "v": "Good" }""", "5")]
    [InlineData("""{ "value": "$.v", "as": "number", "scale": { "from": 1, "to": 5, "becomes": 7, "upTo": 1 } }""", """{ "v": 5 }""", "1")]
    [InlineData("""{ "value": "$.v", "as": "number", "scale": { "from": 1, "to": 5, "becomes": 7, "upTo": 1 } }""", """{ "v": 9 }""", null)]
    [InlineData("""{ "value": "$.v", "as": "plain" }""", """{ "v": "<p>a &lt; b<br/>c</p> 1 < 2" }""", "\"a < b c 1 < 2\"")]
    [InlineData("""{ "value": "$.v", "as": "time" }""", """{ "v": 1772442000 }""", "\"2026-03-02T09:00:00.000Z\"")]
    [InlineData("""{ "value": "$.v", "as": "time" }""", """{ "v": "1772442000000" }""", "\"2026-03-02T09:00:00.000Z\"")]
    [InlineData("""["$.x", "$.v"]""", """{ "x": " ", "v": "y" }""", "\"y\"")]
    [InlineData("\"{$.a}-{$.b}\"", """{ "a": 1, "b": 2 }""", "\"1-2\"")]
    [InlineData("\"{$.a}-{$.b}\"", """{ "a": 1 }""", null)]
    [InlineData("\"word\"", "{}", "\"word\"")]
    public void A_value_is_what_it_is_turned_into(string value, string json, string? told)
    {
        var reading = Read($$"""{ "on": ["*"], "to": "event", "event": "E", "set": { "v": {{value}} } }""", json);

        string payload = Encoding.UTF8.GetString(Assert.Single(reading.Batch.Events).Payload.Span);
        Assert.Equal(told is null ? "" : $$"""{"v":{{told}}}""", payload.Replace("\\u003C", "<", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "value": "$.v", "as": "number" }""", """{ "v": "many" }""", "event.v ($.v): found 'many', expected a number")]
    [InlineData(
        """{ "value": "$.v", "as": "time" }""",
        """{ "v": "soon" }""",
        "event.v ($.v): found 'soon', expected a moment: ISO 8601, seconds or milliseconds since 1970"
    )]
    [InlineData(
        """{ "value": "$.v", "as": "amount", "every": "$.e" }""",
        """{ "v": 1, "e": "fortnight" }""",
        "event.v ($.v): found 'fortnight', expected day, week, month or year"
    )]
    public void A_value_that_is_none_is_quarantined_and_the_rest_is_told(string value, string json, string reason)
    {
        var reading = Read($$"""{ "on": ["*"], "to": "event", "event": "E", "set": { "v": {{value}}, "w": "x" } }""", json);

        Assert.Equal("door 'd': " + reason, Assert.Single(reading.Batch.Quarantined).Reason);
        Assert.Equal("""{"w":"x"}""", Encoding.UTF8.GetString(Assert.Single(reading.Batch.Events).Payload.Span));
    }

    [Theory]
    [InlineData("""{ "$.s": "open" }""", """{ "s": "OPEN" }""", true)]
    [InlineData("""{ "$.s": ["open", "new"] }""", """{ "s": "closed" }""", false)]
    [InlineData("""{ "$.s": "*" }""", "{}", false)]
    [InlineData("""{ "$.s": null }""", "{}", true)]
    [InlineData("""{ "$.s": null }""", """{ "s": 1 }""", false)]
    [InlineData("""{ "$.s": ["!0"] }""", """{ "s": 0 }""", false)]
    [InlineData("""{ "$.s": ["!0"] }""", """{ "s": 5 }""", true)]
    [InlineData("""{ "$.s": true, "$.u": 3 }""", """{ "s": true, "u": 3 }""", true)]
    public void A_rule_applies_where_what_it_asks_for_is_true(string when, string json, bool applies)
    {
        var reading = Read($$"""{ "on": ["*"], "when": {{when}}, "to": "event", "event": "E" }""", json);

        Assert.Equal(applies ? DoorOutcome.Taken : DoorOutcome.NothingToTell, Assert.Single(reading.Items).Outcome);
    }

    [Fact]
    public void The_same_post_gives_the_same_ids_and_two_posts_give_others()
    {
        const string Rule = """{ "on": ["*"], "to": "event", "event": "E" }""";
        string IdOf(string json) => Assert.Single(Read(Rule, json).Batch.Events).MessageId;

        Assert.Equal(IdOf("""{ "n": 1 }"""), IdOf("""{ "n": 1 }"""));
        Assert.NotEqual(IdOf("""{ "n": 1 }"""), IdOf("""{ "n": 2 }"""));
    }

    [Theory]
    [InlineData("undefined", "account ($.account): found 'undefined', expected the id of somebody or something")]
    [InlineData("1999-01-01", null)]
    public void An_id_that_is_nobodys_is_quarantined(string account, string? reason)
    {
        var reading = Read(
            """{ "on": ["*"], "to": "event", "event": "E" }""",
            "{}",
            account: $$"""["{{account}}"]""",
            extra: """, "link": "x" """
        );

        Assert.Equal(
            reason is null ? [] : [$"door 'd': {reason.Replace("$.account", account, StringComparison.Ordinal)}"],
            reading.Batch.Quarantined.Select(odd => odd.Reason)
        );
    }

    [Theory]
    [InlineData("1999-12-31T00:00:00Z", "expected a date from 2000 on")]
    [InlineData("2026-03-04T09:00:00Z", "expected one at most 24 hours ahead")]
    public void A_time_that_is_no_usable_date_is_quarantined(string time, string expected)
    {
        var reading = Read("""{ "on": ["*"], "to": "event", "event": "E" }""", $$"""{ "t": "{{time}}" }""");

        Assert.Contains(expected, Assert.Single(reading.Batch.Quarantined).Reason, StringComparison.Ordinal);
        Assert.Empty(reading.Batch.Events);
    }

    [Fact]
    public void What_a_service_tells_is_known_as_such_on_its_way()
    {
        var batch = Read("""{ "on": ["*"], "to": "event", "event": "E" }""", "{}").Batch;

        var folded = EventBatchCodec.Unpack(Assert.Single(EventBatchCodec.Pack(batch, Now)).Body);

        var told = Assert.Single(folded.Events);
        Assert.Equal((true, false, "door d", EventType.Track), (told.FromService, told.FromBrowser, told.Library, told.Type));
    }

    private static DoorReading Read(string rule, string json, string account = "\"acme\"", string extra = "")
    {
        string door = $$"""
            { "id": "d", "signature": { "scheme": "bearer" }, "account": {{account}}, "time": { "value": "$.t", "as": "time" }{{extra}}, "events": [{{rule}}] }
            """;
        var model = new ModelFile().With("accounts", "\"group\"").With("doors", $"[{door}]").ReadValid();
        return new DoorReader(model, new IntakeRules(model)).Read(model.Doors[0], Encoding.UTF8.GetBytes(json), Now);
    }
}
