using System.Buffers;
using System.Globalization;
using Signals.Core.Platform.Storage;

namespace Signals.Local.Storage;

/// <summary>
/// A row's typed columns as bytes: a version, the number of columns, then name, type and value of each
/// (<see cref="ColumnType"/>). Every type comes back as it went in; times come back in UTC.
/// </summary>
internal static class EntityCodec
{
    public const byte Version = 1;

    /// <summary>Writes the columns into a rented array; the caller returns it to <see cref="ArrayPool{T}.Shared"/>.</summary>
    public static ArraySegment<byte> Encode(Entity entity)
    {
        // Table Storage's size counts two bytes a character and eight a column; half as much again covers three-byte
        // characters and this format's own lengths.
        int bound = EntityLimits.SizeOf(entity) / 2 * 3 + 16;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(bound);
        var writer = new SpanWriter(buffer);
        writer.Byte(Version);
        writer.Count((ulong)entity.Properties.Count);
        foreach (var (name, value) in entity.Properties)
        {
            writer.Name(name);
            Write(ref writer, value);
        }
        return new ArraySegment<byte>(buffer, 0, writer.Length);
    }

    /// <summary>Reads the columns. Throws <see cref="InvalidDataException"/> for bytes that <see cref="Encode"/> did not write.</summary>
    public static Dictionary<string, object> Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new SpanReader(bytes);
        byte version = reader.Byte();
        if (version != Version)
            throw new InvalidDataException($"A row has the format {version}; expected {Version}.");
        ulong count = reader.Count();
        if (count > EntityLimits.MaxProperties)
            throw new InvalidDataException($"A row has {count} columns; expected at most {EntityLimits.MaxProperties}.");
        var properties = new Dictionary<string, object>((int)count, StringComparer.Ordinal);
        for (ulong i = 0; i < count; i++)
        {
            string name = reader.Text();
            properties[name] = Read(ref reader);
        }
        if (!reader.IsAtEnd)
            throw new InvalidDataException($"A row goes on after its {count} columns.");
        return properties;
    }

    private static void Write(ref SpanWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.Text(text);
                break;
            case int number:
                writer.Byte((byte)ColumnType.Int32);
                writer.Signed(number);
                break;
            case long number:
                writer.Byte((byte)ColumnType.Int64);
                writer.Signed(number);
                break;
            case double number:
                writer.Byte((byte)ColumnType.Double);
                writer.Fixed(BitConverter.DoubleToInt64Bits(number));
                break;
            case bool flag:
                writer.Byte((byte)(flag ? ColumnType.True : ColumnType.False));
                break;
            case DateTimeOffset time:
                writer.Byte((byte)ColumnType.Time);
                writer.Fixed(time.UtcTicks);
                break;
            case Guid guid:
                writer.Byte((byte)ColumnType.Guid);
                writer.Guid(guid);
                break;
            case byte[] bytes:
                writer.Byte((byte)ColumnType.Binary);
                writer.Bytes(bytes);
                break;
            default:
                throw new EntityLimitException($"The type {value.GetType().Name} is none that Table Storage has.");
        }
    }

    private static object Read(ref SpanReader reader)
    {
        var type = (ColumnType)reader.Byte();
        return type switch
        {
            ColumnType.Text => reader.Text(),
            ColumnType.BrokenText => reader.BrokenText(),
            ColumnType.Int32 => (int)reader.Signed(),
            ColumnType.Int64 => reader.Signed(),
            ColumnType.Double => BitConverter.Int64BitsToDouble(reader.Fixed()),
            ColumnType.False => false,
            ColumnType.True => true,
            ColumnType.Time => ReadTime(ref reader),
            ColumnType.Guid => reader.Guid(),
            ColumnType.Binary => reader.Bytes().ToArray(),
            _ => throw new InvalidDataException(
                $"A row holds a column of type {((byte)type).ToString(CultureInfo.InvariantCulture)}; expected 1 to 10."
            ),
        };
    }

    private static DateTimeOffset ReadTime(ref SpanReader reader)
    {
        long ticks = reader.Fixed();
        if (ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks)
            throw new InvalidDataException($"A row holds a time of {ticks} ticks, which no date has.");
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
