using System.Runtime.CompilerServices;

namespace Signals.Web.Markup;

/// <summary>
/// A sentence with markup in its holes, as an interpolated string of <see cref="Dashboard.Reader.SayHtml"/>: the words are looked up and
/// encoded, the markup stays as it is.
/// </summary>
[InterpolatedStringHandler]
internal ref struct HtmlText
{
    private readonly Html[] _holes;
    private DefaultInterpolatedStringHandler _key;
    private int _count;

    /// <summary>Called by the compiler, as are the methods named Append.</summary>
    public HtmlText(int literalLength, int formattedCount)
    {
        _key = new DefaultInterpolatedStringHandler(literalLength + 3 * formattedCount, 0);
        _holes = new Html[formattedCount];
    }

    public readonly ReadOnlySpan<Html> Holes => _holes;

    public void AppendLiteral(string text) => _key.AppendLiteral(text);

    public void AppendFormatted(Html markup)
    {
        _key.AppendLiteral("{");
        _key.AppendFormatted(_count);
        _key.AppendLiteral("}");
        _holes[_count++] = markup;
    }

    public void AppendFormatted(string? text) => AppendFormatted(Html.Of($"{text}"));

    /// <summary>The text with its holes, <c>until {0}</c>. To be asked for once.</summary>
    public string Key() => _key.ToStringAndClear();
}
