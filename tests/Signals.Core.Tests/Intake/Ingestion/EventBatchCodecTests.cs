using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Messaging;

namespace Signals.Core.Tests.Intake.Ingestion;

public sealed class EventBatchCodecTests
{
    [Fact]
    public void What_is_packed_is_unpacked()
    {
        var full = new UsageEvent
        {
            Type = EventType.Alias,
            MessageId = "m",
            UserId = "ü",
            AnonymousId = "anon",
            GroupId = new string('g', 200),
            PreviousId = "before",
            Name = "Näme 😀",
            Timestamp = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero),
            ReceivedAt = Batches.Now,
            Imported = true,
            Payload = "{}"u8.ToArray(),
            Locale = "fr",
            TimeZone = "Europe/Paris",
            Library = "node/3",
            Consent = "-marketing\n",
        };
        var bare = new UsageEvent
        {
            Type = EventType.Page,
            MessageId = "",
            Timestamp = Batches.Now,
            ReceivedAt = Batches.Now,
        };
        var batch = new EventBatch([full, bare], [new QuarantinedEvent("type: found nothing", "{\"ü\":1}", Batches.Now)]);

        var message = Assert.Single(EventBatchCodec.Pack(batch, Batches.Now));
        var unpacked = EventBatchCodec.Unpack(message.Body);

        Assert.Equal(3, message.Items);
        Assert.Equal(batch.Events.Select(Batches.Say), unpacked.Events.Select(Batches.Say));
        Assert.Equal(batch.Quarantined, unpacked.Quarantined);
    }

    [Theory]
    [InlineData(1, 20)]
    [InlineData(500, 200)]
    [InlineData(2500, 150)]
    [InlineData(60, 32_000)]
    public void Any_batch_fits_its_messages_and_keeps_its_order(int events, int payloadBytes)
    {
        var batch = Batches.Of(events, payloadBytes);

        var messages = EventBatchCodec.Pack(batch, Batches.Now);

        Assert.All(messages, message => Assert.InRange(message.Body.Length, 1, OutgoingMessage.MaxBodyBytes));
        Assert.Equal(events, messages.Sum(message => message.Items));
        Assert.Equal(messages.Count, messages.Select(message => message.MessageId).Distinct().Count());
        Assert.Equal(
            batch.Events.Select(Batches.Say),
            messages.SelectMany(message => EventBatchCodec.Unpack(message.Body).Events).Select(Batches.Say)
        );
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(200, 400)]
    public void A_body_that_was_carried_as_text_is_unpacked_all_the_same(int events, int payloadBytes)
    {
        var packed = Assert.Single(EventBatchCodec.Pack(Batches.Of(events, payloadBytes), Batches.Now));
        byte[] text = System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(packed.Body.Span));

        var unpacked = EventBatchCodec.Unpack(text);

        Assert.Equal(EventBatchCodec.Unpack(packed.Body).Events.Select(one => one.MessageId), unpacked.Events.Select(one => one.MessageId));
        Assert.Equal(events, unpacked.Events.Count);
    }

    [Fact]
    public void An_empty_batch_needs_no_message() => Assert.Empty(EventBatchCodec.Pack(new EventBatch([], []), Batches.Now));

    [Fact]
    public void An_event_that_fits_no_message_is_refused_before_it_is_sent() =>
        Assert.Throws<ArgumentException>(() => EventBatchCodec.Pack(Batches.Of(1, OutgoingMessage.MaxBodyBytes), Batches.Now));

    [Fact]
    public void A_newer_version_is_told_from_damage()
    {
        byte[] body = EventBatchCodec.Pack(Batches.Of(3), Batches.Now)[0].Body.ToArray();
        body[0] = 2;

        var failure = Assert.Throws<CorruptBatchException>(() => EventBatchCodec.Unpack(body));

        Assert.Equal("The packed events cannot be read: found version 2, expected 1.", failure.Message);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(500)]
    public void Whatever_byte_is_damaged_is_noticed(int events)
    {
        byte[] body = EventBatchCodec.Pack(Batches.Of(events), Batches.Now)[0].Body.ToArray();
        var random = new Random(7);

        for (int i = 0; i < 500; i++)
        {
            byte[] damaged = [.. body];
            int at = i < 14 ? i : random.Next(body.Length);
            damaged[at] ^= (byte)random.Next(1, 256);
            Assert.Throws<CorruptBatchException>(() => Unpack(damaged, body));
        }
    }

    [Fact]
    public void Whatever_is_cut_off_is_noticed()
    {
        byte[] body = EventBatchCodec.Pack(Batches.Of(100), Batches.Now)[0].Body.ToArray();

        for (int length = 0; length < body.Length; length += 7)
            Assert.Throws<CorruptBatchException>(() => EventBatchCodec.Unpack(body.AsMemory(0, length)));
    }

    /// <summary>Brotli ignores some bits of its last byte: a change that unpacks to the same is no damage.</summary>
    private static void Unpack(byte[] damaged, byte[] whole)
    {
        var unpacked = EventBatchCodec.Unpack(damaged);
        if (unpacked.Events.Select(Batches.Say).SequenceEqual(EventBatchCodec.Unpack(whole).Events.Select(Batches.Say)))
            throw new CorruptBatchException("unpacked to the same, which no reader can tell from a whole body");
    }
}
