using System.Text;

namespace Signals.Core.Intake.Text;

/// <summary>
/// Lower case without accents. People write "déçu", "deçu" and "decu"; the lists need to hold one of them. (Unicode normalization needs
/// globalization data that the app does without.)
/// </summary>
internal static class LetterFolding
{
    /// <summary>The plain form of a Latin letter; other characters are only put in lower case.</summary>
    public static char Fold(char letter)
    {
        if (letter < '\u0080')
            return char.ToLowerInvariant(letter);
        return char.ToLowerInvariant(letter) switch
        {
            >= 'à' and <= 'å' => 'a',
            'ç' => 'c',
            >= 'è' and <= 'ë' => 'e',
            >= 'ì' and <= 'ï' => 'i',
            'ñ' => 'n',
            (>= 'ò' and <= 'ö') or 'ø' => 'o',
            >= 'ù' and <= 'ü' => 'u',
            'ý' or 'ÿ' => 'y',
            var other => other,
        };
    }

    /// <summary>A text in its plain form, apostrophes alike, without marks.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (char letter in text)
        {
            if (IsMark(letter))
                continue;
            if (Ligature(letter) is { } two)
                folded.Append(two);
            else
                folded.Append(letter is '’' ? '\'' : Fold(letter));
        }
        return folded.ToString();
    }

    /// <summary>Letters that are written as two: "œ" is "oe".</summary>
    public static string? Ligature(char letter) =>
        letter switch
        {
            'œ' or 'Œ' => "oe",
            'æ' or 'Æ' => "ae",
            'ß' => "ss",
            _ => null,
        };

    /// <summary>An accent that stands as a character of its own, as some keyboards write it; and marks that only shape emoji.</summary>
    public static bool IsMark(char character) => character is (>= '\u0300' and <= '\u036f') or '\u200d' or (>= '\ufe00' and <= '\ufe0f');
}
