namespace Signals.Core.Tests.Intake.Events;

public sealed class EventClockTests
{
    [Fact]
    public void A_senders_wrong_clock_is_corrected_by_when_it_sent()
    {
        // Its clock runs ten minutes late: it happened five minutes before it was sent.
        var usage = Wire.Accepted(
            """{ "type": "page", "userId": "u", "timestamp": "2025-06-01T11:45:00Z" }""",
            """ "sentAt": "2025-06-01T11:50:00Z", """
        );

        Assert.Equal(Wire.Now.AddMinutes(-5), usage.Timestamp);
    }

    [Fact]
    public void Even_a_clock_that_was_never_set_is_corrected()
    {
        var usage = Wire.Accepted(
            """{ "type": "page", "userId": "u", "timestamp": "1970-01-01T00:00:30Z" }""",
            """ "sentAt": "1970-01-01T00:01:00Z", """
        );

        Assert.Equal(Wire.Now.AddSeconds(-30), usage.Timestamp);
    }

    [Fact]
    public void The_original_timestamp_and_an_items_own_sending_time_come_first()
    {
        var usage = Wire.Accepted(
            """{ "type": "page", "userId": "u", "timestamp": "2025-01-01T00:00:00Z", "originalTimestamp": "2025-06-01T11:58:00Z", "sentAt": "2025-06-01T11:59:00Z" }""",
            """ "sentAt": "2025-06-01T10:00:00Z", """
        );

        Assert.Equal(Wire.Now.AddMinutes(-1), usage.Timestamp);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""" "sentAt": null, """)]
    [InlineData(""" "sentAt": "just now", """)]
    [InlineData(""" "sentAt": "\ud800\u002B", """)]
    [InlineData(""" "sentAt": {}, """)]
    public void Without_a_readable_sending_time_the_clock_is_taken_as_right(string batchFields)
    {
        var usage = Wire.Accepted("""{ "type": "page", "userId": "u", "timestamp": "2025-06-01T09:00:00Z" }""", batchFields);

        Assert.Equal(Wire.Now.AddHours(-3), usage.Timestamp);
    }

    [Theory]
    [InlineData("\"0001-01-01T00:00:00Z\"")]
    [InlineData("0")]
    [InlineData("\"1970-01-01T00:00:00.000Z\"")]
    [InlineData("-62135596800")]
    [InlineData("\"2025-06-01T08:00:00Z\"")]
    [InlineData("\"2024-06-01T08:00:00Z\"")]
    public void A_sending_time_that_was_never_set_or_lies_before_the_event_corrects_nothing(string sentAt)
    {
        var usage = Wire.Accepted("""{ "type": "page", "userId": "u", "timestamp": "2025-06-01T09:00:00Z" }""", $"\"sentAt\": {sentAt},");
        var own = Wire.Accepted($$"""{ "type": "page", "userId": "u", "timestamp": "2025-06-01T09:00:00Z", "sentAt": {{sentAt}} }""");

        Assert.Equal((Wire.Now.AddHours(-3), Wire.Now.AddHours(-3)), (usage.Timestamp, own.Timestamp));
    }

    [Fact]
    public void A_sending_time_in_whole_seconds_still_corrects_a_wrong_clock()
    {
        // The clock runs five hours late; the event seems to have happened 400 milliseconds after it was sent.
        var usage = Wire.Accepted(
            """{ "type": "page", "userId": "u", "timestamp": "2025-06-01T07:00:00.400Z" }""",
            """ "sentAt": "2025-06-01T07:00:00Z", """
        );

        Assert.Equal(Wire.Now, usage.Timestamp);
    }

    [Fact]
    public void An_original_timestamp_that_was_never_set_stands_aside()
    {
        var usage = Wire.Accepted(
            """{ "type": "page", "userId": "u", "timestamp": "2025-06-01T09:00:00Z", "originalTimestamp": "0001-01-01T00:00:00Z" }"""
        );

        Assert.Equal(Wire.Now.AddHours(-3), usage.Timestamp);
    }

    [Fact]
    public void Without_a_timestamp_it_happens_when_it_is_received() =>
        Assert.Equal(Wire.Now, Wire.Accepted("""{ "type": "page", "userId": "u" }""", """ "sentAt": "2025-06-01T10:00:00Z", """).Timestamp);

    [Theory]
    [InlineData("2025-06-01T12:00:01Z")]
    [InlineData("2025-06-02T12:00:00Z")]
    public void Up_to_a_day_ahead_is_set_to_the_time_of_reception(string timestamp) =>
        Assert.Equal(Wire.Now, Wire.Accepted($$"""{ "type": "page", "userId": "u", "timestamp": "{{timestamp}}" }""").Timestamp);

    [Theory]
    [InlineData("2025-06-02T12:00:01Z", "2025-06-02T12:00:01Z", "a date at most 24 hours ahead")]
    [InlineData("2100-01-01T00:00:00Z", "2100-01-01T00:00:00Z", "a date at most 24 hours ahead")]
    [InlineData("9999-12-31T24:00:00Z", "a date beyond the calendar", "a date at most 24 hours ahead")]
    [InlineData("1999-12-31T23:59:59Z", "1999-12-31T23:59:59Z", "a date from 2000 on")]
    [InlineData("1900-01-01T00:00:00Z", "1900-01-01T00:00:00Z", "a date from 2000 on")]
    [InlineData("0001-01-01T00:00:00+05:00", "a date beyond the calendar", "a date from 2000 on")]
    public void Dates_of_no_use_are_quarantined(string timestamp, string found, string expected)
    {
        var fault = Wire.Refused($$"""{ "type": "page", "userId": "u", "timestamp": "{{timestamp}}" }""");

        Assert.Equal(("batch[0].timestamp", found, expected), (fault.Path, fault.Found, fault.Expected));
    }

    [Fact]
    public void Imported_history_keeps_its_own_dates()
    {
        var usage = Wire.Accepted(
            """{ "type": "page", "userId": "u", "timestamp": "2019-03-01T00:00:00Z", "originalTimestamp": "2019-03-01T00:10:00Z", "sentAt": "2019-03-01T00:10:01Z" }""",
            imported: true
        );

        Assert.True(usage.Imported);
        Assert.Equal(new DateTimeOffset(2019, 3, 1, 0, 0, 0, TimeSpan.Zero), usage.Timestamp);
    }
}
