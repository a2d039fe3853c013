using System.CommandLine;
using System.Globalization;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Signals.Local.CommandLine;
using Signals.Testing;

namespace Signals.Browser.Tests;

/// <summary>The page that a backtest writes, opened as a file as its reader does.</summary>
public sealed class ReportPageTests(LoneBrowser browser) : IClassFixture<LoneBrowser>, IDisposable
{
    private const string Model = """
        {
          "product": "Tunes",
          "value": { "unit": "minutes", "from": [{ "event": "Listened", "amount": 10 }] },
          "friction": [{ "id": "playback", "name": "failed playback", "events": ["Playback Failed"] }],
          "churn": { "events": ["Left"] }
        }
        """;

    /// <summary>What stands beyond a window's edges, other than in what can be scrolled there by mouse and keys.</summary>
    private const string Beyond = """
        () => [...document.querySelectorAll('h1, h2, p, table, svg, td, th, button')]
            .filter(part => part.offsetParent !== null || part.tagName === 'svg')
            .filter(part => part.closest('[role=region][tabindex="0"]') === null || part.closest('.names') !== null)
            .filter(part => { const box = part.getBoundingClientRect(); return box.left < -1 || box.right > innerWidth + 1; })
            .map(part => part.tagName + ': ' + part.textContent.slice(0, 40))
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("signals-report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Is_sound_at_every_width_in_both_themes_and_sorts_by_every_column()
    {
        LongTests.Only();
        string report = await ReportAsync();
        foreach (int width in new[] { 360, 768, 1440, 1600 })
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await OpenAsync(report, width, scheme);
            var violations = (await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] })).Violations;
            Assert.True(
                violations.Length == 0,
                string.Join('\n', violations.Select(violation => $"{width} {scheme}: {violation.Id}: {violation.Nodes[0].Html}"))
            );
            Assert.Empty(await page.EvaluateAsync<string[]>(Beyond));
            await page.CloseAsync();
        }
        await SortsAsync(await OpenAsync(report, 1440, ColorScheme.Light));
    }

    /// <summary>A click on a column's name orders by it, another turns the order round, and no row is lost.</summary>
    private static async Task SortsAsync(IPage page)
    {
        var rows = page.Locator(".sortable tbody tr");
        string[] names = [.. (await rows.Locator("th").AllInnerTextsAsync()).Order(StringComparer.Ordinal)];
        Assert.True(names.Length >= 3, $"{names.Length} accounts");
        int columns = await page.Locator(".sortable thead button").CountAsync();
        for (int column = 0; column < columns; column++)
        {
            var head = page.Locator(".sortable thead th").Nth(column);
            await head.GetByRole(AriaRole.Button).ClickAsync();
            string first = (await head.GetAttributeAsync("aria-sort"))!;
            string[] once = [.. await KeysAsync(column)];
            await head.GetByRole(AriaRole.Button).ClickAsync();
            Assert.Equal(first == "ascending" ? "descending" : "ascending", await head.GetAttributeAsync("aria-sort"));
            // Equal keys keep their places, so what is compared is the keys.
            Assert.Equal(once.Reverse(), await KeysAsync(column));
            Assert.True(IsOrdered(first == "ascending" ? once : [.. once.Reverse()]), $"column {column}: {string.Join(", ", once)}");
            Assert.Equal(names, (await rows.Locator("th").AllInnerTextsAsync()).Order(StringComparer.Ordinal));
        }

        async Task<IEnumerable<string>> KeysAsync(int column) =>
            await page.EvaluateAsync<string[]>(
                "column => [...document.querySelectorAll('.sortable tbody tr')].map(row => row.children[column].dataset.sort)",
                column
            );
    }

    private static bool IsOrdered(string[] keys) =>
        keys.All(key => double.TryParse(key, CultureInfo.InvariantCulture, out _))
            ? keys.Select(key => double.Parse(key, CultureInfo.InvariantCulture)).ToArray() is var numbers
                && numbers.Order().SequenceEqual(numbers)
            : keys.Order(StringComparer.InvariantCultureIgnoreCase).SequenceEqual(keys);

    private async Task<IPage> OpenAsync(string report, int width, ColorScheme scheme)
    {
        var page = await browser.OpenAsync(width, scheme);
        page.PageError += (_, error) => Assert.Fail(error);
        await page.GotoAsync(new Uri(report).AbsoluteUri);
        if (Environment.GetEnvironmentVariable("SIGNALS_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(
                new PageScreenshotOptions { Path = Path.Combine(folder, $"report-{width}-{scheme}.png"), FullPage = true }
            );
        return page;
    }

    /// <summary>The page of a backtest on a year of forty listeners, of whom every fourth falls silent, meets errors and leaves.</summary>
    private async Task<string> ReportAsync()
    {
        string model = Path.Combine(_folder, "model.json"),
            events = Path.Combine(_folder, "events.ndjson"),
            report = Path.Combine(_folder, "report.html");
        await File.WriteAllTextAsync(model, Model, TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(events, Events(), TestContext.Current.CancellationToken);
        using var told = new StringWriter();
        int code = await BacktestCommand
            .Create()
            .Parse([events, "--model", model, "--html", report])
            .InvokeAsync(new InvocationConfiguration { Output = TextWriter.Null, Error = told }, TestContext.Current.CancellationToken);
        Assert.True(code == 0, told.ToString());
        return report;
    }

    private static IEnumerable<string> Events()
    {
        var start = new DateTimeOffset(2025, 1, 1, 9, 0, 0, TimeSpan.Zero);
        return Enumerable
            .Range(0, 40)
            .SelectMany(person => Enumerable.Range(0, 180).SelectMany(day => Of(person, day)))
            .OrderBy(item => item.At)
            .Select(
                (item, i) =>
                    $$"""{"type":"track","messageId":"m{{i}}","userId":"{{item.Who}}","event":"{{item.Name}}","timestamp":"{{item.At:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}"""
            );

        IEnumerable<(DateTimeOffset At, string Who, string Name)> Of(int person, int day)
        {
            string who = $"listener-{person}-with-an-address@somewhere.example";
            var at = start.AddDays(day).AddMinutes(person);
            bool leaves = person % 4 == 0;
            int silent = 60 + person;
            if (!leaves || day < silent)
                yield return (at, who, "Listened");
            else if (day < silent + 3)
                yield return (at, who, "Playback Failed");
            else if (day == silent + 40)
                yield return (at, who, "Left");
        }
    }
}
