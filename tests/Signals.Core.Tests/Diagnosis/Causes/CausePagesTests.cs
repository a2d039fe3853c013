using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>
/// The page of each cause, made of the code: its rule's own words and formula, its numbers as the reader takes them, and its playbook.
/// <c>SIGNALS_UPDATE_SNAPSHOTS=1</c> writes them; without it they are held.
/// </summary>
public sealed partial class CausePagesTests
{
    private const string Generated = "<!-- Made of the code by CausePagesTests: SIGNALS_UPDATE_SNAPSHOTS=1 writes it anew. -->";

    private static readonly string Root = Path.GetFullPath(Path.Combine(ModelFile.SamplesFolder, ".."));

    private static readonly string Pages = Path.Combine(Root, "docs", "causes");

    public static TheoryData<string> Ids => [.. CauseCatalogue.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_causes_page_is_what_the_code_says(string id) => Hold(Path.Combine(Pages, id + ".md"), PageOf(CauseCatalogue.Find(id)!));

    [Fact]
    public void The_list_names_every_cause()
    {
        var page = new StringBuilder("# Causes\n\n").Append(Generated).Append("\n\n");
        page.Append(
            "Why value is missing, in the order in which causes are told. Each page has the rule and its formula, the numbers a model can set, and what follows.\n\n"
        );
        page.Append("| cause | | what is seen |\n| --- | --- | --- |\n");
        foreach (var cause in CauseCatalogue.All)
            page.Append($"| [{cause.Name}]({cause.Id}.md) | `{cause.Id}` | {Words(CommentOf(RuleFile(cause), "summary"), cause)} |\n");
        Hold(Path.Combine(Pages, "index.md"), page.ToString());
    }

    [Fact]
    public void There_is_no_page_of_a_cause_that_is_gone() =>
        Assert.Equal(
            CauseCatalogue.Ids.Append("index").Order(StringComparer.Ordinal),
            Directory.GetFiles(Pages).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)
        );

