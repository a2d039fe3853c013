using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Signals.Core.Model.Reading;

/// <summary>How the texts of a model are written, and how JSON Schema says so.</summary>
internal static partial class Expect
{
    /// <summary>What an absolute address without spaces and without a user's name in it leads to; null for any other text.</summary>
    private static Uri? AddressOf(string text) =>
        !text.Any(char.IsWhiteSpace)
        && Uri.TryCreate(text, UriKind.Absolute, out var parsed)
        && parsed.Host.Length > 0
        && parsed.UserInfo.Length == 0
            ? parsed
            : null;

    private static JsonObject TextSchema(string pattern, string? format = null)
    {
        var schema = new JsonObject { ["type"] = "string", ["pattern"] = pattern };
        if (format is not null)
            schema["format"] = format;
        return schema;
    }

    private static JsonObject LengthSchema(int longest, string pattern)
    {
        var schema = TextSchema(pattern);
        (schema["minLength"], schema["maxLength"]) = (1, longest);
        return schema;
    }

    /// <summary>The longest mail address that mail servers take.</summary>
    private const int MaxEmailChars = 254;

    /// <summary>The longest domain that mail servers take.</summary>
    private const int MaxDomainChars = 253;

    /// <summary>
    /// A pattern as JSON Schema has it: ECMA's. How long a text may be is a look ahead there, which our own expressions do without.
    /// </summary>
    private static JsonObject PatternSchema(Regex pattern, int? maxChars = null)
    {
        string text = pattern.ToString().Replace("\\z", "$", StringComparison.Ordinal);
        return TextSchema(maxChars is { } most ? $"^(?=.{{1,{most}}}$){text[1..]}" : text);
    }

    private static JsonObject LocaleSchema(IReadOnlyList<string> languages) =>
        TextSchema($"^({string.Join('|', languages.Select(AnyCase))})(-[A-Za-z0-9]{{2,8}}){{0,3}}$");

    private static string AnyCase(string text) =>
        string.Concat(text.Select(letter => $"[{char.ToLowerInvariant(letter)}{char.ToUpperInvariant(letter)}]"));

    [GeneratedRegex(
        @"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex MomentPattern();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex IdPattern();

    [GeneratedRegex(
        @"^(\*|[A-Za-z0-9][A-Za-z0-9._-]{0,63})\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex IdOrAnyPattern();

    [GeneratedRegex(@"^[A-Z]{3}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex CurrencyPattern();

    [GeneratedRegex(
        @"^[^\s\p{C}@<>,;:""()\[\]\\]{1,64}@" + @"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex EmailPattern();

    [GeneratedRegex(
        @"^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex DomainPattern();

    [GeneratedRegex(
        @"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex LocalePattern();

    [GeneratedRegex(
        @"^[A-Za-z0-9_+-]{1,32}(/[A-Za-z0-9_+-]{1,32}){0,2}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex TimeZonePattern();

    [GeneratedRegex(@"^[A-Z]{2}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex CountryPattern();
}
