using System.CommandLine;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Signals.Local.CommandLine;
using Signals.Local.Tests.Storage;

namespace Signals.Local.Tests.Backtest;

public sealed class BacktestCommandTests : IDisposable
{
    private const string Model = """
        { "product": "Tunes", "value": { "unit": "minutes", "from": [{ "event": "Listened", "amount": 60 }] }, "churn": { "events": ["Left"] } }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("events.ndjson")]
    [InlineData("events.ndjson.gz")]
    public async Task Json_holds_every_figure_and_nothing_else_is_on_the_output(string name)
    {
        var ended = await RunAsync(Write(name, History()), "--json");

        Assert.Equal(0, ended.Code);
        var json = JsonDocument.Parse(ended.Output).RootElement;
        Assert.Equal(
            [
                "events",
                "people",
                "accounts",
                "cuts",
                "churned",
                "auc",
                "averagePrecision",
                "topDecileLift",
                "precision",
                "recall",
                "baseRate",
                "medianLeadDays",
                "eventsPerSecond",
                "peakMemoryMb",
                "causes",
                "confusion",
            ],
            json.EnumerateObject()
                .Select(property => property.Name)
                .Except([
                    "file",
                    "product",
                    "counts",
                    "settings",
                    "input",
                    "byCut",
                    "intervals",
                    "reference",
                    "calibration",
                    "flagsPerWeek",
                    "mailsPerWeek",
                    "flagged",
                    "seen",
                ])
        );
        Assert.Equal((142, 2, 2, 1), (Int("events"), Int("people"), Int("accounts"), Int("churned")));
        Assert.Equal(Int("cuts"), json.GetProperty("byCut").GetArrayLength());
        Assert.Equal(1, json.GetProperty("auc").GetDouble());
        Assert.Equal(1, json.GetProperty("recall").GetDouble());
        Assert.True(json.GetProperty("causes").GetProperty("usage-drop").GetProperty("found").GetInt32() > 0);

        int Int(string property) => json.GetProperty(property).GetInt32();
    }

    [Fact]
    public async Task The_summary_says_what_was_found_in_words()
    {
        var ended = await RunAsync(Write("events.ndjson", History()), "--horizon-days", "21", "--step-days", "14");

        Assert.Equal(0, ended.Code);
        Assert.Contains("horizon 21 days, a cut every 14 days", ended.Output, StringComparison.Ordinal);
        Assert.Contains("Usage drop", ended.Output, StringComparison.Ordinal);
        Assert.Contains("100% read", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_writes_a_name_in_another_case_is_told_before_any_figure()
    {
        string page = _folder.File("report.html");
        string events = Write(
            "events.ndjson",
            History().Select(line => line.Replace("\"Listened\"", "\"listened\"", StringComparison.Ordinal))
        );
        const string told = "`listened` was seen 141 times; the model has `Listened`, never seen (value)";

        var ended = await RunAsync(events, "--html", page);

        Assert.Equal(0, ended.Code);
        Assert.Contains(told, ended.Output, StringComparison.Ordinal);
        Assert.Contains("never came: `Listened` (value)", ended.Output, StringComparison.Ordinal);
        Assert.Contains("2 event names came; the model reads 2, of which 1 came", ended.Output, StringComparison.Ordinal);
        Assert.True(ended.Output.IndexOf(told, StringComparison.Ordinal) < ended.Output.IndexOf("base rate", StringComparison.Ordinal));
        string html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.True(
            html.IndexOf(told, StringComparison.Ordinal) is > 0 and var at && at < html.IndexOf("top-decile lift", StringComparison.Ordinal)
        );
        var seen = JsonDocument.Parse((await RunAsync(events, "--json")).Output).RootElement.GetProperty("seen");
        var miss = Assert.Single(seen.GetProperty("events").GetProperty("nearMisses").EnumerateArray());
        Assert.Equal(
            ("listened", 141, "Listened", 0, "spelling"),
            (
                miss.GetProperty("seen").GetString(),
                miss.GetProperty("count").GetInt32(),
                miss.GetProperty("model").GetString(),
                miss.GetProperty("modelCount").GetInt32(),
                miss.GetProperty("why").GetString()
            )
        );
    }

    [Fact]
    public async Task Lines_that_were_left_out_are_counted_by_rule()
    {
        var ended = await RunAsync(
            Write("events.ndjson", [.. History(), """{"type":"track","event":"Listened","userId":"undefined"}""", "[1]", "[2]"])
        );
        Assert.Contains("left out: 2 by event: expected an object", ended.Output, StringComparison.Ordinal);
        Assert.Contains("left out: 1 by userId: expected the id of somebody or something", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_that_are_no_events_are_named_counted_and_passed_over()
    {
        var lines = History().ToList();
        lines.Insert(2, "not json");
        lines.Insert(5, "[1]");
        lines.Add("""{"type":"track","event":"Listened","timestamp":"2025-03-01T00:00:00Z"}""");
        lines.Add("""{"type":"track","event":"Listened","userId":"ann"}""");

        var ended = await RunAsync(Write("events.ndjson", lines), "--json");

        Assert.Equal(0, ended.Code);
        var json = JsonDocument.Parse(ended.Output).RootElement;
        Assert.Equal(142, json.GetProperty("events").GetInt32());
        Assert.Equal(4, json.GetProperty("input").GetProperty("badLines").GetInt32());
        Assert.Contains("line 3, event: found JSON that cannot be read", ended.Error, StringComparison.Ordinal);
        Assert.Contains("line 6, event: found a list, expected an object", ended.Error, StringComparison.Ordinal);
        Assert.Contains("line 145, userId: found nothing, expected a userId or an anonymousId", ended.Error, StringComparison.Ordinal);
        Assert.Contains(
            "line 146, timestamp: found none, or one still to come, expected when it happened",
            ended.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_without_any_event_is_bad_input()
    {
        AssertBad(
            await RunAsync(Write("events.ndjson", ["user,event", "ann,Listened"])),
            "found no event in 2 lines",
            "line 1, event: found JSON that cannot be read"
        );
        AssertBad(await RunAsync(Write("events.ndjson", [])), "found no lines");
    }

    [Fact]
    public async Task A_missing_file_is_bad_input() => AssertBad(await RunAsync(_folder.File("none.ndjson")), "none.ndjson: found no file");

    [Fact]
    public async Task A_file_named_gz_that_is_not_gzip_is_bad_input()
    {
        await File.WriteAllTextAsync(_folder.File("events.ndjson.gz"), "{}\n", TestContext.Current.CancellationToken);

        AssertBad(await RunAsync(_folder.File("events.ndjson.gz")), "begins with 7B7D, expected gzip");
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public async Task A_truncated_gzip_is_bad_input(double share)
    {
        string path = Write("events.ndjson.gz", History());
        byte[] whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, whole[..(int)(whole.Length * share)], TestContext.Current.CancellationToken);

        AssertBad(await RunAsync(path), "events.ndjson.gz", "expected a whole file");
    }

    [Fact]
    public async Task Gzip_members_strung_together_are_one_file()
    {
        string path = Write("events.ndjson.gz", History().Take(100));
        byte[] first = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Write("events.ndjson.gz", History().Skip(100));
        byte[] second = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(path, [.. first, .. second], TestContext.Current.CancellationToken);

        var ended = await RunAsync(path, "--json");

        Assert.Equal(0, ended.Code);
        Assert.Equal(142, JsonDocument.Parse(ended.Output).RootElement.GetProperty("events").GetInt32());
    }

    [Fact]
    public async Task A_damaged_gzip_is_bad_input()
    {
        string path = Write("events.ndjson.gz", History());
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 0xFF;
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);

        AssertBad(await RunAsync(path), "expected a whole file");
    }

    [Fact]
    public async Task Every_mistake_of_the_model_is_listed()
    {
        await File.WriteAllTextAsync(_folder.File("bad.json"), """{ "product": 7 }""", TestContext.Current.CancellationToken);

        AssertBad(
            await RunAsync(Write("events.ndjson", History()), "--model", _folder.File("bad.json")),
            "bad.json:1:",
            ": product: found",
            ": value: found"
        );
    }

    [Theory]
    [InlineData("--horizon-days", "0")]
    [InlineData("--step-days", "400")]
    public async Task Days_out_of_range_are_bad_input(string option, string days) =>
        AssertBad(await RunAsync(Write("events.ndjson", History()), option, days), $"{option}: found {days}, expected 1 to 366 days");

    [Fact]
    public async Task The_page_stands_alone_and_says_what_the_summary_says()
    {
        string page = _folder.File("report.html"),
            labels = _folder.File("labels.csv");
        await File.WriteAllTextAsync(
            labels,
            "user_id,configured_cause,more\nann,usage-drop,1\nbob,none,0\n",
            TestContext.Current.CancellationToken
        );

        var ended = await RunAsync(Write("events<b>.ndjson", History()), "--html", page, "--labels", labels);

        Assert.Equal(0, ended.Code);
        string html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        // One script sorts a table, and the page's policy lets no other run. Words of mails may name an address; nothing leads to one.
        Assert.Equal(2, html.Split("<script").Length);
        Assert.Contains("sha256-", html, StringComparison.Ordinal);
        Assert.DoesNotContain("=\"http", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>.ndjson", html, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", html, StringComparison.Ordinal);
        foreach (
            string section in (string[])["flags", "accounts", "causes", "confusion", "lead", "roc", "lift", "calibration", "reference"]
        )
            Assert.Contains($"<section id=\"{section}\">", html, StringComparison.Ordinal);
        Assert.Contains("Few accounts left", html, StringComparison.Ordinal);
        Assert.True(html.Split("<svg").Length - 1 >= 5, html);
        new System.Xml.XmlDocument().LoadXml(
            html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)]
        );
        Assert.Contains("causes named in 2 of 2 labelled accounts", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ann", "line 1: found \"ann\", expected a user and a cause")]
    [InlineData("user,cause", "found no label")]
    [InlineData("ann,errors\nann,adverts", "line 2: found ann as adverts, expected errors as before")]
    public async Task Labels_that_cannot_be_read_are_bad_input(string text, string complaint)
    {
        string labels = _folder.File("labels.csv");
        await File.WriteAllTextAsync(labels, text, TestContext.Current.CancellationToken);

        AssertBad(await RunAsync(Write("events.ndjson", History()), "--labels", labels), complaint);
    }

    /// <summary>Ann listens for 40 days and leaves on day 70; Bob listens for 100.</summary>
    private static IEnumerable<string> History()
    {
        var start = new DateTimeOffset(2025, 1, 1, 9, 0, 0, TimeSpan.Zero);
        return Enumerable
            .Range(0, 40)
            .Select(day => (At: start.AddDays(day), User: "ann", Name: "Listened"))
            .Append((At: start.AddDays(70), User: "ann", Name: "Left"))
            .Concat(Enumerable.Range(0, 101).Select(day => (At: start.AddDays(day), User: "bob", Name: "Listened")))
            .OrderBy(item => item.At)
            .Select(
                (item, i) =>
                    $$"""{"type":"track","messageId":"m{{i}}","userId":"{{item.User}}","event":"{{item.Name}}","timestamp":"{{item.At:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}"""
            );
    }

    private string Write(string name, IEnumerable<string> lines)
    {
        string path = _folder.File(name);
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        using var file = File.Create(path);
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            file.Write(text);
            return path;
        }
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        gzip.Write(text);
        return path;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string events, params string[] options)
    {
        string model = _folder.File("model.json");
        await File.WriteAllTextAsync(model, Model, TestContext.Current.CancellationToken);
        string[] arguments = ["backtest", events, .. options.Contains("--model") ? [] : (string[])["--model", model], .. options];
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await new RootCommand { BacktestCommand.Create() }
            .Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    private static void AssertBad((int Code, string Output, string Error) ended, params string[] complaints)
    {
        Assert.Equal(2, ended.Code);
        Assert.Empty(ended.Output);
        foreach (string complaint in complaints)
            Assert.Contains(complaint, ended.Error, StringComparison.Ordinal);
    }
}
