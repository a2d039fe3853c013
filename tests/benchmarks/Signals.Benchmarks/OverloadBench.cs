using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Signals.Benchmarks;

/// <summary>
/// Ten times what can be taken, by the clock and whatever is answered; then 256 senders of large batches, each of which comes again at once
/// with what was refused, whatever it was told. What is accepted is to be answered nearly as fast as by an idle server, probes are to
/// answer, nothing acknowledged may be lost, and afterwards everything is as before without a restart. Floor: one such sender alone.
/// </summary>
internal sealed class OverloadBench : IBench
{
    public static string Name => "overload";

    private const int BatchSize = 1_000;
    private const int Connections = 256;
    private const int CalmConnections = 16;
    private const int People = 2_000;

    /// <summary>How much more is offered than can be taken.</summary>
    private const int Times = 10;

    /// <summary>Batches of a sender alone: enough for the slowest in a hundred to be more than one.</summary>
    private const int Few = 400;

    /// <summary>A sender that was refused comes again after this, which is a hundredth of what it was told.</summary>
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        int batches = run.IsLong ? 3_000 : 600;
        long next = 0;
        ConcurrentQueue<byte[]> Requests(int count)
        {
            var made = MadeUp.Batches(count, BatchSize, People, next).Select(body => RawConnection.Request("/v1/batch", body));
            next += (long)count * BatchSize;
            return new ConcurrentQueue<byte[]>(made);
        }

        await using var app = await Serving.AppAsync(run, cancellationToken);
        async Task<Flood> FoldedAsync(ConcurrentQueue<byte[]> requests, int connections, Pace pace)
        {
            using var probed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var probing = ProbeAsync(app, probed.Token);
            var flood = await SendAsync(app, requests, connections, pace, cancellationToken);
            await probed.CancelAsync();
            double[] probes = await probing;
            long began = Stopwatch.GetTimestamp();
            long folded = await app.FoldedAsync(cancellationToken);
            if (folded != next)
                throw new InvalidOperationException(
                    $"Found {folded:#,##0} events folded, expected {next:#,##0}: each was acknowledged once."
                );
            return flood with { Probes = probes, Drained = Stopwatch.GetElapsedTime(began).TotalSeconds };
        }

        await FoldedAsync(Requests(Few), CalmConnections, Pace.Closed);
        var alone = await FoldedAsync(Requests(Few), 1, Pace.Closed);
        var calm = await FoldedAsync(Requests(Few), CalmConnections, Pace.Closed);
        double capacity = calm.Accepted.Count / calm.Wall;
        var over = await FoldedAsync(Requests(batches), Connections, Pace.ByTheClock(Times * capacity));
        var impatient = await FoldedAsync(Requests(batches), Connections, Pace.Closed);
        var after = await FoldedAsync(Requests(Few), 1, Pace.Closed);

        Tell(run, $"{Times} times", over, alone, capacity, Goal.AtMost(5));
        Tell(run, $"{Connections} that do not wait", impatient, alone, capacity, null);
        run.Add(new Figure(Name, "99 of 100 probes, one sender alone, within", new Amount(P99(alone.Probes), "ms")));
        run.Add(
            new Figure(
                Name,
                "the same sender alone, afterwards",
                new Amount(P99(after.Accepted), "ms"),
                new Amount(P99(alone.Accepted), "ms"),
                Goal.AtMost(2)
            )
        );
    }

    private static void Tell(BenchRun run, string senders, Flood flood, Flood alone, double capacity, Goal? goal)
    {
        var can = new Amount(capacity * BatchSize, "events/s");
        double offered = (flood.Accepted.Count + flood.Refused) / flood.Wall;
        run.Add(new Figure(Name, $"{senders}: offered, in what it can take", new Amount(offered * BatchSize, "events/s"), can));
        run.Add(new Figure(Name, $"{senders}: accepted", new Amount(flood.Accepted.Count / flood.Wall * BatchSize, "events/s"), can));
        run.Add(
            new Figure(
                Name,
                $"{senders}: 99 of 100 that are accepted, within",
                new Amount(P99(flood.Accepted), "ms"),
                new Amount(P99(alone.Accepted), "ms"),
                goal
            )
        );
        run.Add(new Figure(Name, $"{senders}: 99 of 100 probes, within", new Amount(P99(flood.Probes), "ms")));
        run.Add(new Figure(Name, $"{senders}: until all is folded, afterwards", new Amount(flood.Drained, "s")));
    }

    /// <summary>Sends every request until it is accepted, over so many connections at once.</summary>
    private static async Task<Flood> SendAsync(
        Serving app,
        ConcurrentQueue<byte[]> requests,
        int connections,
        Pace pace,
        CancellationToken cancellationToken
    )
    {
        int left = requests.Count,
            refused = 0;
        long turns = -1;
        var accepted = new ConcurrentBag<double>();
        long began = Stopwatch.GetTimestamp();
        async Task SendOverOneAsync()
        {
            using var connection = new RawConnection(app.Address);
            while (Volatile.Read(ref left) > 0)
            {
                if (pace.Interval is { } interval)
                {
                    var due = interval * Interlocked.Increment(ref turns) - Stopwatch.GetElapsedTime(began);
                    if (due > TimeSpan.Zero)
                        await Task.Delay(due, cancellationToken);
                }
                if (!requests.TryDequeue(out byte[]? request))
                {
                    await Task.Delay(Impatience, cancellationToken);
                    continue;
                }
                long sent = Stopwatch.GetTimestamp();
                switch (await connection.SendAsync(request, cancellationToken))
                {
                    case HttpStatusCode.OK:
                        accepted.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                        Interlocked.Decrement(ref left);
                        continue;
                    case HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests or null:
                        Interlocked.Increment(ref refused);
                        break;
                    case var status:
                        throw new InvalidOperationException($"Found the answer {status}, expected 200 or to be asked to come again.");
                }
                if (pace.Interval is null)
                    await Task.Delay(Impatience, cancellationToken);
                requests.Enqueue(request);
            }
        }
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => SendOverOneAsync()));
        return new Flood([.. accepted], refused, Stopwatch.GetElapsedTime(began).TotalSeconds, [], 0);
    }

    private static async Task<double[]> ProbeAsync(Serving app, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = app.Address };
        var took = new List<double>();
        try
        {
            while (true)
            {
                long began = Stopwatch.GetTimestamp();
                using (var response = await client.GetAsync(new Uri("/healthz", UriKind.Relative), cancellationToken))
                    response.EnsureSuccessStatusCode();
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                await Task.Delay(BetweenProbes, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            return [.. took];
        }
    }

    private static double P99(IReadOnlyCollection<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted[(int)(sorted.Length * 0.99)];
    }

    /// <summary>When a sender sends.</summary>
    /// <param name="Interval">From one request of all senders to the next, by the clock; null for each as soon as it is answered.</param>
    private sealed record Pace(TimeSpan? Interval)
    {
        public static Pace Closed { get; } = new((TimeSpan?)null);

        public static Pace ByTheClock(double perSecond) => new(TimeSpan.FromSeconds(1 / perSecond));
    }

    /// <summary>What sending came to.</summary>
    /// <param name="Accepted">The milliseconds of each request that was accepted.</param>
    /// <param name="Refused">How many were not.</param>
    /// <param name="Wall">Seconds, all in all.</param>
    /// <param name="Probes">The milliseconds of each probe meanwhile.</param>
    /// <param name="Drained">Seconds until all was folded, afterwards.</param>
    private sealed record Flood(IReadOnlyCollection<double> Accepted, int Refused, double Wall, double[] Probes, double Drained);
}
