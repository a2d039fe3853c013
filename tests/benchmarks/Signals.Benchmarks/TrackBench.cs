using System.Diagnostics;
using System.Globalization;

namespace Signals.Benchmarks;

/// <summary>
/// Durable single events over 64 connections. Floor: the same requests, read and answered without storing. How often the disk is waited for
/// is counted where <c>strace</c> is installed, on a run of its own.
/// </summary>
internal sealed class TrackBench : IBench
{
    public static string Name => "track";

    private const int Connections = 64;
    private const int People = 2_000;

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        int count = run.IsLong ? 200_000 : 30_000;
        byte[][] traced = [.. MadeUp.Singles(10_000, People, 9_000_000)];
        await using var floor = await Serving.FloorAsync(cancellationToken);
        var least = await PostAsync(floor, folds: false);
        await using var app = await Serving.AppAsync(run, cancellationToken);
        var took = await PostAsync(app, folds: true);
        run.Add(
            new Figure(
                Name,
                $"{count:#,##0} events acknowledged",
                new Amount(count / took.Wall, "requests/s"),
                new Amount(count / least.Wall, "requests/s"),
                Goal.AtLeast(0.5)
            )
        );
        run.Add(
            new Figure(
                Name,
                "until the last is folded",
                new Amount(count / took.Until, "requests/s"),
                new Amount(count / least.Wall, "requests/s")
            )
        );
        run.Add(
            new Figure(
                Name,
                "server, folding included",
                new Amount(took.Cpu / count * 1e6, "CPU µs a request"),
                new Amount(least.Cpu / count * 1e6, "CPU µs a request")
            )
        );
        int? waits = await WaitsForDiskAsync(
            app,
            async () =>
            {
                await app.PostAsync("/v1/track", traced, Connections, cancellationToken);
            },
            cancellationToken
        );
        if (waits is { } found)
            run.Add(
                new Figure(Name, "waits for the disk", new Amount((double)found / traced.Length, "a request"), null, Goal.AtMost(1.0 / 20))
            );
        else
            Console.Error.WriteLine("track    waits for the disk: not counted, for there is no strace here");

        Task<Round> PostAsync(Serving server, bool folds) =>
            Rounds.PostAsync(
                server,
                "/v1/track",
                Connections,
                folds,
                round => MadeUp.Singles(count, People, (long)round * count),
                cancellationToken
            );
    }

    private static async Task<int?> WaitsForDiskAsync(Serving app, Func<Task> work, CancellationToken cancellationToken)
    {
        string report = Path.GetTempFileName();
        Process? tracer;
        try
        {
            tracer = Process.Start(
                new ProcessStartInfo("strace")
                {
                    UseShellExecute = false,
                    RedirectStandardError = true,
                    ArgumentList =
                    {
                        "-f",
                        "-c",
                        "-e",
                        "trace=fsync,fdatasync",
                        "-o",
                        report,
                        "-p",
                        app.ProcessId.ToString(CultureInfo.InvariantCulture),
                    },
                }
            );
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        await tracer!.StandardError.ReadLineAsync(cancellationToken);
        await work();
        using (Process.Start("kill", ["-INT", tracer.Id.ToString(CultureInfo.InvariantCulture)])) { }
        await tracer.WaitForExitAsync(cancellationToken);
        int calls = File.ReadLines(report)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 3 && words[^1] is "fsync" or "fdatasync")
            .Sum(words => int.Parse(words[3], CultureInfo.InvariantCulture));
        File.Delete(report);
        return calls;
    }
}
