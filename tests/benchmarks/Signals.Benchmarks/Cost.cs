using System.Diagnostics;

namespace Signals.Benchmarks;

/// <summary>What a piece of work cost this process.</summary>
/// <param name="Cpu">Processor time of all threads, in seconds.</param>
/// <param name="Wall">Seconds that passed.</param>
/// <param name="Allocated">Bytes allocated on all threads.</param>
internal sealed record Cost(double Cpu, double Wall, long Allocated)
{
    public static async Task<Cost> OfAsync(Func<Task> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        long began = Stopwatch.GetTimestamp();
        await work();
        return new Cost(
            (Environment.CpuUsage.TotalTime - cpu).TotalSeconds,
            Stopwatch.GetElapsedTime(began).TotalSeconds,
            GC.GetTotalAllocatedBytes(precise: true) - allocated
        );
    }

    /// <summary>The cheapest of several runs: what else ran on the machine only ever adds.</summary>
    public static async Task<Cost> BestOfAsync(int runs, Func<Task> work)
    {
        Cost? best = null;
        for (int i = 0; i < runs; i++)
        {
            var cost = await OfAsync(work);
            if (best is null || cost.Cpu < best.Cpu)
                best = cost;
        }
        return best!;
    }
}

/// <summary>How cost grows.</summary>
internal static class Growth
{
    /// <summary>
    /// The exponent b of cost = a * size^b that fits best (least squares of the logarithms): 1 is proportional, 0 is flat.
    /// </summary>
    public static double Exponent(IReadOnlyList<(double Size, double Cost)> points)
    {
        double[] x = [.. points.Select(point => Math.Log(point.Size))],
            y = [.. points.Select(point => Math.Log(point.Cost))];
        double meanX = x.Average(),
            meanY = y.Average();
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }
}
