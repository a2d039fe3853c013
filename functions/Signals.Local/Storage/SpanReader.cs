using System.Buffers.Binary;
using System.Text;

namespace Signals.Local.Storage;

/// <summary>Reads what <see cref="SpanWriter"/> wrote. Throws <see cref="InvalidDataException"/> where the bytes end too early.</summary>
internal ref struct SpanReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public ulong Count()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
        throw new InvalidDataException("A number in a row runs over 64 bits.");
    }

    public long Signed()
    {
        ulong value = Count();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public long Fixed() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public Guid Guid() => new(Take(16));

    public ReadOnlySpan<byte> Bytes()
    {
        ulong length = Count();
        return Take(length <= int.MaxValue ? (int)length : int.MaxValue);
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public string BrokenText()
    {
        var bytes = Bytes();
        // Encoding.Unicode would replace the very halves that this shape is there to keep.
        var units = new char[bytes.Length / 2];
        for (int i = 0; i < units.Length; i++)
            units[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]);
        return new string(units);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_rest.Length < length)
            throw new InvalidDataException($"A row ends too early: found {_rest.Length} more bytes; expected {length}.");
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
