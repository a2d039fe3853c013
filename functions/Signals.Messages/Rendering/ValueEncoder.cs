using System.Text;
using HandlebarsDotNet;

namespace Signals.Messages.Rendering;

/// <summary>
/// Every value that a template writes passes here. Values come from customers, so they stay on their line and in their direction:
/// control characters become a space, and marks that turn or hide the text around them are dropped. In HTML they are escaped as well.
/// </summary>
internal sealed class ValueEncoder(bool html) : ITextEncoder
{
    public void Encode(StringBuilder? text, TextWriter target)
    {
        foreach (var chunk in (text ?? new StringBuilder()).GetChunks())
        {
            foreach (char c in chunk.Span)
                Write(c, target);
        }
    }

    public void Encode(string? text, TextWriter target)
    {
        foreach (char c in text ?? "")
            Write(c, target);
    }

    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        while (text is not null && text.MoveNext())
            Write(text.Current, target);
    }

    private void Write(char c, TextWriter target)
    {
        switch (c)
        {
            case '&' when html:
                target.Write("&amp;");
                break;
            case '<' when html:
                target.Write("&lt;");
                break;
            case '>' when html:
                target.Write("&gt;");
                break;
            case '"' when html:
                target.Write("&quot;");
                break;
            case '\'' when html:
                target.Write("&#39;");
                break;
            // Embeddings, overrides and isolates, which can make a name swallow the words after it; soft hyphens and zero-width marks of no
            // use in a name.
            case (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff' or '\u200b':
                break;
            case '\u2028' or '\u2029':
                target.Write(' ');
                break;
            default:
                target.Write(char.IsControl(c) ? ' ' : c);
                break;
        }
    }
}
