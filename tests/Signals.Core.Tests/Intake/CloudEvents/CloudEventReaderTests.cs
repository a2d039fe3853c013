using System.Text;
using Signals.Core.Intake.CloudEvents;
using Signals.Core.Intake.Events;
using Signals.Core.Tests.Intake.Events;

namespace Signals.Core.Tests.Intake.CloudEvents;

public sealed class CloudEventReaderTests
{
    private const string Structured = """
        { "data": { "seconds": 60, "groupId": "acme" }, "specversion": "1.0", "type": "Video Watched", "source": "/player", "id": "e-1",
          "subject": "u1", "time": "2025-06-01T11:00:00Z", "datacontenttype": "application/json; charset=utf-8", "traceparent": "00-1" }
        """;

    [Fact]
    public void A_structured_event_becomes_a_track()
    {
        var usage = Assert.Single(Read(Structured).Batch.Events);

        Assert.Equal((EventType.Track, "Video Watched", "u1", "acme"), (usage.Type, usage.Name, usage.UserId, usage.GroupId));
        Assert.Equal("/player#e-1", usage.MessageId);
        Assert.Equal(Wire.Now.AddHours(-1), usage.Timestamp);
        Assert.Equal("""{ "seconds": 60, "groupId": "acme" }""", Wire.PayloadOf(usage));
    }

    [Fact]
    public void The_user_in_the_data_wins_over_the_subject_and_the_group_may_be_an_extension()
    {
        var usage = Assert.Single(
            Read(
                """
                { "specversion": "1.0", "type": "T", "source": "s", "id": "1", "subject": "video-9", "groupid": "acme", "data": { "userId": 7 } }
                """
            ).Batch.Events
        );

        Assert.Equal(("7", "acme"), (usage.UserId, usage.GroupId));
    }

    [Theory]
    [InlineData("""{ "type": "T", "source": "s", "id": "1", "subject": "u" }""", "specversion")]
    [InlineData("""{ "specversion": "0.3", "type": "T", "source": "s", "id": "1", "subject": "u" }""", "specversion")]
    [InlineData("""{ "specversion": "1.0", "source": "s", "id": "1", "subject": "u" }""", "type")]
    [InlineData("""{ "specversion": "1.0", "type": "T", "id": "1", "subject": "u" }""", "source")]
    [InlineData("""{ "specversion": "1.0", "type": "T", "source": "s", "subject": "u" }""", "id")]
    [InlineData("""{ "specversion": "1.0", "type": "T", "source": "s", "id": "1" }""", "subject")]
    [InlineData("""{ "specversion": "1.0", "type": "T", "source": "s", "id": "1", "subject": 5 }""", "subject")]
    [InlineData("""{ "specversion": "1.0", "type": "T", "source": "s", "id": "1", "subject": "u", "time": "noon" }""", "time")]
    [InlineData(
        """{ "specversion": "1.0", "type": "T", "source": "s", "id": "1", "subject": "u", "time": "1900-01-01T00:00:00Z" }""",
        "timestamp"
    )]
    [InlineData("""{ "specversion": "1.0", "type": "T", "source": "s", "id": "1", "subject": "u", "data": "text" }""", "data")]
    [InlineData(
        """{ "specversion": "1.0", "type": "T", "source": "s", "id": "1", "subject": "u", "data_base64": "AAAA" }""",
        "data_base64"
    )]
    [InlineData(
        """{ "specversion": "1.0", "type": "T", "source": "s", "id": "1", "subject": "u", "datacontenttype": "text/xml", "data": "<a/>" }""",
        "datacontenttype"
    )]
    public void What_cannot_be_understood_is_quarantined(string json, string path)
    {
        var read = Read(json);

        Assert.Empty(read.Batch.Events);
        Assert.Equal(path, Assert.Single(read.Faults).Path);
        Assert.Equal(json, Assert.Single(read.Batch.Quarantined).Raw);
    }

    [Fact]
    public void A_batch_keeps_its_good_events()
    {
        var read = CloudEventReader.ReadBatch(Encoding.UTF8.GetBytes($$"""[ {{Structured}}, { "specversion": "1.0" }, 5 ]"""), Wire.Now);

        Assert.Single(read.Batch.Events);
        Assert.Equal(["[1].id", "[2]"], read.Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void A_binary_event_has_its_attributes_apart()
    {
        var attributes = new CloudEventAttributes
        {
            SpecVersion = "1.0",
            Id = "1",
            Source = "s",
            Type = "T",
            Subject = "u",
        };

        var good = CloudEventReader.ReadBinary(attributes, Encoding.UTF8.GetBytes("""{"a":1}"""), Wire.Now);
        var none = CloudEventReader.ReadBinary(attributes, default, Wire.Now);
        var broken = CloudEventReader.ReadBinary(attributes, Encoding.UTF8.GetBytes("""{"a":"""), Wire.Now);

        Assert.Equal("""{"a":1}""", Wire.PayloadOf(Assert.Single(good.Batch.Events)));
        Assert.True(Assert.Single(none.Batch.Events).Payload.IsEmpty);
        Assert.Equal("""{"a":""", Assert.Single(broken.Batch.Quarantined).Raw);
    }

    private static ReadEvents Read(string json) => CloudEventReader.ReadStructured(Encoding.UTF8.GetBytes(json), Wire.Now);
}
