using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Signals.Core.Platform.Addresses;

/// <summary>
/// Puts a letter and the mark after it together (NFC), for text whose marks stand in their canonical order, as every program writes them
/// that takes letters apart. The platform's own normalization does nothing where globalization is invariant, as it is here.
/// </summary>
/// <remarks>
/// <c>compositions.txt</c>: the whole letter, the letter and the mark, by code point. Source: Unicode Character Database 14.0,
/// canonical decompositions without the composition exclusions.
/// </remarks>
internal static class Composition
{
    private const string Resource = "Addresses/compositions.txt";

    private static readonly Lazy<FrozenDictionary<(char, char), char>> Pairs = new(Read);

    public static string Compose(string text)
    {
        if (Ascii.IsValid(text) || !text.Any(IsMark))
            return text;
        var composed = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (composed.Length > 0 && Pairs.Value.TryGetValue((composed[^1], c), out char whole))
                composed[^1] = whole;
            else
                composed.Append(c);
        }
        return composed.ToString();
    }

    private static bool IsMark(char c) =>
        c >= '\u0300' && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static FrozenDictionary<(char, char), char> Read()
    {
        using var stream = typeof(Composition).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        var pairs = new Dictionary<(char, char), char>();
        while (reader.ReadLine() is { } line)
        {
            char[] points =
            [
                .. line.Split(' ').Select(point => (char)int.Parse(point, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
            ];
            pairs[(points[1], points[2])] = points[0];
        }
        return pairs.ToFrozenDictionary();
    }
}
