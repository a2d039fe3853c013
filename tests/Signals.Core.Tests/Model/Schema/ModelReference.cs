using System.Text.RegularExpressions;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model.Schema;

/// <summary>What docs/value-model.md says of each property, by its path: <c>features[].plans</c>, <c>plans.*.price</c>.</summary>
internal static partial class ModelReference
{
    /// <summary>Where the tables of a section begin in the model.</summary>
    private static readonly Dictionary<string, string> Sections = new(StringComparer.Ordinal)
    {
        ["## The product"] = "",
        ["## `value` (required)"] = "value",
        ["## `features`: a list"] = "features[]",
        ["## `reach`"] = "reach",
        ["## `onboarding`: a list of steps, in order"] = "onboarding[]",
        ["## `goals`: a list of what customers come for"] = "goals[]",
        ["## `segments`: a list of sets of accounts with a name"] = "segments[]",
        ["## `friction`: a list of kinds of obstacles"] = "friction[]",
        ["## What customers say and pay"] = "",
        ["### People who are no customers"] = "people.leaveOut[]",
        ["### Ids"] = "",
        ["## `surveys`: a list of questions"] = "surveys[]",
        ["## `sunsets`: a list"] = "sunsets[]",
        ["## `planSunsets`: a list of plans that end"] = "planSunsets[]",
        ["## `causes`"] = "causes",
        ["## `playbooks`: by cause"] = "playbooks.CAUSE",
        ["## `outreach`"] = "outreach",
        ["## `doors`: a list of services that tell what happens there"] = "doors[]",
        ["## `webhooks`: a list of systems that are told"] = "webhooks[]",
        ["## `incidents`"] = "incidents[]",
        ["## `alerts`"] = "alerts",
        ["## `risk`: the score as history taught it"] = "risk",
    };

    public static IReadOnlyDictionary<string, string> Read()
    {
        string page = File.ReadAllText(Path.Combine(ModelFile.SamplesFolder, "..", "docs", "value-model.md")).ReplaceLineEndings("\n");
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        string? section = null;
        bool isReference = false;
        foreach (string line in page.Split('\n'))
        {
            if (line.StartsWith('#'))
                section = Sections.GetValueOrDefault(line);
            if (line.StartsWith("| property |", StringComparison.Ordinal) || line.StartsWith("| cause | numbers", StringComparison.Ordinal))
                isReference = true;
            else if (!line.StartsWith('|'))
                isReference = false;
            else if (section is not null && isReference && !line.StartsWith("| ---", StringComparison.Ordinal))
                Add(said, section, line);
        }
        return said;
    }

    private static void Add(Dictionary<string, string> said, string section, string line)
    {
        string[] cells = [.. CellPattern().Split(line.Trim('|', ' ')).Select(cell => cell.Trim())];
        string meaning = Plain(cells[^1].Length > 0 ? cells[^1] : cells[1]);
        string previous = "";
        foreach (Match name in NamePattern().Matches(cells[0]))
        {
            string path = name.Groups["name"].Value;
            if (path.StartsWith('.'))
                path = previous[..previous.LastIndexOf('.')] + path;
            previous = path;
            path = path.Replace("ID", "*", StringComparison.Ordinal).Replace("TRAIT", "*", StringComparison.Ordinal);
            said[section.Length == 0 ? path : $"{section}.{path}"] = meaning;
        }
    }

    /// <summary>The text without the links and signs of a page.</summary>
    private static string Plain(string text) =>
        LinkPattern().Replace(text, "${text}").Replace("`", "", StringComparison.Ordinal).Replace(@"\|", "|", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CellPattern();

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinkPattern();
}
