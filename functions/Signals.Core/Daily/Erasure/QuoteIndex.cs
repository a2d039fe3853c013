namespace Signals.Core.Daily.Erasure;

/// <summary>
/// Recognises what people wrote wherever it is quoted, also in part, in other letter case and with other spaces: by every run of
/// <see cref="RunChars"/> letters and digits that their texts hold. A text that is shorter is recognised as a whole.
/// </summary>
internal sealed class QuoteIndex
{
    /// <summary>Two texts that share so many letters in a row have them from one another, or say next to nothing.</summary>
    public const int RunChars = 24;

    /// <summary>A text of fewer letters tells nobody apart.</summary>
    private const int LeastChars = 8;

    private const ulong Base = 1_000_003;

    private readonly Dictionary<ulong, ErasureSubject> _runs = [];
    private readonly Dictionary<(int Length, ulong Hash), ErasureSubject> _short = [];

    public void Add(string text, ErasureSubject subject)
    {
        string letters = Letters(text);
        if (letters.Length >= RunChars)
        {
            foreach (ulong hash in Runs(letters, RunChars))
                _runs.TryAdd(hash, subject);
        }
        else if (letters.Length >= LeastChars)
        {
            _short.TryAdd((letters.Length, Runs(letters, letters.Length).Single()), subject);
        }
    }

    /// <summary>Whose words a text holds, or null.</summary>
    public ErasureSubject? Find(string text)
    {
        if (_runs.Count + _short.Count == 0 || text.Length < LeastChars)
            return null;
        string letters = Letters(text);
        if (_runs.Count > 0)
        {
            foreach (ulong hash in Runs(letters, RunChars))
            {
                if (_runs.TryGetValue(hash, out var subject))
                    return subject;
            }
        }
        foreach (int length in _short.Keys.Select(known => known.Length).Distinct())
        {
            foreach (ulong hash in Runs(letters, length))
            {
                if (_short.TryGetValue((length, hash), out var subject))
                    return subject;
            }
        }
        return null;
    }

    private static string Letters(string text) =>
        string.Create(
            text.Count(char.IsLetterOrDigit),
            text,
            static (letters, all) =>
            {
                int count = 0;
                foreach (char c in all)
                {
                    if (char.IsLetterOrDigit(c))
                        letters[count++] = char.ToLowerInvariant(c);
                }
            }
        );

    /// <summary>A hash of each run of a length, each from the one before (Karp and Rabin, 1987).</summary>
    private static IEnumerable<ulong> Runs(string letters, int length)
    {
        if (letters.Length < length)
            yield break;
        ulong hash = 0,
            first = 1;
        for (int i = 0; i < length; i++)
            hash = unchecked((hash * Base) + letters[i]);
        for (int i = 1; i < length; i++)
            first = unchecked(first * Base);
        yield return hash;
        for (int i = length; i < letters.Length; i++)
        {
            hash = unchecked(((hash - (letters[i - length] * first)) * Base) + letters[i]);
            yield return hash;
        }
    }
}
