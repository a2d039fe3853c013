using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Signals.Core.Platform.Serialization;

/// <summary>Reads what <see cref="PackWriter"/> wrote. Throws <see cref="InvalidDataException"/> on bytes that it did not.</summary>
public ref struct PackReader(ReadOnlySpan<byte> data)
{
    private static readonly long MinMilliseconds = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long MaxMilliseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;

    public readonly bool AtEnd => _position >= _data.Length;

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() != 0;

    public ulong Unsigned()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (_position >= _data.Length)
                throw Cut();
            byte b = _data[_position++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }
        throw new InvalidDataException($"A packed integer has at most 10 bytes; found more at byte {_position}.");
    }

    /// <summary>
    /// A count of things that follow, each at least <paramref name="itemBytes"/> long, so that a broken count cannot ask for the moon.
    /// </summary>
    public int Count(int itemBytes = 1)
    {
        ulong value = Unsigned();
        if (value > (ulong)((_data.Length - _position) / itemBytes))
            throw new InvalidDataException(
                $"Packed data says {value} items follow at byte {_position}; found {_data.Length - _position} bytes."
            );
        return (int)value;
    }

    public int Int()
    {
        ulong value = Unsigned();
        return value <= int.MaxValue
            ? (int)value
            : throw new InvalidDataException($"A packed integer before byte {_position} is {value}; expected at most {int.MaxValue}.");
    }

    /// <summary>An index into a list of <paramref name="count"/> things read before.</summary>
    public int Index(int count)
    {
        ulong value = Unsigned();
        return value < (ulong)count
            ? (int)value
            : throw new InvalidDataException($"A packed index before byte {_position} is {value}; expected one of {count} items.");
    }

    public long Signed()
    {
        ulong value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>As many of them as there is room for.</summary>
    public void Fixed64(Span<ulong> values)
    {
        Take(checked(values.Length * sizeof(ulong))).CopyTo(MemoryMarshal.AsBytes(values));
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(values, values);
    }

    /// <inheritdoc cref="Fixed64(Span{ulong})"/>
    public void Fixed32(Span<uint> values)
    {
        Take(checked(values.Length * sizeof(uint))).CopyTo(MemoryMarshal.AsBytes(values));
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(values, values);
    }

    public double Float() => BitConverter.UInt64BitsToDouble(Fixed64());

    public DateTimeOffset Time()
    {
        long value = Signed();
        if (value == long.MinValue)
            return default;
        return value >= MinMilliseconds && value <= MaxMilliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(value)
            : throw new InvalidDataException($"A packed moment before byte {_position} is {value} ms from 1970, which is no date.");
    }

    public string? Text()
    {
        ulong length = Unsigned();
        if (length == 0)
            return null;
        return length - 1 <= (ulong)(_data.Length - _position) ? Encoding.UTF8.GetString(Take((int)(length - 1))) : throw Cut();
    }

    public ReadOnlySpan<byte> Take(int bytes)
    {
        if (bytes < 0 || bytes > _data.Length - _position)
            throw Cut();
        var slice = _data.Slice(_position, bytes);
        _position += bytes;
        return slice;
    }

    private readonly InvalidDataException Cut() => new($"Packed data ends at byte {_data.Length}; more was expected.");
}
