namespace Signals.Benchmarks;

/// <summary>From the start of the process to its first answer, on an empty folder. Floor: the same server with nothing in it.</summary>
internal sealed class StartBench : IBench
{
    public static string Name => "start";

    private const int Runs = 5;
    private const double Mebi = 1024 * 1024;

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        double[] app = new double[Runs],
            floor = new double[Runs],
            cpu = new double[Runs];
        double memory = 0,
            memoryOfFloor = 0;
        for (int i = 0; i < Runs; i++)
        {
            await using (var served = await Serving.FloorAsync(cancellationToken))
            {
                floor[i] = served.Started.TotalMilliseconds;
                memoryOfFloor = served.Memory() / Mebi;
            }
            await using (var served = await Serving.AppAsync(run, cancellationToken))
            {
                app[i] = served.Started.TotalMilliseconds;
                cpu[i] = served.Cpu();
                memory = served.Memory() / Mebi;
            }
        }
        Array.Sort(app);
        Array.Sort(floor);
        Array.Sort(cpu);
        run.Add(new Figure(Name, "first answer, median", new Amount(app[Runs / 2], "ms"), new Amount(floor[Runs / 2], "ms")));
        run.Add(new Figure(Name, "processor until then", new Amount(cpu[Runs / 2], "CPU s")));
        run.Add(new Figure(Name, "memory then", new Amount(memory, "MiB"), new Amount(memoryOfFloor, "MiB")));
        run.Add(new Figure(Name, "the built app", new Amount(SizeOfApp() / Mebi, "MiB")));
    }

    /// <summary>All files beside the app but these benches' own.</summary>
    private static double SizeOfApp() =>
        new DirectoryInfo(AppContext.BaseDirectory)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => !file.Name.StartsWith("Signals.Benchmarks", StringComparison.Ordinal))
            .Sum(file => (double)file.Length);
}
