using System.Text.RegularExpressions;
using Signals.Testing;

namespace Signals.Local.Tests.Infrastructure;

/// <summary>What the tests read out of Bicep files: declarations by their shape, no evaluation.</summary>
internal static partial class BicepText
{
    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Repository.Root, "infra", .. path]));

    /// <summary>Every Bicep file, by name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        Directory
            .GetFiles(Path.Combine(Repository.Root, "infra"), "*.bicep", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(Repository.Root, file), File.ReadAllText, StringComparer.Ordinal);

    /// <summary>Parameters and their defaults as written, without quotes; null where there is none.</summary>
    /// <param name="bicep">A template, or a file of parameters.</param>
    /// <param name="assigned">It is a file of parameters, which names no types.</param>
    public static Dictionary<string, string?> Parameters(string bicep, bool assigned = false) =>
        (assigned ? Assigned() : Parameter())
            .Matches(bicep)
            .ToDictionary(
                match => match.Groups["name"].Value,
                match => match.Groups["default"].Success ? match.Groups["default"].Value.Trim('\'') : null,
                StringComparer.Ordinal
            );

    /// <summary>The strings of <c>var name = ['a', 'b']</c>.</summary>
    public static string[] Strings(string bicep, string name) =>
        [
            .. Quoted()
                .Matches(
                    Regex.Match(bicep, $@"^var {name} = \[(?<list>[^\]]*)\]", RegexOptions.Multiline | RegexOptions.NonBacktracking).Value
                )
                .Select(match => match.Groups["text"].Value),
        ];

    /// <summary>The one value of a property, as written.</summary>
    public static string Property(string bicep, string name) =>
        Assert
            .Single(Regex.Matches(bicep, $@"^ *{name}: (?<value>.+)$", RegexOptions.Multiline | RegexOptions.NonBacktracking))
            .Groups["value"]
            .Value.Trim('\'');

    /// <summary>
    /// App settings of the function app: upper case, the host's own, or with the double underscore that separates a section.
    /// </summary>
    public static SortedSet<string> AppSettings(string functionApp)
    {
        int start = functionApp.IndexOf("resource settings ", StringComparison.Ordinal);
        int end = functionApp.IndexOf("\nresource ", start, StringComparison.Ordinal);
        return [.. Setting().Matches(functionApp[start..end]).Select(match => match.Groups["name"].Value)];
    }

    [GeneratedRegex(@"^param (?<name>\w+) [\w\[\]]+( = (?<default>.+))?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^param (?<name>\w+) = (?<default>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assigned();

    [GeneratedRegex("'(?<text>[^']*)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<name>\b([A-Za-z]+__\w+|AzureWebJobs\w+|[A-Z]+(_[A-Z]+)+)): ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Setting();
}
