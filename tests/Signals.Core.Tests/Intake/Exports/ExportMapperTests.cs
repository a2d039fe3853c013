using System.Text;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Exports;

namespace Signals.Core.Tests.Intake.Exports;

/// <summary>Raw events of others, as their exports write them, read as usage events.</summary>
public sealed class ExportMapperTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_event_of_PostHog_names_its_person_and_its_company()
    {
        var usage = Assert.Single(
            Read(
                """
                {"uuid":"018f-1","event":"report shared","distinct_id":"ann","timestamp":"2026-05-01T10:00:00.000Z",
                 "properties":{"$browser":"Firefox","$is_identified":true,"$groups":{"project":"p1","company":"acme"},"pages":3}}
                """
            )
        );

        Assert.Equal(
            (EventType.Track, "report shared", "ann", null, "acme"),
            (usage.Type, usage.Name, usage.UserId, usage.AnonymousId, usage.GroupId)
        );
        Assert.Equal("018f-1", usage.MessageId);
        Assert.Equal(new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.Zero), usage.Timestamp);
        Assert.Equal("""{"pages":3}""", Text(usage));
    }

    [Fact]
    public void PostHog_tells_who_a_device_was_and_who_is_still_only_a_device()
    {
        var events = Read(
            """
            [{"uuid":"1","event":"$identify","distinct_id":"ann","timestamp":"2026-05-01T10:00:00Z","properties":{"$anon_distinct_id":"dev-1","$set":{"email":"ann@x.example"}}},
             {"uuid":"2","event":"$pageview","distinct_id":"dev-2","timestamp":"2026-05-01T10:00:00Z","properties":"{\"$device_id\":\"dev-2\",\"$current_url\":\"https://x.example/\"}"},
             {"uuid":"3","event":"$groupidentify","distinct_id":"ann","timestamp":"2026-05-01T10:00:00Z","properties":{"$group_type":"company","$group_key":"acme","$group_set":{"plan":"pro"}}}]
            """
        );

        Assert.Equal(
            (EventType.Identify, "ann", "dev-1", """{"email":"ann@x.example"}"""),
            (events[0].Type, events[0].UserId, events[0].AnonymousId, Text(events[0]))
        );
        Assert.Equal(
            (EventType.Page, null, "dev-2", """{"url":"https://x.example/"}"""),
            (events[1].Type, events[1].UserId, events[1].AnonymousId, Text(events[1]))
        );
        Assert.Equal(
            (EventType.Group, "ann", "acme", """{"plan":"pro"}"""),
            (events[2].Type, events[2].UserId, events[2].GroupId, Text(events[2]))
        );
    }

    [Fact]
    public void What_PostHog_writes_of_a_person_into_every_event_is_told_when_it_changes()
    {
        string Line(int id, string plan) =>
            $$$"""{"uuid":"{{{id}}}","event":"x","distinct_id":"ann","timestamp":"2026-05-01T10:00:0{{{id}}}Z","properties":{},"person_properties":{"plan":"{{{plan}}}"}}""";

        var events = Read($"[{Line(1, "free")},{Line(2, "free")},{Line(3, "pro")}]");

        Assert.Equal(
            ["1 {}", "1:traits {\"plan\":\"free\"}", "2 {}", "3 {}", "3:traits {\"plan\":\"pro\"}"],
            events.Select(usage => $"{usage.MessageId} {Text(usage)}")
        );
    }

    [Fact]
    public void An_event_of_Mixpanel_keeps_its_time_in_seconds_and_leaves_out_what_Mixpanel_adds()
    {
        var usage = Assert.Single(
            Read(
                """{"event":"Signed up","properties":{"time":1602611311,"$insert_id":"hp1","distinct_id":"ann","mp_processing_time_ms":1602625711874,"$os":"Mac","company_id":"acme","seats":4}}""",
                group: "company_id"
            )
        );

        Assert.Equal(("Signed up", "ann", "acme", "hp1"), (usage.Name, usage.UserId, usage.GroupId, usage.MessageId));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1602611311), usage.Timestamp);
        Assert.Equal("""{"company_id":"acme","seats":4}""", Text(usage));
    }

    [Fact]
    public void Mixpanel_says_once_that_a_device_was_a_person_s()
    {
        var events = Read(
            """
            [{"event":"a","properties":{"time":1602611311,"$insert_id":"1","distinct_id":"$device:d1"}},
             {"event":"b","properties":{"time":1602611312,"$insert_id":"2","distinct_id":"ann","$user_id":"ann","$device_id":"d1"}},
             {"event":"c","properties":{"time":1602611313,"$insert_id":"3","distinct_id":"ann","$user_id":"ann","$device_id":"d1"}},
             {"$distinct_id":"ann","$properties":{"$email":"ann@x.example","$last_seen":"2026-05-01T10:00:00","plan":"pro"}}]
            """
        );

        Assert.Equal("d1", events[0].AnonymousId);
        var link = Assert.Single(events, usage => usage is { Type: EventType.Identify, AnonymousId: "d1" });
        Assert.Equal(("ann", "2:person"), (link.UserId, link.MessageId));
        Assert.Contains(events, usage => usage.Type == EventType.Identify && Text(usage) == """{"email":"ann@x.example","plan":"pro"}""");
    }

    [Fact]
    public void An_event_of_Amplitude_brings_its_person_s_properties_and_its_company()
    {
        var events = Read(
            """
            {"uuid":"u1","event_type":"Report Shared","user_id":"ann","device_id":"d1","event_time":"2026-05-01 10:00:00.123000","event_properties":{"pages":3},
             "user_properties":{"plan":"pro"},"groups":{"company":["acme"]},"library":"amplitude-ts/1"}
            """
        );

        var use = events.Single(usage => usage.Type == EventType.Track);
        Assert.Equal(("Report Shared", "ann", "acme"), (use.Name, use.UserId, use.GroupId));
        Assert.Equal(new DateTimeOffset(2026, 5, 1, 10, 0, 0, 123, TimeSpan.Zero), use.Timestamp);
        Assert.Contains(events, usage => usage is { Type: EventType.Identify, AnonymousId: "d1", UserId: "ann" });
        Assert.Contains(events, usage => usage.Type == EventType.Identify && Text(usage) == """{"plan":"pro"}""");
    }

    [Fact]
    public void Customer_io_s_activities_and_entries_are_read_and_its_own_messages_are_not()
    {
        var mapper = new ExportMapper();
        var events = Read(
            """
            {"activities":[
              {"id":"a1","type":"event","customer_id":"ann","name":"Report Shared","timestamp":1714557600,"data":{"pages":3}},
              {"id":"a2","type":"opened_email","customer_id":"ann","timestamp":1714557600}]}
            """,
            mapper: mapper
        );
        var entry = Assert.Single(
            Read(
                """{"type":"person","identifiers":{"id":"bob"},"action":"event","name":"Paid","timestamp":1714557600,"attributes":{"amount":5}}"""
            )
        );

        Assert.Equal(("Report Shared", "ann"), (events.Single().Name, events.Single().UserId));
        Assert.Equal(("Paid", "bob"), (entry.Name, entry.UserId));
        Assert.Equal(
            "activities of type opened_email are no usage",
            mapper.Map("""{"id":"a2","type":"opened_email","customer_id":"ann","timestamp":1714557600}"""u8.ToArray()).LeftOut
        );
        Assert.Equal(
            "Customer.io's own messages are no usage",
            mapper.Map("""{"event_id":"1","object_type":"email","metric":"opened","data":{"customer_id":"ann"}}"""u8.ToArray()).LeftOut
        );
    }

    [Fact]
    public void Segment_s_messages_come_back_as_they_are()
    {
        const string Line =
            """{"type":"track","userId":"ann","event":"x","timestamp":"2026-05-01T10:00:00Z","properties":{"events":[1]}}""";

        var mapped = new ExportMapper().Map(Encoding.UTF8.GetBytes(Line));

        Assert.Equal(Line, Encoding.UTF8.GetString(Assert.Single(mapped.Messages)));
        Assert.Null(mapped.LeftOut);
    }

    [Fact]
    public void An_event_of_nobody_is_refused_and_not_made_up()
    {
        var reader = new EventReader();
        byte[] message = Assert.Single(
            new ExportMapper().Map("""{"uuid":"1","event":"x","distinct_id":"","timestamp":"2026-05-01T10:00:00Z"}"""u8.ToArray()).Messages
        );

        Assert.Equal("userId: found nothing, expected a userId or an anonymousId", reader.ReadLine(message, Now).Fault!.Reason);
    }

    [Fact]
    public void What_was_told_of_people_can_be_kept_and_gone_on_from()
    {
        byte[] line =
            """{"uuid":"1","event_type":"x","user_id":"ann","event_time":"2026-05-01 10:00:00","user_properties":{"plan":"pro"}}"""u8.ToArray();
        var first = new ExportMapper();
        Assert.Equal(2, first.Map(line).Messages.Count);

        var second = new ExportMapper();
        second.Load(first.Save());

        Assert.Single(second.Map(line).Messages);
    }

    private static List<UsageEvent> Read(string json, string? group = null, ExportMapper? mapper = null)
    {
        var reader = new EventReader();
        mapper ??= new ExportMapper { GroupProperty = group };
        return
        [
            .. mapper
                .Map(Encoding.UTF8.GetBytes(json))
                .Messages.Select(message =>
                {
                    var read = reader.ReadLine(message, Now);
                    Assert.Null(read.Fault);
                    return read.Event!;
                }),
        ];
    }

    private static string Text(UsageEvent usage) => Encoding.UTF8.GetString(usage.Payload.Span);
}
