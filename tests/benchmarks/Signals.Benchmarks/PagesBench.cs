using Signals.Benchmarks.Pages;

namespace Signals.Benchmarks;

/// <summary>Every page of the dashboard. Floor: an empty page of the same server.</summary>
internal sealed class PagesBench : IBench
{
    public static string Name => "pages";

    private const int Accounts = 500;
    private const int Requests = 20;

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        string data = run.Data ?? await FilledAsync(run, cancellationToken);
        var timings = await Measure.TimeAsync(data, Requests, cancellationToken);
        var empty = timings.Single(timing => timing.Address == Measure.Empty);
        var pages = timings
            .Where(timing => timing != empty && !timing.Address.Contains(Measure.File, StringComparison.Ordinal) && !AsksTheNetwork(timing))
            .OrderByDescending(timing => timing.Percentile95)
            .ToList();
        var floor = new Amount(empty.Percentile95, "ms");
        run.Add(
            new Figure(
                Name,
                $"the slowest of {pages.Count}, p95: {pages[0].Address}",
                new Amount(pages[0].Percentile95, "ms"),
                floor,
                Goal.AtMost(20)
            )
        );
        run.Add(new Figure(Name, "the middle one, p95", new Amount(pages[pages.Count / 2].Percentile95, "ms"), floor));
        run.Add(new Figure(Name, "processor of the slowest", new Amount(pages.Max(page => page.Cpu), "CPU ms")));
    }

    /// <summary>The doctor's page asks name servers, which have a time of their own.</summary>
    private static bool AsksTheNetwork(Timing timing) => timing.Address.Contains("network=", StringComparison.Ordinal);

    private static async Task<string> FilledAsync(BenchRun run, CancellationToken cancellationToken)
    {
        string folder = run.Folder();
        await using var fill = new Fill(folder, SampleModel.Path, Accounts);
        await fill.RunAsync(cancellationToken);
        return folder;
    }
}
