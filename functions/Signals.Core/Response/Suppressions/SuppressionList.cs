using System.Runtime.CompilerServices;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Response.Suppressions;

/// <summary>
/// Who may want no mail: list <c>suppressed</c>, a row a recipient's key. A row is a hint, written before the recipient's own row says so;
/// readers ask that one.
/// </summary>
public sealed class SuppressionList(IEntityStore store)
{
    private const string Name = "suppressed";

    private readonly ShardedList _list = new(store);

    public Task AddAsync(string recipient, CancellationToken cancellationToken) =>
        _list.PutAsync(new Entity(ShardedList.Partition(Name, recipient), recipient), cancellationToken);

    /// <summary>Every recipient's key, in order.</summary>
    public async IAsyncEnumerable<string> ReadAsync(int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _list.ReadAsync(Name, null, pageSize, cancellationToken))
            yield return row.RowKey;
    }
}
