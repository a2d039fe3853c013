using System.Text.Json;

namespace Signals.Audit;

/// <summary>Which licences may come in, and which one a package has that names none by its SPDX id: <c>.ci/licences.json</c>.</summary>
/// <param name="Shipped">SPDX ids that may come with the apps.</param>
/// <param name="InTests">Those that may beside them serve build and tests.</param>
/// <param name="Addresses">The SPDX id behind an address that older packages name.</param>
/// <param name="Files">The SPDX id of packages whose licence is a file in them, which somebody has read.</param>
public sealed record LicenceRules(
    IReadOnlyList<string> Shipped,
    IReadOnlyList<string> InTests,
    IReadOnlyDictionary<string, string> Addresses,
    IReadOnlyDictionary<string, string> Files
)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static LicenceRules Read(string file) => JsonSerializer.Deserialize<LicenceRules>(File.ReadAllBytes(file), Options)!;

    /// <summary>Why a package may not come in: what was found and what is expected. Null for one that may.</summary>
    public string? FaultOf(Dependency dependency)
    {
        string[] allowed = dependency.IsShipped ? [.. Shipped] : [.. Shipped, .. InTests];
        var (found, licence) = dependency.Licence switch
        {
            { Expression: { } expression } => ($"the licence {expression}", expression),
            { File: { } file } => ($"a licence file, {file}", Files.GetValueOrDefault(dependency.Name)),
            { Address: { } address } => ($"a licence's address, {address}", Addresses.GetValueOrDefault(address)),
            _ => ("no licence", null),
        };
        if (licence is not null && IsAllowed(licence, allowed))
            return null;
        string expected =
            licence is null && dependency.Licence.Expression is null && (dependency.Licence.File ?? dependency.Licence.Address) is not null
                ? $"one that .ci/licences.json knows, under \"{(dependency.Licence.File is null ? "addresses" : "files")}\""
                : $"one of {string.Join(", ", allowed)}{(dependency.IsShipped ? ", as it ships with an app" : "")}";
        string known = licence is null || licence == dependency.Licence.Expression ? "" : $" which is {licence},";
        return $"{dependency.Name} {dependency.Version}: found {found},{known} expected {expected}.";
    }

    /// <summary>An expression of ids with AND and OR (SPDX): one that may be chosen is enough, all that come together are needed.</summary>
    private static bool IsAllowed(string expression, IReadOnlyCollection<string> allowed)
    {
        string text = expression.Trim();
        while (text.StartsWith('(') && text.EndsWith(')') && ClosesAtEnd(text))
            text = text[1..^1].Trim();
        return Split(text, " OR ") is { Count: > 1 } choices ? choices.Any(choice => IsAllowed(choice, allowed))
            : Split(text, " AND ") is { Count: > 1 } parts ? parts.All(part => IsAllowed(part, allowed))
            : allowed.Contains(text, StringComparer.Ordinal);
    }

    private static bool ClosesAtEnd(string text)
    {
        int depth = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            if (depth == 0 && i < text.Length - 1)
                return false;
        }
        return true;
    }

    /// <summary>The parts between a word that stands in no parentheses.</summary>
    private static List<string> Split(string text, string word)
    {
        var parts = new List<string>();
        int depth = 0,
            from = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '(')
                depth++;
            else if (text[i] == ')')
                depth--;
            else if (depth == 0 && string.CompareOrdinal(text, i, word, 0, word.Length) == 0)
            {
                parts.Add(text[from..i]);
                from = i + word.Length;
            }
        }
        parts.Add(text[from..]);
        return parts;
    }
}
