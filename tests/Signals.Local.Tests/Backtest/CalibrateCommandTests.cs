using System.CommandLine;
using System.Text;
using System.Text.Json;
using Signals.Backtesting;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Time;
using Signals.Local.CommandLine;
using Signals.Local.Tests.Storage;

namespace Signals.Local.Tests.Backtest;

public sealed class CalibrateCommandTests : IDisposable
{
    internal const string Model = """
        // What counts in Tunes.
        { "product": "Tunes",
          "value": { "unit": "minutes", "from": [{ "event": "Listened", "amount": 60 }] }, // an hour each
          "churn": { "events": ["Left"] }
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_history_with_enough_who_left_gives_a_model_with_weights_that_reviews_use()
    {
        var (code, output, error) = await RunAsync(History(people: 200));

        Assert.True(code == 0, error);
        string written = await File.ReadAllTextAsync(_folder.File("out.json"), TestContext.Current.CancellationToken);
        Assert.Contains("// What counts in Tunes.", written, StringComparison.Ordinal);
        Assert.Contains("// an hour each", written, StringComparison.Ordinal);
        var risk = ValueModelReader.ReadFile(_folder.File("out.json"), CauseCatalogue.All).Model!.Risk!;
        Assert.Equal(
            (new DateOnly(2026, 1, 31), 14, "events.ndjson", 64),
            (risk.Date, risk.HorizonDays, risk.Data.Name, risk.Data.Sha256!.Length)
        );
        Assert.True(risk.Data.Churned >= 30);
        Assert.True(risk.CrossValidated!.AucFrom <= risk.CrossValidated.Auc && risk.CrossValidated.Auc <= risk.CrossValidated.AucTo);
        Assert.Contains("AUC above the reference", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_usual_within_a_fortnight_and_a_month_is_what_happened_and_no_more_is_told_than_history_holds()
    {
        string[] lines = [.. History(people: 200)];
        var (code, output, error) = await RunAsync(lines);

        Assert.True(code == 0, error);
        var risk = ValueModelReader.ReadFile(_folder.File("out.json"), CauseCatalogue.All).Model!.Risk!;
        Assert.Equal([(14, 30)], risk.Later.Select(later => (later.FromDays, later.ToDays)));
        Assert.Contains("told within 14, 30 days; usual are ", output, StringComparison.Ordinal);
        Assert.All(risk.Later, later => Assert.InRange(later.Slope, 0.05, 1.5));
        Assert.Equal(LeftWithin(lines, 14), Horizons.UsualWithin(risk, 14)!.Value, 0.005);
        Assert.Equal(LeftWithin(lines, 30), Horizons.UsualWithin(risk, 30)!.Value, 0.03);
    }

    /// <summary>Counted from the lines alone: of who had been there for a month at a weekly cut, who left within so many days of it.</summary>
    private static double LeftWithin(string[] lines, int days)
    {
        var events = lines
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(line =>
                (
                    User: line.GetProperty("userId").GetString()!,
                    Name: line.GetProperty("event").GetString(),
                    At: line.GetProperty("timestamp").GetDateTimeOffset()
                )
            )
            .ToList();
        double there = 0,
            left = 0;
        for (var cut = Backtester.FirstCut(events[0].At); cut.AddDays(days) <= events[^1].At; cut = cut.AddDays(7))
        {
            foreach (var person in events.GroupBy(line => line.User))
            {
                var leaves = person.Where(line => line.Name == "Left").Select(line => (DateTimeOffset?)line.At).FirstOrDefault();
                if (person.First().At > cut.AddDays(-30) || leaves < cut)
                    continue;
                there++;
                left += leaves < cut.AddDays(days) ? 1 : 0;
            }
        }
        return left / there;
    }

    [Fact]
    public async Task Too_few_who_left_are_refused_with_how_many_there_were()
    {
        var (code, output, error) = await RunAsync(History(people: 12));

        Assert.Equal((2, ""), (code, output));
        Assert.Matches(@"found \d churned accounts? in the \d+ labelled cuts, expected at least 10", error);
        Assert.False(File.Exists(_folder.File("out.json")));
    }

    [Fact]
    public async Task Some_who_left_scale_the_curves_that_ship()
    {
        var (code, output, error) = await RunAsync(History(people: 100));

        Assert.True(code == 0, error);
        var risk = ValueModelReader.ReadFile(_folder.File("out.json"), CauseCatalogue.All).Model!.Risk!;
        Assert.InRange(risk.Data.Churned, 10, 29);
        Assert.Contains("fewer than 30 churned: the curves that ship were scaled as one", output, StringComparison.Ordinal);
        Assert.Contains("value.quiet", output, StringComparison.Ordinal);
        Assert.DoesNotContain("since.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_names_no_churn_is_refused()
    {
        var (code, _, error) = await RunAsync(
            History(people: 30),
            Model.Replace("\"churn\": { \"events\": [\"Left\"] }", "\"currency\": \"EUR\"", StringComparison.Ordinal)
        );

        Assert.Equal(2, code);
        Assert.Contains("churn.events: found nothing", error, StringComparison.Ordinal);
    }

    /// <summary>People who listen at their own pace; a third fades out, and most of those leave.</summary>
    internal static IEnumerable<string> History(int people)
    {
        var random = new Random(42);
        var start = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var events = new List<(DateTimeOffset At, string User, string Name)>();
        for (int i = 0; i < people; i++)
        {
            int pace = random.Next(1, 4),
                fades = random.Next(3) == 0 ? random.Next(45, 90) : int.MaxValue;
            for (int day = random.Next(0, 20); day < 120 && day < fades; day += pace)
                events.Add((start.AddDays(day + random.NextDouble() * 0.9), $"p{i}", "Listened"));
            if (fades < int.MaxValue && random.Next(4) > 0)
                events.Add((start.AddDays(fades + random.Next(8, 30)), $"p{i}", "Left"));
        }
        return events
            .OrderBy(item => item.At)
            .Select(
                (item, i) =>
                    $$"""{"type":"track","messageId":"m{{i}}","userId":"{{item.User}}","event":"{{item.Name}}","timestamp":"{{item.At:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}"""
            );
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(IEnumerable<string> events, string model = Model)
    {
        await File.WriteAllLinesAsync(_folder.File("events.ndjson"), events, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.File("model.json"), model, Encoding.UTF8, TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await new RootCommand
        {
            CalibrateCommand.Create(new VirtualClock(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero))),
        }
            .Parse(["calibrate", _folder.File("events.ndjson"), "--model", _folder.File("model.json"), "--out", _folder.File("out.json")])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
