using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Signals.Local.Storage;

/// <summary>Writes a row's columns one after another; see <see cref="ColumnType"/> for their shapes.</summary>
internal ref struct SpanWriter(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    public int Length { get; private set; }

    public void Byte(byte value) => _target[Length++] = value;

    public void Count(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }
        Byte((byte)value);
    }

    public void Signed(long value) => Count((ulong)((value << 1) ^ (value >> 63)));

    public void Fixed(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_target[Length..], value);
        Length += sizeof(long);
    }

    public void Guid(Guid value)
    {
        value.TryWriteBytes(_target[Length..]);
        Length += 16;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Count((ulong)value.Length);
        value.CopyTo(_target[Length..]);
        Length += value.Length;
    }

    public void Name(string value)
    {
        Count((ulong)Encoding.UTF8.GetByteCount(value));
        Length += Encoding.UTF8.GetBytes(value, _target[Length..]);
    }

    public void Text(string value)
    {
        int start = Length;
        Byte((byte)ColumnType.Text);
        Count((ulong)Encoding.UTF8.GetByteCount(value));
        if (Utf8.FromUtf16(value, _target[Length..], out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            Length += written;
            return;
        }
        Length = start;
        Byte((byte)ColumnType.BrokenText);
        Bytes(MemoryMarshal.AsBytes(value.AsSpan()));
    }
}
