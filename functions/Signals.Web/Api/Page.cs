namespace Signals.Web.Api;

/// <summary>
/// Part of a list. <paramref name="Next"/> is the cursor of what follows, null at the end. A page may hold fewer items than it could, even
/// none, and still be followed by more: a request reads a bounded number of rows.
/// </summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    public const int Size = 50;
}
