using System.Buffers;
using System.Globalization;
using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Signals.Web.Csv;

/// <summary>
/// A table as a file that spreadsheets open: RFC 4180, UTF-8 with its mark, written row by row. No text in it is taken for a formula: one
/// that begins as a formula does gets an apostrophe in front, which spreadsheets hide or show but never run.
/// </summary>
/// <remarks>
/// What begins a formula: = + - @, the same in full width, a tab or a line break, also behind spaces (OWASP, "CSV Injection"). Readers of
/// French have semicolons between cells and commas in numbers, as their spreadsheets expect.
/// </remarks>
internal sealed class CsvFile : IAsyncDisposable
{
    private const int BufferChars = 16 * 1024;

    private static readonly UTF8Encoding Marked = new(encoderShouldEmitUTF8Identifier: true);

    private static readonly SearchValues<char> Special = SearchValues.Create("\",;\r\n\t");

    private readonly StreamWriter _writer;
    private readonly bool _isFrench;

    private CsvFile(Stream stream, bool isFrench) =>
        (_writer, _isFrench) = (new StreamWriter(stream, Marked, BufferChars, leaveOpen: true), isFrench);

    /// <summary>Begins an answer that browsers save.</summary>
    /// <param name="response">The answer; nothing of it was sent.</param>
    /// <param name="name">The file's name, plain ASCII, without its ending.</param>
    /// <param name="language">The reader's, <c>en</c> or <c>fr</c>.</param>
    /// <param name="heads">The first row.</param>
    public static async Task<CsvFile> BeginAsync(HttpResponse response, string name, string language, params string[] heads)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition =
            new ContentDispositionHeaderValue(DispositionTypeNames.Attachment) { FileName = name + ".csv" }.ToString();
        var file = new CsvFile(response.Body, language == "fr");
        await file.RowAsync([.. heads]);
        return file;
    }

    /// <param name="cells">
    /// Texts, numbers, <see cref="DateOnly"/>, <see cref="DateTimeOffset"/> (written in UTC), truths; null stays empty.
    /// </param>
    public async Task RowAsync(params object?[] cells)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (i > 0)
                await _writer.WriteAsync(_isFrench ? ';' : ',');
            await _writer.WriteAsync(TextOf(cells[i]));
        }
        await _writer.WriteAsync("\r\n");
    }

    public async ValueTask DisposeAsync() => await _writer.DisposeAsync();

    private string TextOf(object? cell) => cell switch
    {
        null => "",
        string text => Quoted(Harmless(text)),
        double number => _isFrench ? Plain(number).Replace('.', ',') : Plain(number),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException(
            $"A cell is a text, a number, a day, a moment or a truth; found {cell.GetType().Name}.", nameof(cell)),
    };

    private static string Plain(double number) => double.IsFinite(number) ? number.ToString("0.####", CultureInfo.InvariantCulture) : "";

    private static string Harmless(string text)
    {
        foreach (char letter in text)
        {
            if (letter is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r' or '\n')
                return "'" + text;
            if (!char.IsWhiteSpace(letter) && letter is not ('\0' or '\ufeff'))
                break;
        }
        return text;
    }

    private static string Quoted(string text) =>
        !text.AsSpan().ContainsAny(Special) && text.Trim().Length == text.Length
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
