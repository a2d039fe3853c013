using System.Text;
using Signals.Core.Intake.Events;
using Signals.Core.Model;

namespace Signals.Core.Tests.Intake.Events;

public sealed class EventReaderTests
{
    [Fact]
    public void A_track_keeps_all_that_is_used()
    {
        var usage = Wire.Accepted(
            """
            { "type": "track", "messageId": "m-1", "userId": "u1", "anonymousId": "a1", "event": "Video Watched",
              "timestamp": "2025-06-01T11:00:00.250Z", "properties": { "seconds": 60, "nested": { "a": [1, 2] } },
              "context": { "groupId": "acme", "locale": "fr-FR", "timezone": "Europe/Paris", "library": { "version": "3.1.0", "name": "node" }, "ip": "1.2.3.4" },
              "integrations": { "All": true } }
            """
        );

        Assert.Equal(EventType.Track, usage.Type);
        Assert.Equal(("m-1", "u1", "a1", "acme"), (usage.MessageId, usage.UserId, usage.AnonymousId, usage.GroupId));
        Assert.Equal("Video Watched", usage.Name);
        Assert.Equal(new DateTimeOffset(2025, 6, 1, 11, 0, 0, 250, TimeSpan.Zero), usage.Timestamp);
        Assert.Equal(Wire.Now, usage.ReceivedAt);
        Assert.False(usage.Imported);
        Assert.Equal("""{ "seconds": 60, "nested": { "a": [1, 2] } }""", Wire.PayloadOf(usage));
        Assert.Equal(("fr-FR", "Europe/Paris", "node/3.1.0"), (usage.Locale, usage.TimeZone, usage.Library));
    }

    [Theory]
    [InlineData("identify", EventType.Identify, "", """{"plan":"pro"}""")]
    [InlineData("page", EventType.Page, ViewNames.Page, """{"path":"/"}""")]
    [InlineData("screen", EventType.Screen, ViewNames.Screen, """{"path":"/"}""")]
    [InlineData("group", EventType.Group, "", """{"plan":"pro"}""")]
    [InlineData("alias", EventType.Alias, "", "")]
    public void Each_type_has_its_name_and_payload(string type, EventType expected, string name, string payload)
    {
        var usage = Wire.Accepted(
            $$"""
            { "type": "{{type}}", "userId": "u1", "groupId": "g1", "previousId": "p1", "traits": {"plan":"pro"}, "properties": {"path":"/"} }
            """
        );

        Assert.Equal((expected, name, payload), (usage.Type, usage.Name, Wire.PayloadOf(usage)));
        Assert.Equal(type == "alias" ? "p1" : null, usage.PreviousId);
    }

