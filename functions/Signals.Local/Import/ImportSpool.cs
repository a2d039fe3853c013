using System.Buffers.Binary;
using System.IO.Compression;
using Signals.Core.Intake.Events;
using Signals.Local.Storage;

namespace Signals.Local.Import;

/// <summary>What the events of the spool are sorted into: who is who first, so that each later event finds its place at once.</summary>
public enum SpoolPart
{
    /// <summary>Names of ids, and groups that somebody joined.</summary>
    Names,

    /// <summary>Everything else.</summary>
    Events,
}

/// <summary>
/// Events on their way, in files by person, so that everybody's whole history is folded at once however mixed the export was, and memory
/// holds a few tens of MB of them. A file is a list of blocks: bytes packed, bytes of records, the records packed by Brotli; a record is
/// the moment, the hash of the person, a length, and Segment's message.
/// </summary>
public sealed class ImportSpool : IDisposable
{
    /// <summary>Bytes of records that are sorted and folded at once.</summary>
    public const int SliceBytes = 24 * 1024 * 1024;

    private const int MaxPartitions = 256;
    private const int RecordHead = sizeof(long) + sizeof(ulong) + sizeof(int);
    private const int BlockHead = 2 * sizeof(int);

    private readonly string _folder;
    private readonly FileStream[] _files;
    private readonly MemoryStream[] _waiting;

    private ImportSpool(string folder, int partitions, FileStream[] files)
    {
        _folder = folder;
        Partitions = partitions;
        _files = files;
        _waiting = [.. files.Select(_ => new MemoryStream())];
    }

    /// <summary>Files of each part; a power of two.</summary>
    public int Partitions { get; }

    /// <summary>Bytes that wait to be written.</summary>
    public long WaitingBytes { get; private set; }

    /// <summary>How many partitions so many bytes of events need, each to be sorted at once.</summary>
    public static int PartitionsFor(long bytes) =>
        (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(bytes / (SliceBytes / 2) + 1, 1, MaxPartitions));

