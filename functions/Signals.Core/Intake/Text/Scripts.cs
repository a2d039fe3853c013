namespace Signals.Core.Intake.Text;

/// <summary>Languages that are known by the letters they are written in.</summary>
internal static class Scripts
{
    private static readonly (char First, char Last, string Language)[] Ranges =
    [
        ('\u0370', '\u03ff', "el"),
        ('\u0400', '\u04ff', "ru"),
        ('\u0590', '\u05ff', "he"),
        ('\u0600', '\u06ff', "ar"),
        ('\u0900', '\u097f', "hi"),
        ('\u0e00', '\u0e7f', "th"),
        ('\u3040', '\u30ff', "ja"),
        ('\u4e00', '\u9fff', "zh"),
        ('\uac00', '\ud7af', "ko"),
    ];

    /// <summary>The language of the script that most letters belong to; null when that is Latin or none of these.</summary>
    public static string? LanguageOf(string text)
    {
        var counts = new int[Ranges.Length];
        var others = 0;
        foreach (var character in text)
        {
            if (!char.IsLetter(character))
                continue;
            var range = character < Ranges[0].First ? -1 : Array.FindIndex(Ranges, r => character >= r.First && character <= r.Last);
            if (range >= 0)
                counts[range]++;
            else
                others++;
        }

        var most = counts.Max();
        if (most == 0 || counts.Sum() <= others)
            return null;
        var language = Ranges[Array.IndexOf(counts, most)].Language;
        // Japanese is written in Chinese characters with some kana in between.
        var hasKana = counts[Array.FindIndex(Ranges, r => r.Language == "ja")] > 0;
        return language == "zh" && hasKana ? "ja" : language;
    }
}
