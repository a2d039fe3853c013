using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Signals.Web.Dashboard;

/// <summary>An interpolated string whose values are encoded for text and for quoted attributes; <see cref="Html"/> stays as it is.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlInterpolation(int literalLength, int formattedCount)
{
    private const int CharsPerValue = 16;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _markup = new(literalLength + CharsPerValue * formattedCount);

    public void AppendLiteral(string markup) => _markup.Append(markup);

    public void AppendFormatted(string? value) => _markup.Append(Encoder.Encode(value ?? ""));

    public void AppendFormatted(Html markup) => _markup.Append(markup.ToString());

    public void AppendFormatted(IEnumerable<Html> markup) => _markup.AppendJoin('\n', markup);

    public void AppendFormatted(double value, string format) => _markup.Append(Encoder.Encode(value.ToString(format)));

    public void AppendFormatted(int value) => _markup.Append(value);

    public string ToMarkup() => _markup.ToString();
}
