using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Signals.Benchmarks;

/// <summary>
/// Much more than can be taken: 256 senders of large batches, each of which comes again at once with what was refused, whatever it was told.
/// What is accepted is to be answered nearly as fast as by an idle server, probes are to answer, nothing acknowledged may be lost, and
/// afterwards everything is as before without a restart. Floor: the same sender alone.
/// </summary>
internal sealed class OverloadBench : IBench
{
    public static string Name => "overload";

    private const int BatchSize = 1_000;
    private const int Connections = 256;
    private const int CalmConnections = 16;
    private const int People = 2_000;

    /// <summary>A sender that was refused comes again after this, which is a hundredth of what it was told.</summary>
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        int few = 100,
            batches = run.IsLong ? 3_000 : 600;
        long next = 0;
        byte[][] Bodies(int count)
        {
            byte[][] made = [.. MadeUp.Batches(count, BatchSize, People, next)];
            next += (long)count * BatchSize;
            return made;
        }

        await using var app = await Serving.AppAsync(run, cancellationToken);
        await SendAsync(app, Bodies(few), 1, cancellationToken);
        await app.FoldedAsync(cancellationToken);
        var alone = await SendAsync(app, Bodies(few), 1, cancellationToken);
        await app.FoldedAsync(cancellationToken);
        var calm = await SendAsync(app, Bodies(few), CalmConnections, cancellationToken);
        await app.FoldedAsync(cancellationToken);

        byte[][] flood = Bodies(batches);
        using var probed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var probing = ProbeAsync(app, probed.Token);
        var flooded = await SendAsync(app, flood, Connections, cancellationToken);
        await probed.CancelAsync();
        double[] probes = await probing;
        long began = Stopwatch.GetTimestamp();
        long folded = await app.FoldedAsync(cancellationToken);
        double drained = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (folded != next)
            throw new InvalidOperationException($"Found {folded:#,##0} events folded, expected {next:#,##0}: each was acknowledged once.");
        var after = await SendAsync(app, Bodies(few), 1, cancellationToken);

        double capacity = few * (double)BatchSize / calm.Wall,
            offered = (flooded.Accepted.Length + flooded.Refused) * (double)BatchSize / flooded.Wall;
        run.Add(new Figure(Name, "offered, in what it can take", new Amount(offered, "events/s"), new Amount(capacity, "events/s")));
        run.Add(
            new Figure(
                Name,
                "accepted meanwhile",
                new Amount(flood.Length * (double)BatchSize / flooded.Wall, "events/s"),
                new Amount(capacity, "events/s")
            )
        );
        run.Add(
            new Figure(
                Name,
                "99 of 100 that are accepted, within",
                new Amount(P99(flooded.Accepted), "ms"),
                new Amount(P99(alone.Accepted), "ms"),
                Goal.AtMost(5)
            )
        );
        run.Add(new Figure(Name, "99 of 100 probes meanwhile, within", new Amount(P99(probes), "ms")));
        run.Add(new Figure(Name, "until all is folded, afterwards", new Amount(drained, "s")));
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

    /// <summary>Sends every body until it is accepted, over so many connections at once.</summary>
    private static async Task<Flood> SendAsync(Serving app, byte[][] bodies, int connections, CancellationToken cancellationToken)
    {
        using var client = Client(app, connections);
        double[] accepted = new double[bodies.Length];
        int next = -1,
            refused = 0;
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(async _ =>
                {
                    for (int i; (i = Interlocked.Increment(ref next)) < bodies.Length; )
                    {
                        while ((accepted[i] = await TrySendAsync(client, bodies[i], cancellationToken)) < 0)
                        {
                            Interlocked.Increment(ref refused);
                            await Task.Delay(Impatience, cancellationToken);
                        }
                    }
                })
        );
        return new Flood(accepted, refused, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>The milliseconds until it was accepted; negative where it was turned away or hung up on.</summary>
    private static async Task<double> TrySendAsync(HttpClient client, byte[] body, CancellationToken cancellationToken)
    {
        const double Refused = -1;
        long began = Stopwatch.GetTimestamp();
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var response = await client.PostAsync(new Uri("/v1/batch", UriKind.Relative), content, cancellationToken);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
                return Refused;
            response.EnsureSuccessStatusCode();
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        catch (HttpRequestException error) when (error.StatusCode is null)
        {
            // Refused before its body was read, and the connection closed.
            return Refused;
        }
    }

    private static async Task<double[]> ProbeAsync(Serving app, CancellationToken cancellationToken)
    {
        using var client = Client(app, 1);
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

    private static HttpClient Client(Serving app, int connections)
    {
        var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = app.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Serving.WriteKey);
        return client;
    }

    private static double P99(double[] milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted[(int)(sorted.Length * 0.99)];
    }

    /// <summary>What sending came to.</summary>
    /// <param name="Accepted">The milliseconds of each request that was accepted.</param>
    /// <param name="Refused">How many were not.</param>
    /// <param name="Wall">Seconds, all in all.</param>
    private sealed record Flood(double[] Accepted, int Refused, double Wall);
}
