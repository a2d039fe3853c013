using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Signals.Web.Markup;

/// <summary>
/// Markup, written as an interpolated string: <c>Html title = $"&lt;h1&gt;{name}&lt;/h1&gt;";</c>. Every value in it is encoded, for text
/// and for quoted attributes; other markup stays as it is. There is no other way to make one, so nothing from outside ever becomes markup.
/// </summary>
[InterpolatedStringHandler]
public struct Html
{
    private const string Newline = "\n";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>
    /// Strings to be written as they are, and arrays of the same for the markup inside; characters are copied once, when a page is written.
    /// </summary>
    private object?[]? _pieces;

    private int _count;

    /// <summary>Called by the compiler, as are the methods named Append.</summary>
    public Html(int literalLength, int formattedCount) =>
        _pieces = new object?[literalLength == 0 ? formattedCount : (2 * formattedCount) + 1];

    private Html(object?[] pieces) => (_pieces, _count) = (pieces, pieces.Length);

    public static Html Empty => default;

    public readonly bool IsEmpty => !HasText(_pieces);

    /// <summary>
    /// For where the compiler cannot tell that an interpolated string is markup: in a lambda whose type is inferred, in a choice of two.
    /// </summary>
    public static Html Of(Html markup) => markup;

    /// <summary>The markup, such as an attribute that says which of several is chosen, or nothing.</summary>
    public static Html When(bool condition, Html markup) => condition ? markup : Empty;

    /// <summary>A text from outside whose own writing direction must not turn the words around it.</summary>
    public static Html Isolated(string text) => $"<bdi>{text}</bdi>";

    /// <summary>What is there of the parts, with <paramref name="separator"/> between.</summary>
    public static Html Join(string separator, params IEnumerable<Html> parts) => Between(Encoder.Encode(separator), parts);

    /// <summary>A text, encoded, with markup in its holes: <c>until {0}</c>.</summary>
    internal static Html Filled(string text, ReadOnlySpan<Html> holes)
    {
        var pieces = new List<object?>();
        int from = 0;
        for (int open = text.IndexOf('{'); open >= 0; open = text.IndexOf('{', open + 1))
        {
            int close = text.IndexOf('}', open);
            if (close < 0 || !int.TryParse(text.AsSpan(open + 1, close - open - 1), out int hole) || hole >= holes.Length)
                continue;
            pieces.Add(Encoder.Encode(text[from..open]));
            pieces.Add(holes[hole]._pieces);
            from = close + 1;
        }
        pieces.Add(Encoder.Encode(text[from..]));
        return new Html([.. pieces]);
    }

    private static Html Between(string markup, IEnumerable<Html> parts)
    {
        var pieces = new List<object?>();
        foreach (var part in parts.Where(part => !part.IsEmpty))
        {
            if (pieces.Count > 0)
                pieces.Add(markup);
            pieces.Add(part._pieces);
        }
        return new Html([.. pieces]);
    }

    public void AppendLiteral(string markup) => Append(markup);

    public void AppendFormatted(string? value) => Append(Encoder.Encode(value ?? ""));

    public void AppendFormatted(double value, string format) => Append(Encoder.Encode(value.ToString(format)));

    public void AppendFormatted(int value) => Append(value.ToString());

    /// <summary>Without this a character would be written as its number.</summary>
    public void AppendFormatted(char value) => AppendFormatted(value.ToString());

    public void AppendFormatted(Html markup) => Append(markup._pieces);

    /// <summary>Each part on a line of its own.</summary>
    public void AppendFormatted(IEnumerable<Html> parts) => Append(Between(Newline, parts)._pieces);

    /// <summary>Writes it as UTF-8.</summary>
    public readonly void WriteTo(IBufferWriter<byte> output) => Visit(_pieces, text => Encoding.UTF8.GetBytes(text, output));

    public override readonly string ToString()
    {
        var markup = new StringBuilder();
        Visit(_pieces, text => markup.Append(text));
        return markup.ToString();
    }

    private void Append(object? piece)
    {
        _pieces ??= [];
        if (_count == _pieces.Length)
            Array.Resize(ref _pieces, (2 * _count) + 1);
        _pieces[_count++] = piece;
    }

    private static bool HasText(object? piece) =>
        piece is object?[] pieces ? Array.Exists(pieces, HasText) : piece is string { Length: > 0 };

    private static void Visit(object? piece, Action<string> write)
    {
        if (piece is string text)
            write(text);
        foreach (object? inner in piece as object?[] ?? [])
            Visit(inner, write);
    }
}
