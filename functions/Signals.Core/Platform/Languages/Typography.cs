using System.Text.RegularExpressions;

namespace Signals.Core.Platform.Languages;

/// <summary>What a language asks for that nobody can see, so that nobody has to type it.</summary>
public static partial class Typography
{
    /// <summary>French puts a space before its double signs and inside its quotes, and lines do not break there.</summary>
    public static string Apply(string text, string locale) =>
        locale == "fr" || locale.StartsWith("fr-", StringComparison.Ordinal) ? FrenchSpaces().Replace(text, "\u00a0") : text;

    [GeneratedRegex(" (?=[;:!?»%])|(?<=«) ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FrenchSpaces();
}
