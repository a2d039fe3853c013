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

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        int batches = run.IsLong ? 20_000 : 3_000,
            events = batches * BatchSize;
        await using var floor = await Serving.FloorAsync(cancellationToken);
        var least = await PostAsync(floor, folds: false);
        await using var app = await Serving.AppAsync(run, cancellationToken);
        var took = await PostAsync(app, folds: true);
        if (took.Folded != Rounds.Played * events)
            throw new InvalidOperationException($"Found {took.Folded:#,##0} events folded, expected {Rounds.Played * events:#,##0}.");

        run.Add(
            new Figure(
                Name,
                $"{events:#,##0} events acknowledged",
                new Amount(events / took.Wall, "events/s"),
                new Amount(events / least.Wall, "events/s"),
                Goal.AtLeast(0.6)
            )
        );
        run.Add(
            new Figure(
                Name,
                "until the last is folded",
                new Amount(events / took.Until, "events/s"),
                new Amount(events / least.Wall, "events/s")
            )
        );
        run.Add(
            new Figure(
                Name,
                "server, folding included",
                new Amount(took.Cpu / events * 1e6, "CPU µs an event"),
                new Amount(least.Cpu / events * 1e6, "CPU µs an event")
            )
        );
        run.Add(new Figure(Name, "asked to come again", new Amount(took.ComeAgain, "times")));

        Task<Round> PostAsync(Serving server, bool folds) =>
            Rounds.PostAsync(
                server,
                "/v1/batch",
                Connections,
                folds,
                round => MadeUp.Batches(batches, BatchSize, People, (long)round * events),
                cancellationToken
            );
    }
}
