using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Signals.Benchmarks;

/// <summary>
/// The server's memory under load, which is to stay flat, and what 300 senders without a key cost that dribble their bodies.
/// </summary>
internal sealed class MemoryBench : IBench
{
    public static string Name => "memory";

    private const double Mebi = 1024 * 1024;
    private const int SlowSenders = 300;
    private const int Connections = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var load = run.IsLong ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(45);
        await using var app = await Serving.AppAsync(run, cancellationToken);
        double before = app.Memory() / Mebi;
        var samples = new List<double>();
        using (var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            var watching = WatchAsync(app, samples, done.Token);
            long first = 0;
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < load)
            {
                await app.PostAsync("/v1/batch", [.. MadeUp.Batches(40, 100, 2_000, first)], Connections, cancellationToken);
                first += 4_000;
                await app.FoldedAsync(cancellationToken);
            }
            await done.CancelAsync();
            await watching;
        }
        int fifth = samples.Count / 5;
        run.Add(
            new Figure(
                Name,
                $"the last fifth of {load.TotalSeconds:#,##0} s of load against the second",
                new Amount(samples.TakeLast(fifth).Average(), "MiB"),
                new Amount(samples.Skip(fifth).Take(fifth).Average(), "MiB"),
                Goal.AtMost(1.05)
            )
        );
        run.Add(new Figure(Name, "at most, against an idle server", new Amount(samples.Max(), "MiB"), new Amount(before, "MiB")));
        await SlowAsync(run, cancellationToken);
    }

    private static async Task WatchAsync(Serving app, List<double> samples, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            samples.Add(app.Memory() / Mebi);
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task SlowAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await using var app = await Serving.AppAsync(run, cancellationToken);
        await app.PostAsync("/v1/batch", [.. MadeUp.Batches(200, 100, 2_000)], Connections, cancellationToken);
        await app.FoldedAsync(cancellationToken);
        double before = app.Memory() / Mebi,
            most = before;
        byte[] head = Encoding.ASCII.GetBytes(
            "POST /v1/batch HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: 524288\r\n\r\n{\"batch\":["
        );
        byte[] drop = Encoding.ASCII.GetBytes(new string(' ', 1024));
        var senders = new List<Socket>();
        try
        {
            for (int i = 0; i < SlowSenders; i++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                senders.Add(socket);
                await socket.ConnectAsync(app.Address.Host, app.Address.Port, cancellationToken);
                await socket.SendAsync(head, cancellationToken);
            }
            for (int round = 0; round < 60; round++)
            {
                foreach (var socket in senders)
                    await TrySendAsync(socket, drop, cancellationToken);
                most = Math.Max(most, app.Memory() / Mebi);
                await Task.Delay(Pause / 2, cancellationToken);
            }
        }
        finally
        {
            foreach (var socket in senders)
                socket.Dispose();
        }
        run.Add(
            new Figure(Name, $"{SlowSenders} slow senders without a key", new Amount(most - before, "MiB more"), null, Goal.AtMost(32))
        );
    }

    /// <summary>The server may have hung up on this one, which is its right.</summary>
    private static async Task TrySendAsync(Socket socket, byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(bytes, cancellationToken);
        }
        catch (SocketException)
        {
            // It did.
        }
    }
}
