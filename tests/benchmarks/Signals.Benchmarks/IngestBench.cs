namespace Signals.Benchmarks;

/// <summary>
/// Durable batches of 100 events over 16 connections. Floor: the same server, which reads and tokenizes the body and discards it. Whoever
/// posts shares the machine with both.
/// </summary>
internal sealed class IngestBench : IBench
{
    public static string Name => "ingest";

    private const int BatchSize = 100;
    private const int Connections = 16;
    private const int People = 2_000;

    /// <summary>Until what is hot is compiled as it stays; before that a third of the time is the compiler's.</summary>
    private const int WarmUp = 3_000;

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        int batches = run.IsLong ? 20_000 : 3_000;
        byte[][] warm = [.. MadeUp.Batches(WarmUp, BatchSize, People)],
            bodies = [.. MadeUp.Batches(batches, BatchSize, People, 1_000_000)];
        double events = (double)batches * BatchSize;

        await using var floor = await Serving.FloorAsync(cancellationToken);
        await floor.PostAsync("/v1/batch", warm, Connections, cancellationToken);
        var least = await floor.PostAsync("/v1/batch", bodies, Connections, cancellationToken);

        await using var app = await Serving.AppAsync(run, cancellationToken);
        await app.PostAsync("/v1/batch", warm, Connections, cancellationToken);
        await app.FoldedAsync(cancellationToken);
        double cpu = app.Cpu();
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        var posted = await app.PostAsync("/v1/batch", bodies, Connections, cancellationToken);
        long folded = await app.FoldedAsync(cancellationToken);
        double until = System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (folded != events + (warm.Length * BatchSize))
            throw new InvalidOperationException($"Found {folded:#,##0} events folded, expected {events + warm.Length * BatchSize:#,##0}.");

        run.Add(
            new Figure(
                Name,
                $"{events:#,##0} events acknowledged",
                new Amount(events / posted.Wall, "events/s"),
                new Amount(events / least.Wall, "events/s"),
                Goal.AtLeast(0.6)
            )
        );
        run.Add(
            new Figure(
                Name,
                "until the last is folded",
                new Amount(events / until, "events/s"),
                new Amount(events / least.Wall, "events/s")
            )
        );
        run.Add(
            new Figure(
                Name,
                "server, folding included",
                new Amount((app.Cpu() - cpu) / events * 1e6, "CPU µs an event"),
                new Amount(least.Cpu / events * 1e6, "CPU µs an event")
            )
        );
        run.Add(new Figure(Name, "asked to come again", new Amount(posted.ComeAgain, "times")));
    }
}
