using System.Text.RegularExpressions;
using Signals.Core.Response.Messages;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;
using Signals.Messages.Syntax;

namespace Signals.Messages.Lint;

/// <summary>
/// Reads templates before anyone receives them: guilt, more than one call to action, no way to unsubscribe, names that do not exist,
/// broken Handlebars, links that are not https, nothing to say.
/// </summary>
public static partial class MessageLint
{
    private const string UnsubscribeExample = "https://unsubscribe.example/u/token";

    /// <summary>Checks each named template in each language, parts and layout included; an empty list when all is well.</summary>
    /// <param name="source">The templates.</param>
    /// <param name="names">The templates that are used: the playbooks' messages, and the alert.</param>
    /// <param name="locales">The languages the product writes in.</param>
    public static IReadOnlyList<TemplateFault> Check(TemplateSource source, IEnumerable<string> names, IReadOnlyList<string> locales)
    {
        var faults = new List<TemplateFault>();
        var used = new HashSet<TemplateFile>();
        foreach (string name in names.Distinct(StringComparer.Ordinal))
        {
            foreach (string locale in locales.Select(locale => locale.ToLowerInvariant()).Distinct(StringComparer.Ordinal))
            {
                var file = LocaleChain
                    .Of(locale, [locale])
                    .Select(candidate => source.Find(name, candidate))
                    .FirstOrDefault(found => found is not null);
                if (file is null)
                    faults.Add(
                        new TemplateFault(
                            $"templates/{locale}/{name}.hbs",
                            1,
                            1,
                            $"Expected a template '{name}' for '{locale}'; found none, nor one in English."
                        )
                    );
                else
                    used.Add(file);
            }
        }
        // What a team wrote is meant to be sent, whether or not something names it yet.
        used.UnionWith(source.Own.Where(file => !TemplateNames.IsPart(file.Name)));
        LayoutLint.Check(source.Layout, (offset, problem) => faults.Add(At(source.Layout, offset, problem)));
        bool isLayoutFine = faults.Count == 0;
        foreach (var file in used)
            faults.AddRange(Check(source, file, isLayoutFine));
        var parts = used.Select(file =>
                source.Find(TemplateNames.IsForTeam(file.Name) ? TemplateNames.TeamFooter : TemplateNames.Footer, file.Locale)
            )
            .Concat(source.Own.Where(file => TemplateNames.IsPart(file.Name)));
        foreach (var part in parts.OfType<TemplateFile>().Distinct())
            faults.AddRange(CheckText(part));
        return
        [
            .. faults
                .Distinct()
                .OrderBy(fault => fault.File, StringComparer.Ordinal)
                .ThenBy(fault => fault.Line)
                .ThenBy(fault => fault.Column),
        ];
    }

    /// <summary>Every template there is, in every language it is there in.</summary>
    public static IReadOnlyList<TemplateFault> Check(TemplateSource source) => Check(source, source.Names, source.Locales);

    private static List<TemplateFault> Check(TemplateSource source, TemplateFile file, bool isLayoutFine)
    {
        var faults = CheckText(file);
        var document = TemplateDocument.Parse(file);
        foreach (var unknown in document.Unknown)
            Report(unknown.Offset, $"Expected 'subject: …', 'preheader: …' or the line '---' before the body; found '{unknown.Text}'.");
        if (document.Subject.Text.Length == 0)
            Report(0, "The message has no subject: expected a line 'subject: …' at the top.");
        if (string.IsNullOrWhiteSpace(document.Body.Text))
            Report(document.Body.Offset, "The message has no text: expected it after a line '---'.");
        if (!TemplateNames.IsForTeam(file.Name) && ActionCount.Of(document.Body.Text) is (> 1, var second))
            Report(
                document.Body.Offset + second,
                "A message gives one next step; this is a second link that the reader would see with the first."
            );
        if (faults.Count == 0 && isLayoutFine)
            CheckWhole(source, file, Report);
        return faults;

        void Report(int offset, string problem) => faults.Add(At(file, offset, problem));
    }

    /// <summary>What can be said of any file by itself.</summary>
    private static List<TemplateFault> CheckText(TemplateFile file)
    {
        var faults = new List<TemplateFault>();
        var document = TemplateDocument.Parse(file);
        foreach (var (phrase, offset) in GuiltPhrases.In(file.Content))
            Report(offset, $"'{phrase}' is about us or about guilt. Name what got in the reader's way, and help.");
        foreach (var section in document.Sections)
            new SyntaxCheck(Report).Run(section);
        foreach (var match in InsecureLinks(file.Content))
            Report(match.Index, $"Links start with https://; found '{match.Value}'.");
        foreach (var (link, offset, _) in InlineText.Links(document.Body.Text))
        {
            bool fine = link.Url.StartsWith("https://", StringComparison.Ordinal) || link.Url.StartsWith("{{", StringComparison.Ordinal);
            if (!fine && !InsecureLinks(link.Url).Any())
                Report(document.Body.Offset + offset, $"Links start with https:// or are a variable; found '{link.Url}'.");
        }
        return faults;

        void Report(int offset, string problem) => faults.Add(At(file, offset, problem));
    }

    /// <summary>The message as it would be compiled, footer and layout around it.</summary>
    private static void CheckWhole(TemplateSource source, TemplateFile file, Action<int, string> report)
    {
        try
        {
            // With as little as may be known: a link that stands in a condition may be missing.
            var message = new CompiledMessage(source, file, new TemplateEngine(file.Locale)).Render(
                new MessageVariables
                {
                    Product = "",
                    Cause = "",
                    UnsubscribeUrl = UnsubscribeExample,
                }
            );
            if (
                !TemplateNames.IsForTeam(file.Name)
                && !(
                    message.Html.Contains(UnsubscribeExample, StringComparison.Ordinal)
                    && message.Text.Contains(UnsubscribeExample, StringComparison.Ordinal)
                )
            )
                report(
                    0,
                    "A customer's message always holds the unsubscribe link: "
                        + "expected {{unsubscribeUrl}} in the message, its footer or the layout, in no condition but its own."
                );
        }
        catch (TemplateException fault)
        {
            report(0, fault.Message);
        }
    }

    private static TemplateFault At(TemplateFile file, int offset, string problem)
    {
        var before = file.Content.AsSpan(0, Math.Min(offset, file.Content.Length));
        return new TemplateFault(file.Path, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'), problem);
    }

    /// <summary>Links of another scheme than https, also those that stand within one of it.</summary>
    private static IEnumerable<Match> InsecureLinks(string text)
    {
        const string Secure = "https:";
        for (int from = 0; Link().Match(text, from) is { Success: true } match; )
        {
            bool isSecure = match.ValueSpan.StartsWith(Secure, StringComparison.OrdinalIgnoreCase);
            from = match.Index + (isSecure ? Secure.Length : match.Length);
            if (!isSecure)
                yield return match;
        }
    }

    [GeneratedRegex(
        "\\b[a-z][a-z0-9+.-]*://[^\\s)]*|\\b(javascript|data|vbscript):[^\\s)]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Link();
}
