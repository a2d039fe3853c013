using System.Text.RegularExpressions;

namespace Signals.Core.Platform.Storage;

/// <summary>
/// Table Storage's limits, enforced alike by every adapter so that what works on one machine works on Azure.
/// Source: "Understanding the Table service data model" and "Performing entity group transactions" (Microsoft Learn).
/// </summary>
public static partial class EntityLimits
{
    public const int MaxOperations = 100;

    /// <summary>Of a transaction as it travels, see <see cref="EntityPayload"/>.</summary>
    public const int MaxTransactionBytes = 4 * 1024 * 1024;

    public const int MaxEntityBytes = 1024 * 1024;
    public const int MaxPropertyBytes = 64 * 1024;
    public const int MaxStringChars = 32 * 1024;
    public const int MaxProperties = 252;
    public const int MaxKeyChars = 512;
    public const int MaxPage = 1000;
    public const int MaxPropertyNameChars = 255;

    /// <summary>The earliest time that a column can hold.</summary>
    public static readonly DateTimeOffset MinTime = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Checks a transaction as Table Storage would. Throws <see cref="EntityLimitException"/> naming the row and the limit.
    /// </summary>
    public static void CheckTransaction(string table, string partitionKey, IReadOnlyList<EntityOperation> operations)
    {
        CheckTable(table);
        CheckKey("partition key", partitionKey);
        if (operations.Count is 0 or > MaxOperations)
            throw new EntityLimitException($"A transaction holds 1 to {MaxOperations} operations; found {operations.Count}.");
        var rows = operations.Count > 1 ? new HashSet<string>(operations.Count, StringComparer.Ordinal) : null;
        foreach (var operation in operations)
        {
            CheckKey("row key", operation.RowKey);
            if (operation.Kind is EntityOperationKind.Replace or EntityOperationKind.Delete && operation.ETag.Length == 0)
                throw new EntityLimitException(
                    $"{operation.Kind} of row '{operation.RowKey}' needs the ETag that was read, or '*' for any; found none."
                );
            if (rows is not null && !rows.Add(operation.RowKey))
                throw new EntityLimitException($"A transaction changes a row once; found '{operation.RowKey}' twice.");
            if (operation.Entity is { } entity)
            {
                if (!string.Equals(entity.PartitionKey, partitionKey, StringComparison.Ordinal))
                    throw new EntityLimitException($"A transaction stays in partition '{partitionKey}'; found '{entity.PartitionKey}'.");
                SizeOf(entity);
            }
            else if (operation.Kind != EntityOperationKind.Delete)
                throw new EntityLimitException($"{operation.Kind} of row '{operation.RowKey}' needs an entity; found none.");
        }
        if (EntityPayload.BytesOf(partitionKey, operations) is > MaxTransactionBytes and var total)
            throw new EntityLimitException($"A transaction travels as at most {MaxTransactionBytes} bytes; found {total}.");
    }

    public static void CheckTable(string table)
    {
        if (!TableName().IsMatch(table))
            throw new EntityLimitException($"A table name is 3 to 63 letters and digits and starts with a letter; found '{table}'.");
    }

    public static void CheckKey(string what, string key)
    {
        if (key.Length > MaxKeyChars)
            throw new EntityLimitException($"A {what} has at most {MaxKeyChars} characters; found {key.Length}.");
        foreach (char c in key)
        {
            if (c is '/' or '\\' or '#' or '?' || char.IsControl(c))
                throw new EntityLimitException($"A {what} holds no / \\ # ? or control characters; found U+{(int)c:X4} in '{key}'.");
        }
    }

    /// <summary>An entity's size by Table Storage's formula, after checking each column.</summary>
    public static int SizeOf(Entity entity)
    {
        int size = 4 + (entity.PartitionKey.Length + entity.RowKey.Length) * 2;
        if (entity.Properties.Count > MaxProperties)
            throw new EntityLimitException(
                $"An entity has at most {MaxProperties} columns; row '{entity.RowKey}' has {entity.Properties.Count}."
            );
        foreach (var (name, value) in entity.Properties)
        {
            CheckPropertyName(entity, name);
            size += 8 + name.Length * 2 + SizeOf(entity, name, value);
        }
        if (size > MaxEntityBytes)
            throw new EntityLimitException($"An entity has at most {MaxEntityBytes} bytes; row '{entity.RowKey}' has {size}.");
        return size;
    }

    private static void CheckPropertyName(Entity entity, string name)
    {
        if (name.Length is 0 or > MaxPropertyNameChars)
            throw new EntityLimitException(
                $"A column name has 1 to {MaxPropertyNameChars} characters; found {name.Length} in row '{entity.RowKey}'."
            );
        if (name is nameof(Entity.PartitionKey) or nameof(Entity.RowKey) or "Timestamp")
            throw new EntityLimitException($"Table Storage keeps the column '{name}' for itself; row '{entity.RowKey}' sets it.");
        bool isIdentifier = char.IsLetter(name[0]) || name[0] == '_';
        foreach (char c in name)
            isIdentifier &= char.IsLetterOrDigit(c) || c == '_';
        if (!isIdentifier)
            throw new EntityLimitException(
                $"A column name holds letters, digits and _ and starts with no digit; found '{name}' in row '{entity.RowKey}'."
            );
    }

    private static int SizeOf(Entity entity, string name, object value)
    {
        switch (value)
        {
            case string text when text.Length > MaxStringChars:
                throw new EntityLimitException(
                    $"A text column has at most {MaxStringChars} characters; '{name}' of row '{entity.RowKey}' has {text.Length}."
                );
            case byte[] bytes when bytes.Length > MaxPropertyBytes:
                throw new EntityLimitException(
                    $"A binary column has at most {MaxPropertyBytes} bytes; '{name}' of row '{entity.RowKey}' has {bytes.Length}."
                );
            case DateTimeOffset time when time < MinTime:
                throw new EntityLimitException(
                    $"A time column starts at {MinTime:yyyy-MM-dd}; '{name}' of row '{entity.RowKey}' has {time:O}."
                );
            case string text:
                return text.Length * 2 + 4;
            case byte[] bytes:
                return bytes.Length + 4;
            case int:
                return 4;
            case bool:
                return 1;
            case long or double or DateTimeOffset:
                return 8;
            case Guid:
                return 16;
            default:
                throw new EntityLimitException(
                    $"Column '{name}' of row '{entity.RowKey}' has the type {value.GetType().Name}, which Table Storage does not have."
                );
        }
    }

    [GeneratedRegex(
        "^[A-Za-z][A-Za-z0-9]{2,62}$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex TableName();
}

/// <summary>A write that Table Storage would refuse: a defect of the caller, never transient.</summary>
public sealed class EntityLimitException(string message) : ArgumentException(message);

/// <summary>The store or queue is busy or out of reach for now; trying again later may help.</summary>
public sealed class TransientStoreException(string message, Exception? inner = null, TimeSpan? retryAfter = null)
    : Exception(message, inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
