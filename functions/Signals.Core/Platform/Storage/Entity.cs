namespace Signals.Core.Platform.Storage;

/// <summary>
/// A row: a key within its partition and typed columns. Column types are Table Storage's: <see cref="string"/>, <see cref="int"/>,
/// <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, <see cref="DateTimeOffset"/> (UTC), <see cref="Guid"/> and byte arrays.
/// </summary>
public sealed class Entity(string partitionKey, string rowKey)
{
    public string PartitionKey { get; } = partitionKey;

    public string RowKey { get; } = rowKey;

    /// <summary>The version read from the store; empty for an entity that was never stored.</summary>
    public string ETag { get; init; } = "";

    /// <summary>The columns by name (ordinal).</summary>
    public Dictionary<string, object> Properties { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Sets a column; null leaves it out, as Table Storage does.</summary>
    public object? this[string name]
    {
        get => Properties.GetValueOrDefault(name);
        set
        {
            if (value is null)
                Properties.Remove(name);
            else
                Properties[name] = value;
        }
    }

    public string? GetString(string name) => Properties.GetValueOrDefault(name) as string;

    public byte[]? GetBinary(string name) => Properties.GetValueOrDefault(name) as byte[];

    public int? GetInt32(string name) => Properties.GetValueOrDefault(name) is int value ? value : null;

    public long? GetInt64(string name) =>
        Properties.GetValueOrDefault(name) switch
        {
            long value => value,
            int value => value,
            _ => null,
        };

    public double? GetDouble(string name) => Properties.GetValueOrDefault(name) is double value ? value : null;

    public bool? GetBoolean(string name) => Properties.GetValueOrDefault(name) is bool value ? value : null;

    public DateTimeOffset? GetTime(string name) => Properties.GetValueOrDefault(name) is DateTimeOffset value ? value : null;
}
