using Signals.Messages.Syntax;

namespace Signals.Messages.Lint;

/// <summary>How many links a reader may see at once: the branches of an <c>if</c> are never seen together, a loop's are.</summary>
internal static class ActionCount
{
    private sealed class Block(bool isLoop)
    {
        public bool IsLoop { get; } = isLoop;

        public int Branch { get; set; }

        public int Most { get; set; }
    }

    /// <summary>The most that can be seen, and where the second one stands (or the only one, in a loop).</summary>
    public static (int Count, int Offset) Of(string body)
    {
        var links = InlineText.Links(body).Select(found => found.Offset).ToList();
        var open = new Stack<Block>([new Block(isLoop: false)]);
        int offset = links.Count > 1 ? links[1] : links.FirstOrDefault();
        int next = 0;
        foreach (var token in TemplateScanner.Scan(body))
        {
            Take(token.Offset);
            switch (token.Kind)
            {
                case TokenKind.Open: open.Push(new Block(token.Content.StartsWith("each ", StringComparison.Ordinal))); break;
                case TokenKind.Else:
                    open.Peek().Most = Math.Max(open.Peek().Most, open.Peek().Branch);
                    open.Peek().Branch = 0;
                    break;
                case TokenKind.Close when open.Count > 1:
                    var closed = open.Pop();
                    int seen = Math.Max(closed.Most, closed.Branch);
                    open.Peek().Branch += closed.IsLoop ? seen * 2 : seen;
                    break;
                default: break;
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
