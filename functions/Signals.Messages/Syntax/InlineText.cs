using System.Text;
using System.Text.RegularExpressions;
using Signals.Core.Platform.Languages;

namespace Signals.Messages.Syntax;

/// <summary>What happens inside a block. What an author writes is text, never HTML; tags go through untouched.</summary>
internal static partial class InlineText
{
    /// <summary>How a line begins that holds the answers to a question.</summary>
    public const string AnswersMark = "= ";

    /// <summary>The link, when the line is nothing else.</summary>
    public static InlineLink? CallToAction(string line)
    {
        var match = Link().Match(line);
        return match.Success && match.Length == line.Length ? new InlineLink(match.Groups["label"].Value, match.Groups["url"].Value) : null;
    }

    /// <summary>Every link of a body with where it starts and ends.</summary>
    public static IEnumerable<(InlineLink Link, int Offset, int End)> Links(string body)
    {
        foreach (Match match in Link().Matches(body))
            yield return (new InlineLink(match.Groups["label"].Value, match.Groups["url"].Value), match.Index, match.Index + match.Length);
    }

    public static string Html(string text, string locale) => Html(text, locale, HtmlPieces.Link);

    /// <param name="text">What an author wrote.</param>
    /// <param name="locale">Its language.</param>
    /// <param name="link">What a label and an address become.</param>
    public static string Html(string text, string locale, Func<string, string, string> link)
    {
        var html = new StringBuilder();
        int at = 0;
        bool bold = false;
        foreach (Match match in Link().Matches(text))
        {
            html.Append(Words(text[at..match.Index], locale, ref bold));
            html.Append(link(Words(match.Groups["label"].Value, locale, ref bold), Attribute(match.Groups["url"].Value)));
            at = match.Index + match.Length;
        }
        html.Append(Words(text[at..], locale, ref bold));
        return html.ToString();
    }

    public static string Plain(string text, string locale)
    {
        string linked = Link().Replace(text, "${label} (${url})");
        var plain = new StringBuilder();
        foreach (var token in TemplateScanner.Scan(linked))
            plain.Append(
                token.Kind == TokenKind.Literal
                    ? Typography.Apply(Unwrapped(token.Text, "\n"), locale).Replace("**", "", StringComparison.Ordinal)
                    : token.Text
            );
        return plain.ToString();
    }

    /// <summary>A link's address inside a double-quoted attribute.</summary>
    public static string Attribute(string url)
    {
        var html = new StringBuilder();
        foreach (var token in TemplateScanner.Scan(url))
            html.Append(token.Kind == TokenKind.Literal ? Escaped(token.Text) : token.Text);
        return html.ToString();
    }

    private static string Words(string text, string locale, ref bool bold)
    {
        var html = new StringBuilder();
        foreach (var token in TemplateScanner.Scan(text))
        {
            if (token.Kind != TokenKind.Literal)
            {
                html.Append(token.Text);
                continue;
            }
            string[] parts = Typography.Apply(Unwrapped(Escaped(token.Text), "<br>\n"), locale).Split("**");
            for (int i = 0; i < parts.Length; i++)
            {
                if (i > 0)
                {
                    html.Append(bold ? "</strong>" : "<strong>");
                    bold = !bold;
                }
                html.Append(parts[i]);
            }
        }
        return html.ToString();
    }

    /// <summary>A line's end is a space, but after a backslash it is a line break.</summary>
    private static string Unwrapped(string text, string lineBreak) =>
        text.Replace("\\\n", "\u0001", StringComparison.Ordinal).Replace('\n', ' ').Replace("\u0001", lineBreak, StringComparison.Ordinal);

    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal);

    [GeneratedRegex(
        "\\[(?<label>[^\\[\\]]+)\\]\\((?<url>(\\{\\{[^{}]+\\}\\}|[^(){}\\s])+)\\)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Link();
}

/// <summary>A link as written: both parts may hold tags.</summary>
internal sealed record InlineLink(string Label, string Url);
