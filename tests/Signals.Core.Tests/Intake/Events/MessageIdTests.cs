namespace Signals.Core.Tests.Intake.Events;

public sealed class MessageIdTests
{
    private const string Tracked =
        """{ "type": "track", "userId": "u", "event": "E", "timestamp": "2025-06-01T11:00:00Z", "properties": { "a": 1 } }""";

    [Fact]
    public void A_resend_of_an_event_without_one_gets_the_same()
    {
        var first = Wire.Accepted(Tracked, """ "sentAt": "2025-06-01T11:00:01Z", """);
        var again = Wire.Accepted(Tracked, """ "sentAt": "2025-06-01T11:00:05Z", """);

        Assert.StartsWith("content-", first.MessageId, StringComparison.Ordinal);
        Assert.Equal(first.MessageId, again.MessageId);
    }

    [Theory]
    [InlineData("\"u\"", "\"u2\"")]
    [InlineData("\"E\"", "\"E2\"")]
    [InlineData("11:00:00Z", "11:00:01Z")]
    [InlineData("\"a\": 1", "\"a\": 2")]
    [InlineData("\"userId\"", "\"anonymousId\"")]
    public void Events_that_differ_get_different_ones(string part, string other) =>
        Assert.NotEqual(Wire.Accepted(Tracked).MessageId, Wire.Accepted(Tracked.Replace(part, other, StringComparison.Ordinal)).MessageId);

    [Fact]
    public void Without_any_time_the_same_content_is_one_event_a_day()
    {
        const string Body = """{ "batch": [ { "type": "track", "userId": "u", "event": "E" } ] }""";

        string first = Wire.ReadBatch(Body).Batch.Events[0].MessageId;
        string sameDay = Wire.ReadBatch(Body, Wire.Now.AddHours(3)).Batch.Events[0].MessageId;
        string nextDay = Wire.ReadBatch(Body, Wire.Now.AddDays(1)).Batch.Events[0].MessageId;

        Assert.Equal(first, sameDay);
        Assert.NotEqual(first, nextDay);
    }

    [Theory]
    [InlineData(101)]
    [InlineData(5000)]
    public void A_long_one_is_replaced_by_its_hash(int length)
    {
        var usage = Wire.Accepted($$"""{ "type": "page", "userId": "u", "messageId": "{{new string('m', length)}}" }""");
        var other = Wire.Accepted($$"""{ "type": "page", "userId": "u", "messageId": "{{new string('m', length - 1)}}n" }""");

        Assert.StartsWith("sha256-", usage.MessageId, StringComparison.Ordinal);
        Assert.True(usage.MessageId.Length < 100);
        Assert.NotEqual(usage.MessageId, other.MessageId);
    }

    [Fact]
    public void A_hundred_characters_are_kept()
    {
        string id = new('m', 100);

        Assert.Equal(id, Wire.Accepted($$"""{ "type": "page", "userId": "u", "messageId": "{{id}}" }""").MessageId);
    }
}
