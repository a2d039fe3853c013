using Azure.Data.Tables;
using Signals.Core.Platform.Storage;

namespace Signals.Azure.Storage;

/// <summary>A query's range as an OData filter.</summary>
/// <remarks>
/// Pages go on behind the last row given out. The service's own continuation names the row that comes next, and would pass over one
/// inserted between the two.
/// </remarks>
internal static class RangeFilter
{
    /// <exception cref="ArgumentException">The continuation is none that a page gave.</exception>
    public static string Of(EntityQuery query)
    {
        string from = ContinuationToken.Resume(query);
        // No row key holds a control character: one at the end means "behind this row".
        bool isBehind = from.EndsWith('\0');
        if (isBehind)
            from = from[..^1];

        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {query.PartitionKey}");
        if (isBehind)
            filter += " and " + TableClient.CreateQueryFilter($"RowKey gt {from}");
        else if (from.Length > 0)
            filter += " and " + TableClient.CreateQueryFilter($"RowKey ge {from}");
        if (query.To is { } to)
            filter += " and " + TableClient.CreateQueryFilter($"RowKey lt {to}");
        return filter;
    }
}
