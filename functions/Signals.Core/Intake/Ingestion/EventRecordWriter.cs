using System.Buffers.Binary;
using System.Text;
using Signals.Core.Intake.Events;

namespace Signals.Core.Intake.Ingestion;

/// <summary>
/// Writes events as records: a length (four bytes, little endian), then the fields. Numbers are varints, text is UTF-8 after its
/// length, and a field that is absent takes no byte: a bit mask says which are there. Moments are whole milliseconds.
/// </summary>
internal static class EventRecordWriter
{
    private const int LengthBytes = sizeof(int);
    private const int MaxVarintBytes = 10;

    public static void Write(PooledBuffer buffer, EventBatch batch)
    {
        foreach (var usage in batch.Events)
            Write(buffer, usage);
        foreach (var quarantined in batch.Quarantined)
            Write(buffer, quarantined);
    }

    private static void Write(PooledBuffer buffer, UsageEvent usage)
    {
        int start = Begin(buffer);
        int flags =
            (usage.Imported ? EventRecord.ImportedFlag : 0)
            | (usage.FromBrowser ? EventRecord.BrowserFlag : 0)
            | (usage.FromService ? EventRecord.ServiceFlag : 0);
        WriteByte(buffer, (byte)((int)usage.Type | flags));
        WriteVarint(buffer, (ulong)FieldsOf(usage));
        long received = usage.ReceivedAt.ToUnixTimeMilliseconds();
        WriteSigned(buffer, received);
        WriteSigned(buffer, received - usage.Timestamp.ToUnixTimeMilliseconds());
        WriteText(buffer, usage.MessageId);
        WriteOptional(buffer, usage.UserId);
        WriteOptional(buffer, usage.AnonymousId);
        WriteOptional(buffer, usage.GroupId);
        WriteOptional(buffer, usage.PreviousId);
        if (usage.Name.Length > 0)
            WriteText(buffer, usage.Name);
        WriteOptional(buffer, usage.Locale);
        WriteOptional(buffer, usage.TimeZone);
        WriteOptional(buffer, usage.Library);
        WriteOptional(buffer, usage.LeftOutBy);
        WriteOptional(buffer, usage.Consent);
        if (!usage.Payload.IsEmpty)
            WriteBytes(buffer, usage.Payload.Span);
        End(buffer, start);
    }

    private static void Write(PooledBuffer buffer, QuarantinedEvent quarantined)
    {
        int start = Begin(buffer);
        WriteByte(buffer, EventRecord.Quarantined);
        WriteSigned(buffer, quarantined.ReceivedAt.ToUnixTimeMilliseconds());
        WriteText(buffer, quarantined.Reason);
        WriteText(buffer, quarantined.Raw);
        End(buffer, start);
    }

    private static EventRecordFields FieldsOf(UsageEvent usage) =>
        If(usage.UserId is not null, EventRecordFields.UserId)
        | If(usage.AnonymousId is not null, EventRecordFields.AnonymousId)
        | If(usage.GroupId is not null, EventRecordFields.GroupId)
        | If(usage.PreviousId is not null, EventRecordFields.PreviousId)
        | If(usage.Name.Length > 0, EventRecordFields.Name)
        | If(usage.Locale is not null, EventRecordFields.Locale)
        | If(usage.TimeZone is not null, EventRecordFields.TimeZone)
        | If(usage.Library is not null, EventRecordFields.Library)
        | If(usage.LeftOutBy is not null, EventRecordFields.LeftOutBy)
        | If(usage.Consent is not null, EventRecordFields.Consent)
        | If(!usage.Payload.IsEmpty, EventRecordFields.Payload);

    private static EventRecordFields If(bool present, EventRecordFields field) => present ? field : EventRecordFields.None;

    private static int Begin(PooledBuffer buffer)
    {
        int start = buffer.Length;
        buffer.GetSpan(LengthBytes);
        buffer.Advance(LengthBytes);
        return start;
    }

    private static void End(PooledBuffer buffer, int start)
    {
        int length = buffer.Length - start;
        if (length > EventBatchCodec.MaxRecordsBytes)
            throw new ArgumentException(
                $"An event takes {length} bytes packed; expected at most {EventBatchCodec.MaxRecordsBytes}.",
                nameof(buffer)
            );
        BinaryPrimitives.WriteInt32LittleEndian(buffer.Written.Span[start..], length - LengthBytes);
    }

    private static void WriteByte(PooledBuffer buffer, byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
    }

    private static void WriteSigned(PooledBuffer buffer, long value) => WriteVarint(buffer, (ulong)((value << 1) ^ (value >> 63)));

    private static void WriteVarint(PooledBuffer buffer, ulong value)
    {
        var span = buffer.GetSpan(MaxVarintBytes);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        buffer.Advance(length);
    }

    private static void WriteOptional(PooledBuffer buffer, string? text)
    {
        if (text is not null)
            WriteText(buffer, text);
    }

    private static void WriteText(PooledBuffer buffer, string text)
    {
        // Short text, nearly all of it, has a length of one byte: encode after it at once. Only the rare long one is measured first.
        var span = buffer.GetSpan(MaxVarintBytes + (text.Length * 3));
        int bytes = Encoding.UTF8.GetBytes(text, span[1..]);
        if (bytes < 0x80)
        {
            span[0] = (byte)bytes;
            buffer.Advance(bytes + 1);
            return;
        }
        WriteVarint(buffer, (ulong)bytes);
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(bytes)));
    }

    private static void WriteBytes(PooledBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        WriteVarint(buffer, (ulong)bytes.Length);
        bytes.CopyTo(buffer.GetSpan(bytes.Length));
        buffer.Advance(bytes.Length);
    }
}
