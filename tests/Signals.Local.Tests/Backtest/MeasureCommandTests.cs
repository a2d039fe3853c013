using System.CommandLine;
using Signals.Local.CommandLine;
using Signals.Local.Tests.Storage;

namespace Signals.Local.Tests.Backtest;

public sealed class MeasureCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_history_of_the_list_stands_in_one_table_with_each_score()
    {
        await File.WriteAllLinesAsync(_folder.File("events.ndjson"), CalibrateCommandTests.History(people: 200), Cancel);
        await File.WriteAllTextAsync(_folder.File("model.json"), CalibrateCommandTests.Model, Cancel);

        var (code, output, error) = await RunAsync(
            """[{ "name": "tunes", "events": "events.ndjson", "model": "model.json" }, { "name": "again", "events": "events.ndjson", "model": "model.json" }]"""
        );

        Assert.True(code == 0, error);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(15, lines.Length);
        Assert.Matches(@"^tunes\s+counts\s+0\.\d{3} \(0\.\d{3} to [01]\.\d{3}\)", lines[1]);
        Assert.Matches(@"^\s+as shipped\s+0\.\d{3} .* [\d.]+%\s+[\d.]+ times\s+[\d.]+ times$", lines[2]);
        Assert.Matches(@"^\s+calibrated\s+0\.\d{3} .* [\d.]+%\s+[\d.]+ times\s+[\d.]+ times$", lines[3]);
        Assert.Equal(lines[2], lines[5]);
        Assert.Matches(@"^tunes\s+within\s+AUC\s+told\s+seen\s+calibration\s+assessed$", lines[7]);
        Assert.Matches(@"^\s+30 days\s+0\.\d{3} \(.*\)\s+[\d.]+%\s+[\d.]+%\s+0\.\d{4}\s+\d+$", lines[8]);
        Assert.Matches(@"^tunes\s+cause\s+accounts\s+left, over base\s+when it begins\s+passes by itself", lines[11]);
        Assert.Matches(@"^\s+usage-drop\s+\d+ [\d.]+ \([\d.]+ to [\d.]+\)\s+[\d.]+ \([\d.]+ to [\d.]+\)\s+[\d.]+%", lines[12]);
        Assert.Equal(lines[12], lines[14]);
    }

    [Theory]
    [InlineData("[]", "expected a list of sets")]
    [InlineData("""[{ "name": "x", "events": "events.ndjson" }]""", "expected a list of sets")]
    [InlineData("{", "sets.json: ")]
    [InlineData("""[{ "name": "x", "events": "events.ndjson", "model": "none.json" }]""", "none.json")]
    public async Task What_cannot_be_measured_is_refused_with_its_reason(string sets, string reason)
    {
        var (code, _, error) = await RunAsync(sets);

        Assert.Equal(2, code);
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<(int Code, string Output, string Error)> RunAsync(string sets)
    {
        await File.WriteAllTextAsync(_folder.File("sets.json"), sets, Cancel);
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await new RootCommand { MeasureCommand.Create() }
            .Parse(["measure", _folder.File("sets.json")])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, Cancel);
        return (code, output.ToString(), error.ToString());
    }
}
