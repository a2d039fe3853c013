using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Compression;
using System.Numerics;
using Signals.Core.Intake.Events;
using Signals.Core.Platform.Messaging;

namespace Signals.Core.Intake.Ingestion;

/// <summary>
/// Packs events into the bodies of <c>usage</c> messages and back. A body is a header (version, flags, the records' length, their
/// count and their CRC-32C) and the records, compressed where that helps: the bus bills by 64 KB.
/// </summary>
/// <remarks>
/// Records are gathered up to the largest body before compression, so that any content fits; ordinary events then take about a
/// fifth of it, one billed unit. On Segment-shaped events Brotli's level 1 is as fast as Deflate's fastest and a third smaller.
/// </remarks>
public static class EventBatchCodec
{
    /// <summary>The most bytes of records in one message, and so the most that one record may take.</summary>
    internal const int MaxRecordsBytes = OutgoingMessage.MaxBodyBytes - HeaderBytes;

    private const byte Version = 1;
    private const byte BrotliFlag = 1;
    private const int HeaderBytes = 14;
    private const int WorthCompressing = 4 * 1024;
    private const int BrotliQuality = 1;
    private const int BrotliWindow = 18;

    /// <summary>Packs a batch into as many messages as it needs, in order. An event is never split.</summary>
    public static IReadOnlyList<OutgoingMessage> Pack(EventBatch batch, DateTimeOffset now)
    {
        using var records = new PooledBuffer();
        EventRecordWriter.Write(records, batch);
        return Pack([records], now);
    }

    /// <summary>
    /// Unpacks a body, or the base64 text of one, which whoever carries bodies as text makes of it. Payloads are slices of the body or of
    /// one array behind the batch. Throws <see cref="CorruptBatchException"/>.
    /// </summary>
    public static EventBatch Unpack(ReadOnlyMemory<byte> body)
    {
        body = FromText(body);
        var header = body.Span;
        if (header.Length < HeaderBytes)
            throw new CorruptBatchException($"found {header.Length} bytes, expected at least {HeaderBytes}");
        if (header[0] != Version)
            throw new CorruptBatchException($"found version {header[0]}, expected {Version}");
        int length = BinaryPrimitives.ReadInt32LittleEndian(header[2..]);
        int count = BinaryPrimitives.ReadInt32LittleEndian(header[6..]);
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(header[10..]);
        if (length is < 0 or > MaxRecordsBytes || count < 0 || count > length)
            throw new CorruptBatchException($"found {count} records in {length} bytes, expected at most {MaxRecordsBytes} bytes");
        var records = header[1] switch
        {
            0 => body[HeaderBytes..],
            BrotliFlag => Decompress(header[HeaderBytes..], length),
            byte flags => throw new CorruptBatchException($"found flags {flags}, expected 0 or {BrotliFlag}"),
        };
        if (records.Length != length || Checksum(records.Span) != checksum)
            throw new CorruptBatchException($"found {records.Length} bytes that do not match their checksum, expected {length} that do");
        return ReadRecords(records, count);
    }

    /// <summary>No text begins with the byte that a body begins with.</summary>
    private static ReadOnlyMemory<byte> FromText(ReadOnlyMemory<byte> body)
    {
        if (body.Length == 0 || body.Span[0] == Version)
            return body;
        byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(body.Length)];
        return Base64.DecodeFromUtf8(body.Span, decoded, out _, out int length) == OperationStatus.Done
            ? decoded.AsMemory(0, length)
            : body;
    }

    /// <summary>Packs records already written, from any number of senders.</summary>
    internal static IReadOnlyList<OutgoingMessage> Pack(IReadOnlyList<PooledBuffer> parts, DateTimeOffset now)
    {
        var messages = new List<OutgoingMessage>();
        using var records = new PooledBuffer(MaxRecordsBytes);
        int count = 0;
        foreach (var part in parts)
        {
            var rest = part.Written.Span;
            while (!rest.IsEmpty)
            {
                int taken = TakeRecords(rest, MaxRecordsBytes - records.Length, out int takenCount);
                rest[..taken].CopyTo(records.GetSpan(taken));
                records.Advance(taken);
                count += takenCount;
                rest = rest[taken..];
                if (rest.IsEmpty)
                    continue;
                messages.Add(Seal(records.Written.Span, count, now));
                records.Truncate(0);
                count = 0;
            }
        }
        if (count > 0)
            messages.Add(Seal(records.Written.Span, count, now));
        return messages;
    }

    /// <summary>How many bytes of whole records fit into <paramref name="room"/>.</summary>
    private static int TakeRecords(ReadOnlySpan<byte> records, int room, out int count)
    {
        int taken = 0;
        count = 0;
        while (taken < records.Length)
        {
            int length = sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(records[taken..]);
            if (taken + length > room)
                break;
            taken += length;
            count++;
        }
        return taken;
    }

    private static OutgoingMessage Seal(ReadOnlySpan<byte> records, int count, DateTimeOffset now)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(HeaderBytes + records.Length);
        try
        {
            int written = 0;
            bool compressed =
                records.Length >= WorthCompressing
                && BrotliEncoder.TryCompress(
                    records,
                    scratch.AsSpan(HeaderBytes, records.Length - 1),
                    out written,
                    BrotliQuality,
                    BrotliWindow
                );
            if (!compressed)
            {
                records.CopyTo(scratch.AsSpan(HeaderBytes));
                written = records.Length;
            }
            scratch[0] = Version;
            scratch[1] = compressed ? BrotliFlag : (byte)0;
            BinaryPrimitives.WriteInt32LittleEndian(scratch.AsSpan(2), records.Length);
            BinaryPrimitives.WriteInt32LittleEndian(scratch.AsSpan(6), count);
            BinaryPrimitives.WriteUInt32LittleEndian(scratch.AsSpan(10), Checksum(records));
            return new OutgoingMessage(Guid.CreateVersion7(now).ToString("N"), scratch.AsSpan(0, HeaderBytes + written).ToArray(), count);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private static byte[] Decompress(ReadOnlySpan<byte> compressed, int length)
    {
        byte[] records = GC.AllocateUninitializedArray<byte>(length);
        return BrotliDecoder.TryDecompress(compressed, records, out int written) && written == length
            ? records
            : throw new CorruptBatchException($"found a compressed body that does not expand, expected {length} bytes of records");
    }

    private static EventBatch ReadRecords(ReadOnlyMemory<byte> records, int count)
    {
        var events = new List<UsageEvent>(count);
        var quarantined = new List<QuarantinedEvent>();
        var reader = new EventRecordReader(records, new TextCache());
        while (!reader.AtEnd)
            reader.Read(events, quarantined);
        return events.Count + quarantined.Count == count
            ? new EventBatch(events, quarantined)
            : throw new CorruptBatchException($"found {events.Count + quarantined.Count} records, expected {count}");
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (byte b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
