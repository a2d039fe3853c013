namespace Signals.Core.Platform.Storage;

/// <summary>
/// The continuation of adapters that page by row key: it names the last row given out, so that reading goes on behind it
/// whatever was inserted or deleted in between.
/// </summary>
public static class ContinuationToken
{
    private const char Mark = '>';

    /// <summary>The continuation of a page whose last row is <paramref name="rowKey"/>.</summary>
    public static string After(string rowKey) => Mark + rowKey;

    /// <summary>
    /// The first row key that the next page may hold (inclusive), never before the query's own range.
    /// Throws <see cref="ArgumentException"/> for a text that no page gave out.
    /// </summary>
    public static string Resume(EntityQuery query)
    {
        string from = query.From ?? "";
        if (query.Continuation is not { } token)
            return from;
        if (token.Length is 0 or > EntityLimits.MaxKeyChars + 1 || token[0] != Mark)
            throw new ArgumentException(
                $"Found the continuation '{token[..Math.Min(token.Length, 40)]}'; expected one that an earlier page gave.",
                nameof(query)
            );
        // U+0000 makes the smallest key behind the last one; no row has it.
        string next = string.Concat(token.AsSpan(1), "\0");
        return string.CompareOrdinal(next, from) > 0 ? next : from;
    }
}
