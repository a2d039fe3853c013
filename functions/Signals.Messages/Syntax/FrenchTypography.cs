using System.Text.RegularExpressions;

namespace Signals.Messages.Syntax;

/// <summary>No-break spaces where French asks for them, so that nobody has to type what nobody can see.</summary>
internal static partial class FrenchTypography
{
    /// <summary>Before ; : ! ? % and », and after «. U+00A0 everywhere: mail programs' fonts often lack the narrow one.</summary>
    public static string Apply(string text, string locale) =>
        locale == "fr" || locale.StartsWith("fr-", StringComparison.Ordinal) ? Spaces().Replace(text, "\u00a0") : text;

    [GeneratedRegex(" (?=[;:!?»%])|(?<=«) ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Spaces();
}
