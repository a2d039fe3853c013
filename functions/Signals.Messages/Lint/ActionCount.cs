using System.Text.RegularExpressions;
using Signals.Messages.Syntax;

namespace Signals.Messages.Lint;

/// <summary>How many links a reader may see at once: the branches of an <c>if</c> are never seen together, a loop's are.</summary>
internal static partial class ActionCount
{
    private sealed class Block(bool isLoop)
    {
        public bool IsLoop { get; } = isLoop;

        public int Branch { get; set; }

        public int Most { get; set; }
    }

    /// <summary>Links as written, and addresses that stand in the text by themselves: mail programs make links of those.</summary>
    private static List<int> Places(string body)
    {
        var written = InlineText.Links(body).Select(found => (Start: found.Offset, found.End)).ToList();
        return
        [
            .. written
                .Select(link => link.Start)
                .Where(at => !IsAnswer(body, at))
                .Concat(
                    Bare()
                        .Matches(body)
                        .Select(match => match.Index)
                        .Where(at => !written.Exists(link => at >= link.Start && at < link.End))
                )
                .Order(),
        ];
    }

    /// <summary>The answers to one question are one thing to do.</summary>
    private static bool IsAnswer(string body, int at) =>
        body.AsSpan(body.LastIndexOf('\n', at) + 1).TrimStart(' ').StartsWith(InlineText.AnswersMark, StringComparison.Ordinal);

    [GeneratedRegex(
        "https?://|www\\.|mailto:|\\{\\{\\s*(actionUrl|unsubscribeUrl|([A-Za-z.]+\\.)?help)\\s*\\}\\}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Bare();

    /// <summary>The most that can be seen, and where the second one stands (or the only one, in a loop).</summary>
    public static (int Count, int Offset) Of(string body)
    {
        var links = Places(body);
        var open = new Stack<Block>([new Block(isLoop: false)]);
        int offset = links.Count > 1 ? links[1] : links.FirstOrDefault();
        int next = 0;
        foreach (var token in TemplateScanner.Scan(body))
        {
            Take(token.Offset);
            switch (token.Kind)
            {
                case TokenKind.Open:
                    open.Push(new Block(token.Content.StartsWith("each ", StringComparison.Ordinal)));
                    break;
                case TokenKind.Else:
                    open.Peek().Most = Math.Max(open.Peek().Most, open.Peek().Branch);
                    open.Peek().Branch = 0;
                    break;
                case TokenKind.Close when open.Count > 1:
                    var closed = open.Pop();
                    int seen = Math.Max(closed.Most, closed.Branch);
                    open.Peek().Branch += closed.IsLoop ? seen * 2 : seen;
                    break;
                default:
                    break;
            }
        }
        Take(body.Length);
        while (open.Count > 1)
        {
            var unclosed = open.Pop();
            open.Peek().Branch += Math.Max(unclosed.Most, unclosed.Branch);
        }
        return (open.Peek().Branch, offset);

        void Take(int until)
        {
            for (; next < links.Count && links[next] < until; next++)
                open.Peek().Branch++;
        }
    }
}
