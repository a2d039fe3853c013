using System.Buffers.Binary;
using System.Text;
using Signals.Core.Intake.Events;

namespace Signals.Core.Intake.Ingestion;

/// <summary>Reads records of <see cref="EventRecordWriter"/>. Payloads are slices of the memory given.</summary>
internal ref struct EventRecordReader(ReadOnlyMemory<byte> records, TextCache texts)
{
    private readonly ReadOnlySpan<byte> _span = records.Span;
    private int _at;

    public readonly bool AtEnd => _at == _span.Length;

    /// <summary>Reads one record into one of the lists. Throws <see cref="CorruptBatchException"/>.</summary>
    public void Read(List<UsageEvent> events, List<QuarantinedEvent> quarantined)
    {
        if (_span.Length - _at < sizeof(int))
            throw new CorruptBatchException($"found {_span.Length - _at} bytes at {_at}, expected the length of a record");
        int length = BinaryPrimitives.ReadInt32LittleEndian(_span[_at..]);
        _at += sizeof(int);
        int end = _at + length;
        if (length <= 0 || end > _span.Length || end < _at)
            throw new CorruptBatchException($"found a record of {length} bytes at {_at}, expected 1 to {_span.Length - _at}");
        byte kind = _span[_at++];
        if (kind == EventRecord.Quarantined)
        {
            var receivedAt = Moment(ReadSigned());
            quarantined.Add(new QuarantinedEvent(ReadText(null), ReadText(null), receivedAt));
        }
        else
            events.Add(ReadEvent(kind));
        if (_at != end)
            throw new CorruptBatchException($"found a record that ends at {_at}, expected {end}");
    }

    private UsageEvent ReadEvent(byte kind)
    {
        var type = (EventType)(kind & EventRecord.TypeMask);
        if (
            (kind & ~(EventRecord.TypeMask | EventRecord.ImportedFlag | EventRecord.BrowserFlag | EventRecord.ServiceFlag)) != 0
            || type > EventType.Alias
        )
            throw new CorruptBatchException($"found a record of kind {kind}, expected one that this version knows");
        var fields = (EventRecordFields)ReadVarint();
        long received = ReadSigned();
        long ago = ReadSigned();
        return new UsageEvent
        {
            Type = type,
            Imported = (kind & EventRecord.ImportedFlag) != 0,
            FromBrowser = (kind & EventRecord.BrowserFlag) != 0,
            FromService = (kind & EventRecord.ServiceFlag) != 0,
            ReceivedAt = Moment(received),
            Timestamp = Moment(received - ago),
            MessageId = ReadText(null),
            UserId = Has(fields, EventRecordFields.UserId) ? ReadText(texts) : null,
            AnonymousId = Has(fields, EventRecordFields.AnonymousId) ? ReadText(null) : null,
            GroupId = Has(fields, EventRecordFields.GroupId) ? ReadText(texts) : null,
            PreviousId = Has(fields, EventRecordFields.PreviousId) ? ReadText(null) : null,
            Name = Has(fields, EventRecordFields.Name) ? ReadText(texts) : "",
            Locale = Has(fields, EventRecordFields.Locale) ? ReadText(texts) : null,
            TimeZone = Has(fields, EventRecordFields.TimeZone) ? ReadText(texts) : null,
            Library = Has(fields, EventRecordFields.Library) ? ReadText(texts) : null,
            LeftOutBy = Has(fields, EventRecordFields.LeftOutBy) ? ReadText(texts) : null,
            Consent = Has(fields, EventRecordFields.Consent) ? ReadText(texts) : null,
            Payload = Has(fields, EventRecordFields.Payload) ? ReadSlice() : default,
        };
    }

    private static bool Has(EventRecordFields fields, EventRecordFields field) => (fields & field) != EventRecordFields.None;

    private static DateTimeOffset Moment(long unixMilliseconds)
    {
        if (
            unixMilliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            || unixMilliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
        )
            throw new CorruptBatchException($"found the moment {unixMilliseconds}, expected Unix milliseconds");
        return DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);
    }

    private string ReadText(TextCache? cache)
    {
        int length = ReadLength();
        var bytes = _span.Slice(_at, length);
        _at += length;
        return cache is null ? Encoding.UTF8.GetString(bytes) : cache.Get(bytes);
    }

    private ReadOnlyMemory<byte> ReadSlice()
    {
        int length = ReadLength();
        var slice = records.Slice(_at, length);
        _at += length;
        return slice;
    }

    private int ReadLength()
    {
        ulong length = ReadVarint();
        return length <= (ulong)(_span.Length - _at)
            ? (int)length
            : throw new CorruptBatchException($"found a field of {length} bytes at {_at}, expected at most {_span.Length - _at}");
    }

    private long ReadSigned()
    {
        ulong value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (_at >= _span.Length)
                break;
            byte part = _span[_at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw new CorruptBatchException($"found an unfinished number at {_at}, expected a varint");
    }
}
