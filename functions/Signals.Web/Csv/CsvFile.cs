using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Signals.Core.Platform.Csv;

namespace Signals.Web.Csv;

/// <summary>A table as an answer that browsers save: CSV in UTF-8 with its mark, sent as it is written.</summary>
internal sealed class CsvFile : IAsyncDisposable
{
    private const int BufferChars = 16 * 1024;

    private static readonly UTF8Encoding Marked = new(encoderShouldEmitUTF8Identifier: true);

    private readonly StreamWriter _writer;
    private readonly CsvWriter _csv;

    private CsvFile(Stream stream, string language)
    {
        _writer = new StreamWriter(stream, Marked, BufferChars, leaveOpen: true);
        _csv = new CsvWriter(_writer, language);
    }

    /// <summary>Begins the answer.</summary>
    /// <param name="response">The answer; nothing of it was sent.</param>
    /// <param name="name">The file's name, plain ASCII, without its ending.</param>
    /// <param name="language">The reader's, <c>en</c> or <c>fr</c>.</param>
    /// <param name="heads">The first row.</param>
    public static async Task<CsvFile> BeginAsync(HttpResponse response, string name, string language, params string[] heads)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue(DispositionTypeNames.Attachment)
        {
            FileName = name + ".csv",
        }.ToString();
        var file = new CsvFile(response.Body, language);
        await file.RowAsync([.. heads]);
        return file;
    }

    /// <inheritdoc cref="CsvWriter.RowAsync"/>
    public Task RowAsync(params object?[] cells) => _csv.RowAsync(cells);

    public async ValueTask DisposeAsync() => await _writer.DisposeAsync();
}
