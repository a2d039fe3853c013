using System.Text.RegularExpressions;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;
using Signals.Messages.Syntax;

namespace Signals.Messages.Lint;

/// <summary>
/// Reads the HTML around every message: it has a place for each part, names only what exists, and loads or links nothing that is not https.
/// </summary>
internal static partial class LayoutLint
{
    /// <param name="layout">The layout.</param>
    /// <param name="report">Told each fault and where it is, in characters from the start.</param>
    public static void Check(TemplateFile layout, Action<int, string> report)
    {
        foreach (string part in MessageParts.LayoutParts.Where(part => !layout.Content.Contains(part, StringComparison.Ordinal)))
            report(0, $"The layout has no {part}.");
        var parts = TemplateScanner.Scan(layout.Content).Where(token => token.Kind == TokenKind.Part);
        foreach (var token in parts.Where(token => !MessageParts.LayoutParts.Contains(token.Text)))
            report(token.Offset, $"There is no part {token.Text}; there are {string.Join(", ", MessageParts.LayoutParts)}.");
        new SyntaxCheck(report, allowsParts: true).Run(new TemplateSection(layout.Content, 0));
        foreach (var (phrase, offset) in GuiltPhrases.In(layout.Content))
            report(offset, $"'{phrase}' is about us or about guilt. Name what got in the reader's way, and help.");
        var links = Link()
            .Matches(layout.Content)
            .Where(match => !match.Groups["url"].Value.StartsWith("https:", StringComparison.OrdinalIgnoreCase));
        foreach (var match in links)
            report(match.Groups["url"].Index, $"Links start with https://; found '{match.Groups["url"].Value}'.");
    }

    [GeneratedRegex(
        "(href|src|srcset|action|background)\\s*=\\s*[\"']?\\s*(?<url>[a-z][a-z0-9+.-]*:[^\\s\"'>]*)"
            + "|url\\(\\s*[\"']?(?<url>[a-z][a-z0-9+.-]*:[^)\"']*)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Link();
}
