using System.Buffers.Binary;
using Signals.Core.Platform.Serialization;

namespace Signals.Core.State.Histories;

/// <summary>
/// Whole numbers by index, few of them other than zero, as bytes: the indexes in order, then the numbers, each as wide as the widest of
/// them needs. Read where they lie; whoever changes one gets new bytes only when there is no room for it.
/// </summary>
/// <remarks>Layout: the width of an index (1 or 2 bytes) and of a number (1, 2, 4 or 8), how many there are, indexes, numbers.</remarks>
internal readonly ref struct DayTotals
{
    /// <summary>Widths in one byte, and two for how many there are.</summary>
    public const int HeaderBytes = 3;

    private const byte WideKeys = 0x10;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _keyBytes;
    private readonly int _valueBytes;

    public DayTotals(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _keyBytes = (bytes[0] & WideKeys) == 0 ? 1 : 2;
        _valueBytes = bytes[0] & ~WideKeys;
        Length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[1..]);
    }

    /// <summary>How many totals there are, zeros that additions cancelled included.</summary>
    public int Length { get; }

    /// <summary>How many bytes they take.</summary>
    public int Bytes => HeaderBytes + (Length * (_keyBytes + _valueBytes));

    public long this[int key] => Find(key) is >= 0 and var at ? ValueAt(at) : 0;

    /// <summary>Where an index is; the complement of where it would be when there is none.</summary>
    public int Find(int key)
    {
        if (_keyBytes == 1)
        {
            if (key > byte.MaxValue)
                return ~Length;
            var keys = _bytes.Slice(HeaderBytes, Length);
            int at = keys.IndexOf((byte)key);
            return at >= 0 ? at : ~Before(keys, (byte)key);
        }
        int low = 0,
            high = Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1,
                found = KeyAt(middle);
            if (found == key)
                return middle;
            if (found < key)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    public int KeyAt(int at) =>
        _keyBytes == 1 ? _bytes[HeaderBytes + at] : BinaryPrimitives.ReadUInt16LittleEndian(_bytes[(HeaderBytes + (at * 2))..]);

    public long ValueAt(int at) => Read(_bytes[ValueOffset(at)..], _valueBytes);

    /// <summary>Writes a number where it lies; false when it needs more room.</summary>
    public bool TrySet(Span<byte> bytes, int at, long value)
    {
        if (WidthOf(value) > _valueBytes)
            return false;
        Write(bytes[ValueOffset(at)..], _valueBytes, value);
        return true;
    }

    /// <summary>How many bytes so many totals take at most.</summary>
    public static int MaxBytes(int totals) => HeaderBytes + (totals * (sizeof(ushort) + sizeof(long)));

    /// <summary>Writes totals that are in order of their index, and says how many bytes they take.</summary>
    public static int Pack(Span<byte> bytes, ReadOnlySpan<(int Key, long Value)> totals)
    {
        int keyBytes = totals.Length > 0 && totals[^1].Key > byte.MaxValue ? 2 : 1;
        int valueBytes = 1;
        foreach (var (_, value) in totals)
            valueBytes = Math.Max(valueBytes, WidthOf(value));
        bytes[0] = (byte)(valueBytes | (keyBytes == 2 ? WideKeys : 0));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[1..], (ushort)totals.Length);
        int values = HeaderBytes + (totals.Length * keyBytes);
        for (int i = 0; i < totals.Length; i++)
        {
            if (keyBytes == 1)
                bytes[HeaderBytes + i] = (byte)totals[i].Key;
            else
                BinaryPrimitives.WriteUInt16LittleEndian(bytes[(HeaderBytes + (i * 2))..], (ushort)totals[i].Key);
            Write(bytes[(values + (i * valueBytes))..], valueBytes, totals[i].Value);
        }
        return values + (totals.Length * valueBytes);
    }

    public void Write(PackWriter writer)
    {
        writer.Count(Length);
        for (int i = 0; i < Length; i++)
        {
            writer.Count(KeyAt(i));
            writer.Signed(ValueAt(i));
        }
    }

    private int ValueOffset(int at) => HeaderBytes + (Length * _keyBytes) + (at * _valueBytes);

    private static int Before(ReadOnlySpan<byte> keys, byte key)
    {
        int at = 0;
        while (at < keys.Length && keys[at] < key)
            at++;
        return at;
    }

    /// <summary>One or two bytes hold what is not negative, four and eight anything that fits.</summary>
    private static int WidthOf(long value) =>
        (ulong)value <= byte.MaxValue ? 1
        : (ulong)value <= ushort.MaxValue ? 2
        : value == (int)value ? 4
        : 8;

    private static long Read(ReadOnlySpan<byte> bytes, int width) =>
        width switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            4 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        };

    private static void Write(Span<byte> bytes, int width, long value)
    {
        switch (width)
        {
            case 1:
                bytes[0] = (byte)value;
                break;
            case 2:
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
                break;
            case 4:
                BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)value);
                break;
            default:
                BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
                break;
        }
    }
}
