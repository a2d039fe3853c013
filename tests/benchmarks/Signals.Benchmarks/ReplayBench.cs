using Signals.Backtesting;
using Signals.Core.Intake.Events;
using Signals.Local.Backtest;

namespace Signals.Benchmarks;

/// <summary>
/// The backtest of a gzipped stream: reading and folding alone, and the whole of it. Floor: unzipping it and reading every token.
/// </summary>
internal sealed class ReplayBench : IBench
{
    public static string Name => "replay";

    private const int Days = 75;
    private const int EventsAPerson = 200;
    private const int Runs = 3;

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        int events = run.IsLong ? 10_000_000 : 400_000;
        string folder = run.Folder();
        string warm = MadeUp.Stream(folder, 40_000, 200, Days);
        await FoldAsync(warm, cancellationToken);
        await WholeAsync(warm, compares: true, cancellationToken);
        Tokens.InLinesOf(warm);
        double person = await MemoryAsync(MadeUp.Stream(folder, events, events / EventsAPerson, Days), cancellationToken);
        run.Add(Of("memory of a person", new Amount(person, "bytes"), null, Goal.AtMost(2048)));

        var growth = new List<(double, double)>();
        foreach (int part in (int[])[4, 2, 1])
        {
            string file = MadeUp.Stream(folder, events / part, events / part / EventsAPerson, Days);
            int runs = run.IsLong ? 1 : Runs;
            var floor = await Cost.BestOfAsync(runs, () => Task.FromResult(Tokens.InLinesOf(file)));
            var fold = await Cost.BestOfAsync(runs, () => FoldAsync(file, cancellationToken));
            growth.Add((events / part, fold.Cpu));
            if (part > 1)
                continue;
            run.Add(Of($"fold {events:#,##0} events", new Amount(fold.Cpu, "CPU s"), new Amount(floor.Cpu, "CPU s"), Goal.AtMost(2.5)));
            var plain = await Cost.BestOfAsync(runs, () => WholeAsync(file, compares: false, cancellationToken));
            run.Add(Of("backtest without the comparison", new Amount(plain.Cpu, "CPU s"), new Amount(floor.Cpu, "CPU s")));
            var whole = await Cost.BestOfAsync(1, () => WholeAsync(file, compares: true, cancellationToken));
            run.Add(Of("whole backtest", new Amount(whole.Cpu, "CPU s"), new Amount(floor.Cpu, "CPU s"), Goal.AtMost(6)));
            run.Add(Of("processors busy in the whole backtest", new Amount(whole.Cpu / whole.Wall, "")));
            run.Add(Of("allocated while folding", new Amount((double)fold.Allocated / events, "bytes an event")));
        }
        run.Add(Of("growth of folding with events", new Amount(Growth.Exponent(growth), "(exponent)"), null, Goal.AtMost(1.1)));
    }

    private static Figure Of(string what, Amount measured, Amount? floor = null, Goal? goal = null) =>
        new(Name, what, measured, floor, goal);

    private static async Task<Replay> FoldAsync(string path, CancellationToken cancellationToken)
    {
        var model = MadeUp.Model();
        using var file = EventFile.Open(path);
        var replay = new Replay(model);
        await new EventPipeline(file, new EventLineParser(DateTimeOffset.UtcNow, new IntakeRules(model))).ReadAsync(
            block =>
            {
                foreach (var (usageEvent, id) in block.Events)
                    replay.Fold(usageEvent, id);
            },
            cancellationToken
        );
        return replay;
    }

    private static Task<BacktestReport> WholeAsync(string path, bool compares, CancellationToken cancellationToken) =>
        new BacktestRun(MadeUp.Model(), new BacktestSettings { Compares = compares }, TimeProvider.System).RunAsync(
            path,
            new Progress<BacktestProgress>(),
            cancellationToken
        );

    /// <summary>
    /// What a second replay adds to what is alive, by people. The first is kept too, for the last one is held for a while by whoever read it.
    /// </summary>
    private static async Task<double> MemoryAsync(string path, CancellationToken cancellationToken)
    {
        var first = await FoldAsync(path, cancellationToken);
        long before = Alive();
        var second = await FoldAsync(path, cancellationToken);
        long after = Alive();
        GC.KeepAlive(first);
        return (double)(after - before) / second.Accounts.Values.Sum(account => account.People.Count);
    }

    /// <summary>Bytes that are reachable. What earlier folds left waits for its finalizers and for the pools to let go.</summary>
    private static long Alive()
    {
        for (int round = 0; round < 2; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
