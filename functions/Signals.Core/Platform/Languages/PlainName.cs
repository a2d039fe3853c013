using System.Diagnostics.CodeAnalysis;

namespace Signals.Core.Platform.Languages;

/// <summary>
/// Names compared without case, spaces and signs: <c>emailOptOut</c>, <c>email_opt_out</c> and <c>Email Opt-Out</c> are one.
/// </summary>
public sealed class PlainName : IEqualityComparer<string>
{
    private const char End = '\0';

    public static PlainName Comparer { get; } = new();

    public static string Of(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Makes nothing, for each event's name is asked for.</summary>
    public bool Equals(string? x, string? y)
    {
        if (x is null || y is null)
            return x is null && y is null;
        int i = 0,
            j = 0;
        while (true)
        {
            char left = Next(x, ref i),
                right = Next(y, ref j);
            if (left != right)
                return false;
            if (left == End)
                return true;
        }
    }

    public int GetHashCode([DisallowNull] string obj)
    {
        var hash = new HashCode();
        for (int i = 0; Next(obj, ref i) is var letter and not End; )
            hash.Add(letter);
        return hash.ToHashCode();
    }

    /// <summary>The next letter or digit, small; <see cref="End"/> after the last.</summary>
    private static char Next(string name, ref int at)
    {
        while (at < name.Length)
        {
            char letter = name[at++];
            if (char.IsLetterOrDigit(letter))
                return char.ToLowerInvariant(letter);
        }
        return End;
    }
}
