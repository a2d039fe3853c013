using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Signals.Testing;

namespace Signals.Local.Tests.EndToEnd;

/// <summary>A recorded stream of events in <c>../shared/data</c>, and what it adds up to by the plainest of computations.</summary>
public sealed class EventStream
{
    private const int BatchSize = 500;
    private const int Connections = 8;

    private readonly string _path;

    private EventStream(string path) => _path = path;

    /// <summary>Skips the test where the stream is absent.</summary>
    public static EventStream Open(string name)
    {
        string folder = Environment.GetEnvironmentVariable("SIGNALS_SHARED_DATA") ?? Path.Combine(Repository.Root, "..", "shared", "data");
        string path = Path.GetFullPath(Path.Combine(folder, name));
        Assert.SkipUnless(
            File.Exists(path),
            $"The recorded stream {name} is not in {Path.GetFullPath(folder)}; set SIGNALS_SHARED_DATA to the folder that holds it."
        );
        return new EventStream(path);
    }

    public IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(_path), CompressionMode.Decompress), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>
    /// Posts the stream in batches over several connections; returns how many events were acknowledged before it ended or broke.
    /// </summary>
    public async Task<long> PostAsync(SignalsProcess app, CancellationToken cancellationToken)
    {
        var batches = Channel.CreateBounded<string[]>(Connections * 2);
        long acknowledged = 0;
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var senders = Enumerable
            .Range(0, Connections)
            .Select(_ =>
                Task.Run(
                    async () =>
                    {
                        await foreach (string[] batch in batches.Reader.ReadAllAsync(broken.Token))
                        {
                            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch");
                            request.Content = new StringContent(
                                $"{{\"batch\":[{string.Join(',', batch)}]}}",
                                Encoding.UTF8,
                                "application/json"
                            );
                            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SignalsProcess.WriteKey);
                            using var response = await app.Client.SendAsync(request, broken.Token);
                            Assert.Equal(200, (int)response.StatusCode);
                            Interlocked.Add(ref acknowledged, batch.Length);
                        }
                    },
                    broken.Token
                )
            )
            .ToArray();
        var ended = Task.WhenAll(senders);
        _ = Array.ConvertAll(
            senders,
            sender =>
                sender.ContinueWith(_ => broken.Cancel(), cancellationToken, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default)
        );
        try
        {
            foreach (string[] batch in Lines().Chunk(BatchSize))
                await batches.Writer.WriteAsync(batch, broken.Token);
            batches.Writer.Complete();
            await ended;
        }
        catch (Exception fault)
            when (fault is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The app was killed under the senders: what it acknowledged so far is what counts.
            await ended.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        return acknowledged;
    }

    /// <summary>A numeric property of an event summed by person and UTC day, straight from the file.</summary>
    public Dictionary<(string Person, DateOnly Day), double> Sum(string eventName, string property)
    {
        var sums = new Dictionary<(string, DateOnly), double>();
        foreach (string line in Lines())
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (!root.TryGetProperty("event", out var name) || name.GetString() != eventName)
                continue;
            var key = (
                root.GetProperty("userId").GetString()!,
                DateOnly.FromDateTime(root.GetProperty("timestamp").GetDateTimeOffset().UtcDateTime)
            );
            sums[key] = sums.GetValueOrDefault(key) + root.GetProperty("properties").GetProperty(property).GetDouble();
        }
        return sums;
    }
}
