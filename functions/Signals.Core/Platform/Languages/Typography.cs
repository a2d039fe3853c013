using System.Text.RegularExpressions;

namespace Signals.Core.Platform.Languages;

/// <summary>What a language asks for that nobody can see, so that nobody has to type it.</summary>
public static partial class Typography
{
    /// <summary>French puts a space before its double signs and inside its quotes, and lines do not break there.</summary>
    public static string Apply(string text, string locale) =>
        locale == "fr" || locale.StartsWith("fr-", StringComparison.Ordinal) ? FrenchSpaces().Replace(text, "${quote}\u00a0${sign}") : text;

    [GeneratedRegex(
        " (?<sign>[;:!?»%])|(?<quote>«) ",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex FrenchSpaces();
}
