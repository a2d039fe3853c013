namespace Signals.Core.Intake.Text;

/// <summary>The language of a locale: "fr-CA" and "fr_CA" are "fr".</summary>
internal static class LanguageCode
{
    /// <summary>Two or three small letters; null when nothing, or something else, was given.</summary>
    public static string? Of(string? locale)
    {
        var primary = locale?.Split('-', '_')[0].ToLowerInvariant();
        return primary is { Length: 2 or 3 } && primary.All(char.IsAsciiLetterLower) && primary != LanguageDetector.Unknown
            ? primary
            : null;
    }
}
