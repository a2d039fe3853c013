using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Signals.Core.Platform.Serialization;

/// <summary>Writes the packed binary columns: LEB128 variable-length integers, zigzag for signed ones, length-prefixed UTF-8.</summary>
public sealed class PackWriter
{
    private byte[] _buffer = new byte[512];
    private int _length;

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public byte[] ToArray() => Written.ToArray();

    public void Clear() => _length = 0;

    public void Byte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    public void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Unsigned(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        _buffer[_length++] = (byte)value;
    }

    public void Count(int value) => Unsigned((ulong)value);

    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Eight bytes, little endian: for hashes and bitmaps, which do not shrink as integers do.</summary>
    public void Fixed64(ulong value)
    {
        Reserve(8);
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += 8;
    }

    /// <summary>Four bytes, little endian.</summary>
    public void Fixed32(uint value)
    {
        Reserve(4);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(_length), value);
        _length += 4;
    }

    /// <summary>Many of them, one after the other.</summary>
    public void Fixed64(ReadOnlySpan<ulong> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            Bytes(MemoryMarshal.AsBytes(values));
            return;
        }
        foreach (ulong value in values)
            Fixed64(value);
    }

    /// <inheritdoc cref="Fixed64(ReadOnlySpan{ulong})"/>
    public void Fixed32(ReadOnlySpan<uint> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            Bytes(MemoryMarshal.AsBytes(values));
            return;
        }
        foreach (uint value in values)
            Fixed32(value);
    }

    public void Float(double value) => Fixed64(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>A moment in whole milliseconds since 1970; <c>default</c> stands for none.</summary>
    public void Time(DateTimeOffset value) => Signed(value == default ? long.MinValue : value.ToUnixTimeMilliseconds());

    public void Text(string? value)
    {
        if (value is null)
        {
            Unsigned(0);
            return;
        }
        int bytes = Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)bytes + 1);
        Reserve(bytes);
        Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
        _length += bytes;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    private void Reserve(int bytes)
    {
        if (_length + bytes > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + bytes));
    }
}
