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
    public void Without_any_time_each_is_an_event_of_its_own_also_within_one_batch()
    {
        const string Item = """{ "type": "track", "userId": "u", "event": "E" }""";
        const string Body = $$"""{ "sentAt": "2025-06-01T12:00:00Z", "batch": [ {{Item}}, {{Item}} ] }""";

        var ids = Enumerable.Range(0, 3).SelectMany(_ => Wire.ReadBatch(Body).Batch.Events).Select(usage => usage.MessageId);

        Assert.Equal(6, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(""" "timestamp": null """)]
    [InlineData(""" "timestamp": "" """)]
    [InlineData(""" "messageId": "", "sentAt": "2025-06-01T11:00:00Z" """)]
    public void What_says_no_time_in_other_words_is_an_event_of_its_own_too(string fields)
    {
        string item = $$"""{ "type": "track", "userId": "u", "event": "E", {{fields}} }""";

        Assert.NotEqual(Wire.Accepted(item).MessageId, Wire.Accepted(item).MessageId);
    }

    [Fact]
    public void In_history_the_same_content_without_any_time_is_one_event_a_day()
    {
        const string Body = """{ "batch": [ { "type": "track", "userId": "u", "event": "E" } ] }""";

        string first = IdOf(Wire.Now);

        Assert.Equal(first, IdOf(Wire.Now.AddHours(3)));
        Assert.NotEqual(first, IdOf(Wire.Now.AddDays(1)));

        static string IdOf(DateTimeOffset receivedAt) => Wire.ReadBatch(Body, receivedAt, imported: true).Batch.Events[0].MessageId;
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
