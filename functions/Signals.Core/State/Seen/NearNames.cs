using System.Globalization;
using System.Text;

namespace Signals.Core.State.Seen;

/// <summary>
/// Whether a name that came is probably meant for one that the model reads. Two tests, both bounded: the same words (whatever the case,
/// spaces, underscores, dots, dashes or camel case, plural, order), or as many words of which each differs by a slip of the keyboard.
/// </summary>
/// <remarks>
/// A slip keeps a word's first letter and all digits, for <c>Enabled</c> is not <c>Disabled</c> and <c>Step 1 Done</c> not <c>Step 2
/// Done</c>; words under <see cref="ShortWord"/> letters must be the same.
/// </remarks>
public static class NearNames
{
    /// <summary>Longer names are compared by their beginning.</summary>
    public const int MaxChars = 120;

    private const int ShortWord = 4;

    /// <summary>A word of so many letters may hold two slips.</summary>
    private const int LongWord = 9;

    /// <summary>Names are written so that those alike have the same key.</summary>
    public static NearKey KeyOf(string name)
    {
        var words = Words(name);
        return new NearKey(string.Join(' ', words.Order(StringComparer.Ordinal)), words);
    }

    /// <summary>Null when one is not probably meant for the other; names that are the same are not near.</summary>
    public static Nearness? Compare(NearKey one, NearKey other)
    {
        if (one.Words.Count == 0)
            return null;
        if (one.Joined == other.Joined)
            return Nearness.Spelling;
        if (one.Sorted == other.Sorted)
            return Nearness.Order;
        if (one.Words.Count != other.Words.Count)
            return null;
        for (int i = 0; i < one.Words.Count; i++)
        {
            if (!IsSlip(one.Words[i], other.Words[i]))
                return null;
        }
        return Nearness.Slip;
    }

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        string text = name.Length > MaxChars ? name[..MaxChars] : name;
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            if (!char.IsLetterOrDigit(letter) && !char.IsSurrogate(letter))
            {
                End();
                continue;
            }
            // camelCase and HTMLParser both break before a capital that begins a word.
            bool begins =
                i > 0
                && char.IsUpper(letter)
                && (
                    char.IsLower(text[i - 1])
                    || char.IsDigit(text[i - 1])
                    || (char.IsUpper(text[i - 1]) && i + 1 < text.Length && char.IsLower(text[i + 1]))
                );
            if (begins)
                End();
            word.Append(char.ToLowerInvariant(letter));
        }
        End();
        return words;

        void End()
        {
            if (word.Length > 0)
                words.Add(Singular(word.ToString()));
            word.Clear();
        }
    }

    /// <summary>English plurals: what both sides lose alike need not be right, only the same.</summary>
    private static string Singular(string word)
    {
        if (word.Length < ShortWord || word.EndsWith("ss", StringComparison.Ordinal))
            return word;
        if (word.EndsWith("ies", StringComparison.Ordinal))
            return word[..^3] + "y";
        return word.EndsWith('s') ? word[..^1] : word;
    }

    private static bool IsSlip(string one, string other)
    {
        if (one == other)
            return true;
        int shorter = Math.Min(one.Length, other.Length);
        int slips = shorter >= LongWord ? 2 : 1;
        return shorter >= ShortWord
            && one[0] == other[0]
            && Math.Abs(one.Length - other.Length) <= slips
            && Digits(one) == Digits(other)
            && Distance(one, other) <= slips;
    }

    private static string Digits(string word) => string.Concat(word.Where(letter => CharUnicodeInfo.GetDecimalDigitValue(letter) >= 0));

    /// <summary>Optimal string alignment: insertions, deletions, replacements and swaps of neighbours.</summary>
    private static int Distance(string left, string right)
    {
        int[] before = new int[right.Length + 1],
            last = [.. Enumerable.Range(0, right.Length + 1)],
            row = new int[right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, last, row) = (last, row, before);
        }
        return last[right.Length];
    }
}

/// <summary>A name as it is compared.</summary>
/// <param name="Sorted">Its words in alphabetical order.</param>
/// <param name="Words">Its words, small, in the singular.</param>
public sealed record NearKey(string Sorted, IReadOnlyList<string> Words)
{
    /// <summary>The words without anything between them: <c>sign up</c> and <c>signup</c> are one.</summary>
    public string Joined { get; } = string.Concat(Words);
}

/// <summary>What one name has of another.</summary>
public enum Nearness
{
    /// <summary>The same words, written otherwise: case, spaces, underscores, camel case, plural.</summary>
    Spelling,

    /// <summary>The same words in another order.</summary>
    Order,

    /// <summary>A letter or two are others.</summary>
    Slip,
}
