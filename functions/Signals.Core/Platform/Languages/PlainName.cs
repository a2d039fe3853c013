using System.Diagnostics.CodeAnalysis;

namespace Signals.Core.Platform.Languages;

/// <summary>
/// Names compared without case, spaces and signs: <c>emailOptOut</c>, <c>email_opt_out</c> and <c>Email Opt-Out</c> are one.
/// </summary>
public sealed class PlainName : IEqualityComparer<string>
{
    public static PlainName Comparer { get; } = new();

    public static string Of(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    public bool Equals(string? x, string? y) => x is null || y is null ? x is null && y is null : Of(x) == Of(y);

    public int GetHashCode([DisallowNull] string obj) => string.GetHashCode(Of(obj), StringComparison.Ordinal);
}
