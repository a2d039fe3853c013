using System.Text.RegularExpressions;
using Signals.Core.State.People;

namespace Signals.Core.Response.Planning;

/// <summary>
/// How to greet a person. People type anything as their name and importers fill in what they lack, so whatever does not look like a name is
/// none: "Hello," is always right, "Hello test123," never.
/// </summary>
public static partial class GreetingName
{
    private const int MaxChars = 60;

    private static readonly HashSet<string> NoNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "null",
        "none",
        "nil",
        "undefined",
        "unknown",
        "anonymous",
        "n/a",
        "na",
        "nan",
        "test",
        "testing",
        "tester",
        "user",
        "admin",
        "administrator",
        "root",
        "guest",
        "customer",
        "client",
        "name",
        "firstname",
        "first name",
        "your name",
        "no name",
        "noname",
        "support",
        "info",
        "contact",
        "office",
        "sales",
        "team",
        "inconnu",
        "inconnue",
        "anonyme",
        "prénom",
        "prenom",
        "nom",
        "utilisateur",
        "invité",
        "true",
        "false",
        "asdf",
        "qwerty",
        "foo",
        "bar",
        "xxx",
        "aaa",
    };

    private static readonly HashSet<string> Titles = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "sir",
        "herr",
        "frau",
        "monsieur",
        "madame",
        "mme",
        "mlle",
    };

    /// <summary>Languages in which the family's name comes first, so that the first word is none to greet by.</summary>
    private static readonly string[] FamilyFirst = ["hu", "ja", "ko", "vi", "zh"];

    /// <summary>
    /// The first name trait, else the first name in the name trait, as far as that can be told; empty when neither looks like a name.
    /// </summary>
    public static string Of(Profile person) =>
        Checked(person[Traits.FirstName]) is { Length: > 0 } first ? first
        : Checked(person[Traits.FirstNameUnderscored]) is { Length: > 0 } other ? other
        : FirstOf(Checked(person[Traits.Name]), person[Traits.Locale] ?? person[Traits.DeviceLocale] ?? "");

    /// <summary>
    /// "Noah" of "Noah Reyes". A title, an initial, a particle or a script that writes families first leaves the name whole: all of it is
    /// never wrong.
    /// </summary>
    private static string FirstOf(string name, string locale)
    {
        string first = name.Split(' ')[0];
        bool isFirstName =
            first.Length > 1
            && !first.Contains('.', StringComparison.Ordinal)
            && char.IsUpper(first[0])
            && !Titles.Contains(first)
            && !FamilyFirst.Any(language => locale.StartsWith(language, StringComparison.OrdinalIgnoreCase));
        return isFirstName ? first : name;
    }

    /// <summary>The name as it may be greeted, its spaces put in order; empty when it does not look like one.</summary>
    public static string Checked(string? name)
    {
        string trimmed = Spaces().Replace((name ?? "").Trim(), " ");
        return trimmed.Length is > 0 and <= MaxChars && Name().IsMatch(trimmed) && !Linked().IsMatch(trimmed) && !NoNames.Contains(trimmed)
            ? trimmed
            : "";
    }

    /// <summary>
    /// Letters of any script with their marks, and the few signs that names hold; at least one letter, and no mark without one.
    /// </summary>
    [GeneratedRegex(@"^\p{L}[\p{L}\p{M}'’ʼ\-. ·]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    /// <summary>What mail programs would turn into a link by themselves.</summary>
    [GeneratedRegex(@"www\.|[\p{L}]\.\p{L}{2,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Linked();

    [GeneratedRegex(@"[\s\u00a0\u202f]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
