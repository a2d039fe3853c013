using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Messages.Lint;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;
using Signals.Messages.Syntax;
using Signals.Testing;

namespace Signals.Messages.Tests;

/// <summary>
/// Holds docs/mails.md to the code: the mails and what each says are made of the templates (<c>SIGNALS_UPDATE_SNAPSHOTS=1</c> writes them),
/// and whatever else it names is there.
/// </summary>
public sealed partial class MailPageTests
{
    private const string Begin = "<!-- Made of the templates by MailPageTests: SIGNALS_UPDATE_SNAPSHOTS=1 writes it anew. -->\n";
    private const string End = "<!-- Until here. -->\n";

    private static readonly string PagePath = Path.Combine(Repository.Root, "docs", "mails.md");

    private static readonly Dictionary<string, string> Occasions = new(StringComparer.Ordinal)
    {
        [OutreachTemplates.Apology] = "[what is broken](value-model.md#incidents) just now, in the place of help",
        [OutreachTemplates.ConfirmAddress] = "whether a new address that was given is the reader's",
        [OutreachTemplates.Survey] = "the question of a [survey](surveys.md)",
    };

    [Fact]
    public void The_mails_and_what_each_says_are_those_of_the_templates()
    {
        string page = Page();
        int from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int to = page.IndexOf(End, StringComparison.Ordinal);
        string expected = $"{page[..from]}\n{Mails()}\n{page[to..]}";
        if (Environment.GetEnvironmentVariable("SIGNALS_UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(PagePath, expected);

        Assert.Equal(expected, Page());
    }

    [Fact]
    public void Every_variable_of_a_customers_mail_is_listed_and_none_that_is_not_there()
    {
        var listed = Rows("variable").SelectMany(cells => Named().Matches(cells[0]).Select(name => name.Groups["name"].Value)).ToList();

        Assert.Equal(listed.Distinct(), listed);
        Assert.Equal(Paths(typeof(MessageVariables), "").Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_variable_of_the_teams_mails_is_named_as_theirs()
    {
        string sentence = Page().Split('\n').Single(line => line.StartsWith("For the team's mails alone", StringComparison.Ordinal));

        Assert.Equal(
            OfTeam.Order(StringComparer.Ordinal),
            Named().Matches(sentence).Select(name => name.Groups["name"].Value).Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain(
            from name in TemplateNames.BuiltIn
            where !TemplateNames.IsForTeam(name)
            from variable in VariablesOf(name)
            select variable,
            OfTeam.Contains
        );
    }

    [Fact]
    public void Every_helper_is_explained_with_as_many_arguments_as_it_takes()
    {
        var shown = Rows("helper")
            .SelectMany(cells => Tag().Matches(cells[0]))
            .ToDictionary(tag => tag.Groups["name"].Value, tag => Argument().Count(tag.Groups["arguments"].Value));

        Assert.Equal(TemplateHelpers.Blocks.Concat(TemplateHelpers.Values).ToDictionary(), shown);
    }

    [Fact]
    public void Every_part_of_the_layout_is_named() =>
        Assert.Equal(MessageParts.LayoutParts, Part().Matches(Page()).Select(part => part.Value).Distinct());

    [Fact]
    public void The_example_is_a_template_without_a_fault()
    {
        string folder = Directory.CreateTempSubdirectory("signals-mail-page-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "en"));
            File.WriteAllText(Path.Combine(folder, "en", "friction.hbs"), Example().Match(Page()).Groups["template"].Value);
            var source = TemplateSource.WithFolder(folder);

            Assert.Empty(MessageLint.Check(source));
            var message = new HandlebarsMessageRenderer(source, ["en"]).Render("friction", "en", Variables.Full("friction"));
            Assert.Equal("About errors while saving", message.Subject);
            Assert.Contains("Hello Ada,", message.Text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What alerts, digests, reports and letters alone are given.</summary>
    private static readonly HashSet<string> OfTeam = new(StringComparer.Ordinal)
    {
        "accountUrl",
        "alert",
        "causes",
        "dashboardUrl",
        "digest",
        "evidence",
        "letter",
        "previousRiskLevel",
        "questions",
        "raisedBy",
        "report",
        "riskLevel",
        "riskScore",
    };

    private static string Page() => File.ReadAllText(PagePath).ReplaceLineEndings("\n");

    private static string Mails()
    {
        var table = new StringBuilder("| template | is about | says, where it is known |\n| --- | --- | --- |\n");
        foreach (string name in TemplateNames.BuiltIn.Where(name => !TemplateNames.IsForTeam(name)))
        {
            string occasion =
                Occasions.TryGetValue(name, out string? other) ? other
                : CauseCatalogue.Find(name) is { } cause ? $"[{cause.Name}](causes/{cause.Id}.md)"
                : $"[{FirstOf(name).Name}](causes/{FirstOf(name).Id}.md) once more, to the same person";
            table.Append($"| `{name}` | {occasion} | {string.Join(", ", VariablesOf(name).Select(variable => $"`{variable}`"))} |\n");
        }
        return table.ToString();
    }

    private static Cause FirstOf(string followUp) =>
        CauseCatalogue.All.Single(cause => PlaybookCatalogue.For(new BillingDefinition())[cause.Id].FollowUp?.Message == followUp);

    /// <summary>The variables of a template that come from the customer or the model, ordered.</summary>
    private static IEnumerable<string> VariablesOf(string name) =>
        Words(TemplateSource.Embedded.Find(name, "en")!.Content)
            .Select(word => word.Split('.')[0])
            .Where(Roots.ContainsKey)
            .Except(["product", "personName", "senderName", "inProduct"], StringComparer.Ordinal)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Words(string template) =>
        TemplateScanner
            .Scan(template)
            .Where(token => token.Kind is TokenKind.Open or TokenKind.Value or TokenKind.Else)
            .SelectMany(token => token.Content.Split(' '));

    private static Dictionary<string, Type> Roots { get; } =
        typeof(MessageVariables)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .ToDictionary(property => CamelCase(property.Name), property => property.PropertyType, StringComparer.Ordinal);

    private static IEnumerable<string> Paths(Type type, string before) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        let name = CamelCase(property.Name)
        where before.Length > 0 || !OfTeam.Contains(name)
        let item = VariableScope.ItemOf(property.PropertyType)
        let inner = item ?? property.PropertyType
        from path in inner.Namespace?.StartsWith("Signals.", StringComparison.Ordinal) == true
            ? Paths(inner, $"{before}{name}{(item is null ? "" : "[]")}.")
            : [$"{before}{name}{(item is null ? "" : "[]")}"]
        select path;

    /// <summary>The cells of each row of the table whose first column has that head.</summary>
    private static IEnumerable<string[]> Rows(string head) =>
        Page()
            .Split('\n')
            .SkipWhile(line => !line.StartsWith($"| {head} |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|', ' ').Split(" | "));

    private static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex("`(?<name>[A-Za-z.\\[\\]]+)`", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Named();

    [GeneratedRegex("\\{\\{#?(?<name>[A-Za-z]+)(?<arguments>[^}]*)\\}\\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();

    [GeneratedRegex("\"[^\"]*\"|[^\\s\"]+", RegexOptions.NonBacktracking)]
    private static partial Regex Argument();

    [GeneratedRegex("\\{\\{> [a-z]+\\}\\}", RegexOptions.NonBacktracking)]
    private static partial Regex Part();

    [GeneratedRegex("```handlebars\\n(?<template>[^`]*)```", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Example();
}