    /// <summary>
    /// Opens the folder's spool as it was at a checkpoint, whatever was written after it; null where it lacks something that was written
    /// before.
    /// </summary>
    public static ImportSpool? Open(string folder, int partitions, IReadOnlyList<long> lengths)
    {
        PrivateFiles.Folder(folder);
        var files = new FileStream[2 * partitions];
        for (int i = 0; i < files.Length; i++)
        {
            files[i] = new FileStream(PathOf(folder, i), PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read));
            long length = i < lengths.Count ? lengths[i] : 0;
            if (files[i].Length < length)
            {
                foreach (var file in files.Where(file => file is not null))
                    file.Dispose();
                return null;
            }
            files[i].SetLength(length);
            files[i].Position = length;
        }
        return new ImportSpool(folder, partitions, files);
    }

    /// <summary>Puts an event where all others of its person are.</summary>
    public void Add(UsageEvent usage, ReadOnlySpan<byte> message)
    {
        var (part, person) = PlaceOf(usage);
        var waiting = _waiting[(int)part * Partitions + (int)(person % (ulong)Partitions)];
        Span<byte> head = stackalloc byte[RecordHead];
        BinaryPrimitives.WriteInt64LittleEndian(head, usage.Timestamp.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteUInt64LittleEndian(head[sizeof(long)..], person);
        BinaryPrimitives.WriteInt32LittleEndian(head[(sizeof(long) + sizeof(ulong))..], message.Length);
        waiting.Write(head);
        waiting.Write(message);
        WaitingBytes += RecordHead + message.Length;
    }

    /// <summary>Writes what waits; returns the files' lengths, for a checkpoint.</summary>
    public long[] Write()
    {
        for (int i = 0; i < _files.Length; i++)
        {
            var waiting = _waiting[i];
            if (waiting.Length == 0)
                continue;
            var records = waiting.GetBuffer().AsSpan(0, (int)waiting.Length);
            byte[] block = new byte[BlockHead + BrotliEncoder.GetMaxCompressedLength(records.Length)];
            if (!BrotliEncoder.TryCompress(records, block.AsSpan(BlockHead), out int packed, quality: 1, window: 18))
                throw new InvalidOperationException("A block of events could not be packed.");
            BinaryPrimitives.WriteInt32LittleEndian(block, packed);
            BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(sizeof(int)), records.Length);
            _files[i].Write(block.AsSpan(0, BlockHead + packed));
            _files[i].Flush();
            if (waiting.Capacity > 1024 * 1024)
                _waiting[i] = new MemoryStream();
            else
                waiting.SetLength(0);
        }
        WaitingBytes = 0;
        return [.. _files.Select(file => file.Length)];
    }

    /// <summary>Brings all to the disk: what was read need not be read again, whatever happens.</summary>
    public void Settle()
    {
        foreach (var file in _files)
            file.Flush(flushToDisk: true);
    }

    /// <summary>A partition's events, by person and time, as many at once as are sorted in memory. The same ones each time.</summary>
    public IEnumerable<SpoolSlice> Slices(SpoolPart part, int partition)
    {
        using var file = new FileStream(
            PathOf(_folder, (int)part * Partitions + partition),
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite
        );
        var blocks = new List<byte[]>();
        long bytes = 0;
        byte[] head = new byte[BlockHead];
        while (file.ReadAtLeast(head, BlockHead, throwOnEndOfStream: false) == BlockHead)
        {
            byte[] packed = new byte[BinaryPrimitives.ReadInt32LittleEndian(head)];
            byte[] records = new byte[BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(sizeof(int)))];
            file.ReadExactly(packed);
            if (!BrotliDecoder.TryDecompress(packed, records, out int expanded) || expanded != records.Length)
                throw new InvalidDataException($"{file.Name} holds a block that does not expand.");
            blocks.Add(records);
            bytes += records.Length;
            if (bytes < SliceBytes)
                continue;
            yield return Sorted(blocks);
            blocks.Clear();
            bytes = 0;
        }
        if (blocks.Count > 0)
            yield return Sorted(blocks);
    }

    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
    }

    private static SpoolSlice Sorted(List<byte[]> blocks)
    {
        var records = new List<SpoolRecord>();
        int order = 0;
        foreach (byte[] block in blocks)
        {
            for (int at = 0; at < block.Length; )
            {
                int length = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(at + sizeof(long) + sizeof(ulong)));
                records.Add(
                    new SpoolRecord(
                        BinaryPrimitives.ReadUInt64LittleEndian(block.AsSpan(at + sizeof(long))),
                        BinaryPrimitives.ReadInt64LittleEndian(block.AsSpan(at)),
                        order++,
                        block.AsMemory(at + RecordHead, length)
                    )
                );
                at += RecordHead + length;
            }
        }
        records.Sort(SpoolRecord.ByPersonAndTime);
        return new SpoolSlice(records);
    }

    /// <summary>Who is who is sorted by the id that is named, whose first name holds; all else by the person.</summary>
    private static (SpoolPart Part, ulong Person) PlaceOf(UsageEvent usage) =>
        usage switch
        {
            { Type: EventType.Identify, UserId: not null, AnonymousId: { } anonymous } => (SpoolPart.Names, Hash(anonymous)),
            { Type: EventType.Alias, PreviousId: { } previous } => (SpoolPart.Names, Hash(previous)),
            { Type: EventType.Group } => (SpoolPart.Names, Hash(usage.UserId ?? usage.AnonymousId!)),
            _ => (SpoolPart.Events, Hash(usage.UserId ?? usage.AnonymousId!)),
        };

    /// <summary>FNV-1a, mixed once more: the same in every process.</summary>
    private static ulong Hash(string id)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in id)
            hash = (hash ^ c) * 1099511628211;
        hash ^= hash >> 32;
        return hash * 0x9E3779B97F4A7C15 >> 1;
    }

    private static string PathOf(string folder, int file) => Path.Combine(folder, $"spool-{file:D3}");
}

/// <summary>Events of some people, in order of person and time.</summary>
public sealed record SpoolSlice(IReadOnlyList<SpoolRecord> Records)
{
    /// <summary>How many people they are of.</summary>
    public int People { get; } = Records.Where((record, i) => i == 0 || record.Person != Records[i - 1].Person).Count();
}

/// <summary>One event: the hash of its person, when it happened (Unix milliseconds), where it came, and Segment's message.</summary>
public readonly record struct SpoolRecord(ulong Person, long Moment, int Order, Memory<byte> Message)
{
    /// <summary>By person, then by time, then as they came.</summary>
    public static int ByPersonAndTime(SpoolRecord one, SpoolRecord other) =>
        one.Person != other.Person ? one.Person.CompareTo(other.Person)
        : one.Moment != other.Moment ? one.Moment.CompareTo(other.Moment)
        : one.Order.CompareTo(other.Order);
}
