using System.Text;
using Microsoft.AspNetCore.Http;
using Signals.Web.Csv;

namespace Signals.Web.Tests.Csv;

public sealed class CsvFileTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"https://evil.example\")", "\"'=HYPERLINK(\"\"https://evil.example\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1+2", "'-1+2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("  =1", "'  =1")]
    [InlineData("\ufeff=1", "'\ufeff=1")]
    [InlineData("a=1", "a=1")]
    [InlineData("ann@acme.example", "ann@acme.example")]
    [InlineData("3 - 4", "3 - 4")]
    [InlineData("she said \"no\", twice", "\"she said \"\"no\"\", twice\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData(" spaced ", "\" spaced \"")]
    [InlineData("été 🎉 \u202Eevil", "été 🎉 \u202Eevil")]
    [InlineData("", "")]
    public async Task A_text_stays_a_text(string text, string written) =>
        Assert.Equal($"head\r\n{written}\r\n", await WriteAsync("en", text));

    [Fact]
    public async Task Numbers_days_and_moments_are_written_as_spreadsheets_read_them() =>
        Assert.Equal(
            "head\r\n-3,-1234.5,0.3333,,2026-03-02,2026-03-02T09:00:00Z,true,\r\n",
            await WriteAsync(
                "en",
                -3,
                -1234.5,
                1 / 3d,
                double.NaN,
                new DateOnly(2026, 3, 2),
                new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(1)),
                true,
                null
            )
        );

    [Fact]
    public async Task A_French_spreadsheet_expects_semicolons_and_decimal_commas() =>
        Assert.Equal("head\r\nété;1234,5;\"a;b\"\r\n", await WriteAsync("fr", "été", 1234.5, "a;b"));

    [Fact]
    public async Task The_answer_is_a_file_with_a_mark_that_says_utf8()
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await (await CsvFile.BeginAsync(context.Response, "causes", "en", "head")).DisposeAsync();

        Assert.Equal("text/csv; charset=utf-8", context.Response.ContentType);
        Assert.Equal("attachment; filename=causes.csv", context.Response.Headers.ContentDisposition);
        Assert.Equal(Encoding.UTF8.GetPreamble(), ((MemoryStream)context.Response.Body).ToArray().Take(3));
    }

    private static async Task<string> WriteAsync(string language, params object?[] cells)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await using (var file = await CsvFile.BeginAsync(context.Response, "table", language, "head"))
            await file.RowAsync(cells);
        return Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray().AsSpan(3));
    }
}
