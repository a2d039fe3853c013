namespace Signals.Core.Platform.Storage;

/// <summary>Spreads bytes over as many binary columns as the 64 KiB limit asks for: name, name1, name2, ...</summary>
public static class BlobColumns
{
    public static void Write(Entity entity, string name, ReadOnlySpan<byte> bytes)
    {
        for (int part = 0; !bytes.IsEmpty; part++)
        {
            int length = Math.Min(bytes.Length, EntityLimits.MaxPropertyBytes);
            entity[Column(name, part)] = bytes[..length].ToArray();
            bytes = bytes[length..];
        }
    }

    /// <summary>The bytes written, or an empty array.</summary>
    public static byte[] Read(Entity entity, string name)
    {
        byte[]? first = entity.GetBinary(name);
        if (first is null || entity.GetBinary(Column(name, 1)) is not { } next)
            return first ?? [];
        var all = new List<byte>(first);
        for (int part = 1; next is not null; next = entity.GetBinary(Column(name, ++part)))
            all.AddRange(next);
        return [.. all];
    }

    /// <summary>True for a column that holds a part of the bytes written under a name.</summary>
    public static bool IsPartOf(string column, string name) =>
        column.StartsWith(name, StringComparison.Ordinal) && column.AsSpan(name.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    private static string Column(string name, int part) => part == 0 ? name : $"{name}{part}";
}