    private static void Hold(string file, string expected)
    {
        if (Environment.GetEnvironmentVariable("SIGNALS_UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Pages);
            File.WriteAllText(file, expected);
        }
        Assert.Equal(expected, File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    private static string PageOf(Cause cause)
    {
        var page = new StringBuilder($"# {cause.Name}\n\n{Generated}\n\n");
        page.Append($"`{cause.Id}`: a cause of {(cause.PersonRule is null ? "the account" : "people")}.\n\n");
        page.Append($"{Words(CommentOf(RuleFile(cause), "summary"), cause)}\n\n");
        page.Append($"## When it holds\n\n{Words(CommentOf(SettingsFile(cause), "summary"), cause)}\n\n");
        if (CommentOf(RuleFile(cause), "remarks") is { Length: > 0 } formula)
            page.Append($"## How sure it is\n\n{Words(formula, cause)}\n\n");
        page.Append("From 0.5 on it is sure enough to write to somebody; ")
            .Append("[how causes are judged](../value-model.md#how-a-cause-is-judged) holds for all.\n\n");
        page.Append(
            $"## Its numbers\n\nIn the model under `causes.{cause.Id}`.\n\n| number | default | least | most |\n| --- | --- | --- | --- |\n"
        );
        foreach (var (name, number) in NumbersOf(cause))
            page.Append(
                $"| `{name}` | {number["default"]!.ToJsonString()} | {number["minimum"]!.ToJsonString()} | {number["maximum"]!.ToJsonString()} |\n"
            );
        page.Append(WeightOf(cause));
        page.Append(PlaybookOf(cause));
        if (cause.Questions.Count > 0)
        {
            page.Append("\n## What a manager might ask\n\n");
            foreach (var question in cause.Questions)
                page.Append($"- {question}\n");
        }
        return page.ToString();
    }

    private static string WeightOf(Cause cause) =>
        $"\n## What it weighs\n\nBeside other causes it is worth helping with like a score of {cause.Score:0.##} (of 1). "
        + $"It adds up to {cause.Evidence.AddsAt(1):0.##} to the log-odds of leaving soon, when it is certain and about the whole account "
        + "([why](../decisions/risk.md)); a [calibrated model](../backtesting.md) has its own.\n";

    private static string PlaybookOf(Cause cause)
    {
        var playbook = cause.PlaybookFor(new BillingDefinition { Recovered = ["billing.recovered"] });
        string goal = playbook.Goal switch
        {
            null => "none",
            { Floor: true } => "the floor is reached",
            { Step: { } step } => step == Goal.Any ? "the step is done" : $"the step `{step}` is done",
            { Feature: { } feature } => feature == Goal.Any ? "the feature is used" : $"the feature `{feature}` is used",
            { Event: { } name } => $"an event of `{name}`",
            _ => "none",
        };
        string alert = playbook.Alert is RiskLevel.Healthy ? "always" : playbook.Alert?.Name() ?? "never";
        return $"""

            ## What follows

            | | |
            | --- | --- |
            | message | {(playbook.Message is { } message ? $"`{message}`, to {AudienceOf(playbook.To)}" : "none: a person answers")} |
            | follow-up | {(playbook.FollowUp is { } again ? $"`{again.Message}`, {again.Days} days later" : "none")} |
            | it worked when | {goal}, within {playbook.GoalDays} days |
            | not again for | {playbook.CooldownDays} days |
            | priority | {playbook.Priority} of 100 |
            | the manager is alerted from | {alert} |

            `playbooks.{cause.Id}` [changes each](../value-model.md#playbooks-by-cause).

            """.ReplaceLineEndings("\n");
    }

    private static string AudienceOf(Audience to) =>
        to switch
        {
            Audience.Person => "the person it was found in",
            Audience.Champion => "the champion",
            Audience.Admin => "an administrator",
            _ => "the next most active person",
        };

    /// <summary>The numbers with what the reader takes of each.</summary>
    private static IEnumerable<(string Name, JsonObject Number)> NumbersOf(Cause cause) =>
        ValueModelSchema.Of(CauseCatalogue.All)["properties"]!["causes"]!["properties"]![cause.Id]!["properties"]!
            .AsObject()
            .Select(property => (property.Key, property.Value!.AsObject()));

    private static string RuleFile(Cause cause)
    {
        object rule = (object?)cause.PersonRule ?? cause.AccountRule!;
        return Source(cause, rule.GetType().Name);
    }

    private static string SettingsFile(Cause cause) => Source(cause, cause.UsualSettings.GetType().Name);

    private static string Source(Cause cause, string type)
    {
        string folder = cause.GetType().Namespace!.Split('.')[^1];
        return File.ReadAllText(Path.Combine(Root, "functions", "Signals.Core", "Diagnosis", "Causes", folder, type + ".cs"));
    }

    /// <summary>What the type's comment says under a tag, without the tags around it.</summary>
    private static string CommentOf(string source, string tag)
    {
        string head = source[..source.IndexOf("\npublic sealed", StringComparison.Ordinal)];
        string comment = string.Join(
            ' ',
            head.Split('\n').Where(line => line.StartsWith("///", StringComparison.Ordinal)).Select(line => line[3..].Trim())
        );
        var match = Regex.Match(comment, $"<{tag}>(?<text>.*?)</{tag}>", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        return match.Groups["text"].Value.Trim();
    }

    /// <summary>The comment as a page says it: a number by its name in the model, another type by what it is.</summary>
    private static string Words(string comment, Cause cause)
    {
        var numbers = NumbersOf(cause).Select(number => number.Name).ToHashSet(StringComparer.Ordinal);
        string text = SeePattern()
            .Replace(
                comment,
                match =>
                {
                    string name = match.Groups["name"].Value.Split('.')[^1];
                    string number = char.ToLowerInvariant(name[0]) + name[1..];
                    return numbers.Contains(number) ? $"`{number}`" : SplitPattern().Replace(name, " $0").Trim().ToLowerInvariant();
                }
            );
        return CodePattern()
            .Replace(text, "`${text}`")
            .Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal);
    }

    [GeneratedRegex("<see cref=\"(?<name>[^\"]+)\"\\s*/>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SeePattern();

    [GeneratedRegex("<c>(?<text>[^<]*)</c>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodePattern();

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SplitPattern();
}
