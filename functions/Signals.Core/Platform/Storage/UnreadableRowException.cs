namespace Signals.Core.Platform.Storage;

/// <summary>
/// A row whose bytes this version of Signals cannot read: a newer one wrote them, or they are damaged. Concerns what the row is about and
/// nobody else, and stays so until a person mends it.
/// </summary>
public sealed class UnreadableRowException(string partitionKey, string rowKey, Exception inner)
    : Exception($"Row '{rowKey}' of '{partitionKey}' cannot be read: {inner.Message}", inner)
{
    public string PartitionKey { get; } = partitionKey;

    public string RowKey { get; } = rowKey;

    /// <summary>What is wrong with the bytes.</summary>
    public string Reason { get; } = inner.Message;
}