    [Fact]
    public void An_identify_without_traits_takes_those_of_its_context()
    {
        var usage = Wire.Accepted("""{ "type": "identify", "userId": "u1", "context": { "traits": { "plan": "pro" } } }""");

        Assert.Equal("""{ "plan": "pro" }""", Wire.PayloadOf(usage));
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public void A_batchs_context_fills_what_an_events_own_leaves_open(string where)
    {
        const string Context = """ "context": { "groupId": "batch-group", "locale": "en", "library": { "name": "lib" } } """;
        const string Items =
            """ "batch": [ { "type": "page", "userId": "u", "context": { "groupId": "own" } }, { "type": "page", "userId": "u" } ] """;

        var read = Wire.ReadBatch(where == "before" ? $$"""{ {{Context}}, {{Items}} }""" : $$"""{ {{Items}}, {{Context}} }""");

        Assert.Equal(["own", "batch-group"], read.Batch.Events.Select(usage => usage.GroupId));
        Assert.All(read.Batch.Events, usage => Assert.Equal(("en", "lib"), (usage.Locale, usage.Library)));
    }

    [Fact]
    public void A_single_calls_type_is_its_routes()
    {
        var read = Wire.ReadSingle(EventType.Track, """{ "type": "page", "userId": "u1", "event": "Opened" }""");

        Assert.Equal((EventType.Track, "Opened"), (Assert.Single(read.Batch.Events).Type, read.Batch.Events[0].Name));
    }

    [Fact]
    public void Numeric_ids_become_their_digits()
    {
        var usage = Wire.Accepted("""{ "type": "group", "userId": 13027, "groupId": 42, "messageId": 7 }""");

        Assert.Equal(("13027", "42", "7"), (usage.UserId, usage.GroupId, usage.MessageId));
    }

    [Theory]
    [InlineData("""5""", "batch[0]", "the number 5", "an object")]
    [InlineData("""null""", "batch[0]", "null", "an object")]
    [InlineData("""[{}]""", "batch[0]", "a list", "an object")]
    [InlineData("""{ "userId": "u" }""", "batch[0].type", "nothing", EventTypesExpected)]
    [InlineData("""{ "type": "purchase", "userId": "u" }""", "batch[0].type", "'purchase'", EventTypesExpected)]
    [InlineData("""{ "type": 3, "userId": "u" }""", "batch[0].type", "the number 3", EventTypesExpected)]
    [InlineData("""{ "type": "track", "event": "E" }""", "batch[0].userId", "nothing", "a userId or an anonymousId")]
    [InlineData(
        """{ "type": "track", "event": "E", "userId": "", "anonymousId": " " }""",
        "batch[0].userId",
        "nothing",
        "a userId or an anonymousId"
    )]
    [InlineData("""{ "type": "track", "event": "E", "userId": {} }""", "batch[0].userId", "an object", "text or a number")]
    [InlineData("""{ "type": "track", "event": "E", "userId": true }""", "batch[0].userId", "true", "text or a number")]
    [InlineData("""{ "type": "track", "userId": "u" }""", "batch[0].event", "nothing", "the name that a track needs")]
    [InlineData("""{ "type": "track", "userId": "u", "event": 1 }""", "batch[0].event", "the number 1", "text")]
    [InlineData("""{ "type": "track", "userId": "u", "event": "E", "properties": [1] }""", "batch[0].properties", "a list", "an object")]
    [InlineData("""{ "type": "identify", "userId": "u", "traits": "pro" }""", "batch[0].traits", "text", "an object")]
    [InlineData("""{ "type": "group", "userId": "u" }""", "batch[0].groupId", "nothing", "the id that a group needs")]
    [InlineData("""{ "type": "alias", "userId": "u" }""", "batch[0].previousId", "nothing", "the earlier id that an alias needs")]
    [InlineData(
        """{ "type": "alias", "anonymousId": "a", "previousId": "p" }""",
        "batch[0].userId",
        "nothing",
        "the id that an alias leads to"
    )]
    [InlineData("""{ "type": "page", "userId": "u", "context": "web" }""", "batch[0].context", "'web'", "an object")]
    [InlineData(
        """{ "type": "page", "userId": "u", "context": { "groupId": [] } }""",
        "batch[0].context.groupId",
        "a list",
        "text or a number"
    )]
    [InlineData(
        """{ "type": "page", "userId": "u", "timestamp": "last Monday" }""",
        "batch[0].timestamp",
        "'last Monday'",
        "an ISO 8601 date and time"
    )]
    [InlineData("""{ "type": "page", "userId": "u", "timestamp": false }""", "batch[0].timestamp", "false", "an ISO 8601 date and time")]
    [InlineData(
        """{ "type": "page", "userId": "a\u0000b" }""",
        "batch[0].userId",
        "control or broken characters in 'a\uFFFDb'",
        "readable text"
    )]
    [InlineData(
        """{ "type": "track", "userId": "u", "event": "a\nb" }""",
        "batch[0].event",
        "control or broken characters in 'a\uFFFDb'",
        "readable text"
    )]
    [InlineData(
        """{ "type": "page", "userId": "a\ud800" }""",
        "batch[0].userId",
        "control or broken characters in 'a\uFFFD'",
        "readable text"
    )]
    public void What_cannot_be_understood_says_where_and_why(string item, string path, string found, string expected)
    {
        var fault = Wire.Refused(item);

        Assert.Equal((0, path, found, expected), (fault.Index, fault.Path, fault.Found, fault.Expected));
    }

    private const string EventTypesExpected = "track, identify, page, screen, group or alias";

    [Fact]
    public void A_bad_event_never_takes_its_neighbours_along()
    {
        var read = Wire.ReadBatch(
            """
            { "batch": [ { "type": "page", "userId": "u1" }, { "type": "nonsense" }, 17, { "type": "page", "userId": "u2" } ] }
            """
        );

        Assert.Equal(["u1", "u2"], read.Batch.Events.Select(usage => usage.UserId));
        Assert.Equal([1, 2], read.Faults.Select(fault => fault.Index));
        Assert.Equal("""{ "type": "nonsense" }""", read.Batch.Quarantined[0].Raw);
    }

    [Fact]
    public void An_event_over_32_kilobytes_is_quarantined_and_cut()
    {
        string item = $$"""{ "type": "page", "userId": "u", "properties": { "text": "{{new string('x', 33 * 1024)}}" } }""";

        var read = Wire.ReadBatch($$"""{ "batch": [ {{item}}, { "type": "page", "userId": "u2" } ] }""");

        Assert.Equal("u2", Assert.Single(read.Batch.Events).UserId);
        Assert.Equal(
            $"batch[0]: found {item.Length} bytes, expected at most {EventLimits.MaxEventBytes}",
            read.Batch.Quarantined[0].Reason
        );
        Assert.Equal(EventLimits.MaxEventBytes, read.Batch.Quarantined[0].Raw.Length);
    }

    [Fact]
    public void An_event_nested_too_deep_is_quarantined()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100));

        var fault = Wire.Refused($$"""{ "type": "page", "userId": "u", "properties": { "deep": {{deep}} } }""");

        Assert.Contains("64", fault.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_spoil_only_their_event()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{ "batch": [ { "type": "page", "userId": "u?" }, { "type": "page", "userId": "u2" } ] }""");
        body[Array.IndexOf(body, (byte)'?')] = 0xFF;

        var read = Wire.ReadBatch(body);

        Assert.Equal("u2", Assert.Single(read.Batch.Events).UserId);
        Assert.Equal("batch[0]: found bytes that are not UTF-8, expected text in UTF-8", read.Batch.Quarantined[0].Reason);
    }

    [Fact]
    public void Ids_and_names_have_bounds()
    {
        string longText = new('x', 257);

        Assert.Equal("257 characters", Wire.Refused($$"""{ "type": "page", "userId": "{{longText}}" }""").Found);
        Assert.Equal("257 characters", Wire.Refused($$"""{ "type": "track", "userId": "u", "event": "{{longText}}" }""").Found);
        Assert.Equal(longText[1..], Wire.Accepted($$"""{ "type": "page", "userId": "{{longText[1..]}}" }""").UserId);
    }

    [Fact]
    public void Broken_escapes_in_a_payload_become_text_that_can_be_read()
    {
        var usage = Wire.Accepted(
            """{ "type": "page", "userId": "u", "properties": { "a": "\ud800x", "b": "\u0000", "c": "\ud83d\ude00", "d": "\\u0000" } }"""
        );

        Assert.Equal("""{ "a": "\ufffdx", "b": "\ufffd", "c": "\ud83d\ude00", "d": "\\u0000" }""", Wire.PayloadOf(usage));
    }

    [Fact]
    public void Escaped_field_names_and_values_mean_the_same()
    {
        var usage = Wire.Accepted(
            """{ "t\u0079pe": "tr\u0061ck", "userId": "u\u0031", "event": "Caf\u00e9", "timestamp": "2025-06-01T13:00:00\u002B02:00" }"""
        );

        Assert.Equal((EventType.Track, "u1", "Café"), (usage.Type, usage.UserId, usage.Name));
        Assert.Equal(Wire.Now.AddHours(-1), usage.Timestamp);
    }

    [Theory]
    [InlineData("", "The body is empty; expected a JSON object.")]
    [InlineData("[]", "The body is a list; expected a JSON object.")]
    [InlineData("{}", "The body has no batch; expected a list of events in 'batch'.")]
    [InlineData("""{ "batch": 5 }""", "'batch' is a number; expected a list of events.")]
    [InlineData("{\n\"batch\": [}", "The body is not valid JSON at line 2, byte 11:")]
    [InlineData("""{ "batch": [ {"type":"page" """, "The body is not valid JSON at line 1")]
    [InlineData("""{ "batch": [] } trailing""", "The body is not valid JSON at line 1")]
    public void A_body_of_another_shape_is_refused_in_a_sentence(string body, string expected)
    {
        var refusal = Assert.Throws<MalformedBodyException>(() => Wire.ReadBatch(body));

        Assert.StartsWith(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_write_key_may_stand_at_the_very_end()
    {
        var envelope = EventEnvelope.ReadBatch(
            Encoding.UTF8.GetBytes("""{ "batch": [ { "writeKey": "not this" } ], "sentAt": "2025-06-01T12:00:00Z", "writeKey": "key" }"""),
            10
        );

        Assert.Equal(("key", 1), (envelope.WriteKey, envelope.Count));
    }

    [Fact]
    public void A_line_of_a_file_is_read_or_quarantined_alone()
    {
        var reader = new EventReader();

        var good = reader.ReadLine(
            Encoding.UTF8.GetBytes("""{"type":"track","userId":"u","event":"E","timestamp":"2018-10-01T00:00:00Z"}"""),
            Wire.Now
        );
        var broken = reader.ReadLine(Encoding.UTF8.GetBytes("""{"type":"track","userId":"u","event":"\u12"""), Wire.Now);

        Assert.Equal(("E", true), (good.Event?.Name, good.Event?.Imported));
        Assert.Null(broken.Event);
        Assert.StartsWith("event: found JSON that cannot be read", broken.Quarantined?.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "type": "track", "userId": "u", "event": "E", "properties": [] }""")]
    [InlineData("""{ "type": "identify", "userId": "u", "traits": [ ] }""")]
    [InlineData("""{ "type": "identify", "userId": "u", "context": { "traits": [] } }""")]
    [InlineData("{ \"type\": \"group\", \"userId\": \"u\", \"groupId\": \"g\", \"traits\": [\n ] }")]
    [InlineData("""{ "type": "page", "userId": "u", "context": [] }""")]
    public void An_empty_list_in_an_objects_place_is_an_empty_object(string item) => Assert.True(Wire.Accepted(item).Payload.IsEmpty);

    [Theory]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("\"web\"")]
    [InlineData("""{ "groupId": [] }""")]
    public void A_context_that_cannot_be_used_costs_the_batch_nothing(string context) =>
        Assert.Null(Wire.Accepted("""{ "type": "page", "userId": "u" }""", $"\"context\": {context},").GroupId);

    [Theory]
    [InlineData("undefined")]
    [InlineData("NULL")]
    [InlineData(" none ")]
    [InlineData("'null'")]
    [InlineData("[object Object]")]
    [InlineData("NaN")]
    [InlineData("0")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void An_id_that_means_nothing_merges_nobody(string id)
    {
        foreach (string field in (string[])["userId", "anonymousId", "groupId", "previousId"])
        {
            string others = string.Join(
                ", ",
                ((string[])["userId", "groupId", "previousId"]).Except([field]).Select(name => $"\"{name}\": \"a real one\"")
            );

            var fault = Wire.Refused(
                $$"""{ "type": "{{(field == "previousId" ? "alias" : "group")}}", {{others}}, "{{field}}": "{{id}}" }"""
            );

            Assert.Equal(($"batch[0].{field}", $"'{id}'"), (fault.Path, fault.Found));
        }
    }

    [Theory]
    [InlineData("none of your business")]
    [InlineData("00")]
    [InlineData("null-pointer")]
    [InlineData("unknown@example.com")]
    public void An_id_that_only_holds_such_a_word_is_one(string id) =>
        Assert.Equal(id, Wire.Accepted($$"""{ "type": "page", "userId": "{{id}}" }""").UserId);
}
