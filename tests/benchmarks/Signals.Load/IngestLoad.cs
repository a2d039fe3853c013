using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Signals.Load;

/// <summary>
/// Batches of 500 over 8 connections to <c>signals serve</c> in a process of its own, from the first byte posted to the last event folded.
/// </summary>
internal static class IngestLoad
{
    private const int BatchSize = 500;
    private const int Connections = 8;
    private const int People = 2_000;
    private const string WriteKey = "load";
    private const string Token = "load-load-load-load";
    private const string Model =
        """{ "product": "Load", "value": { "unit": "minutes", "from": [{ "event": "Watched", "property": "seconds", "scale": 0.0166667 }] } }""";

    public static async Task<int> RunAsync(string? file, int count, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("signals-load-").FullName;
        string model = Path.Combine(folder, "model.json");
        await File.WriteAllTextAsync(model, Model, cancellationToken);
        using var app = Start(folder, model, "http://127.0.0.1:5099");
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections })
            {
                BaseAddress = new Uri("http://127.0.0.1:5099"),
            };
            await WaitUntilReadyAsync(client, cancellationToken);
            byte[][] bodies = [.. Bodies(file, count)];
            var watch = Stopwatch.StartNew();
            await PostAsync(client, bodies, cancellationToken);
            var posted = watch.Elapsed;
            long folded = await WaitUntilFoldedAsync(client, cancellationToken);
            var done = watch.Elapsed;
            app.Refresh();
            Console.WriteLine(
                $"{folded:N0} events: posted in {posted.TotalSeconds:0.00} s, folded in {done.TotalSeconds:0.00} s: {folded / done.TotalSeconds:N0} events/s"
            );
            Console.WriteLine(
                $"server: {app.TotalProcessorTime.TotalSeconds:0.0} CPU s ({folded / app.TotalProcessorTime.TotalSeconds:N0} events per CPU s), {app.PeakWorkingSet64 / 1048576} MiB at most"
            );
            return 0;
        }
        finally
        {
            app.Kill(entireProcessTree: true);
            await app.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(string folder, string model, string urls)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (
            string argument in new[]
            {
                Path.Combine(AppContext.BaseDirectory, "signals.dll"),
                "serve",
                "--data",
                Path.Combine(folder, "data"),
                "--model",
                model,
                "--urls",
                urls,
            }
        )
            start.ArgumentList.Add(argument);
        start.Environment["SIGNALS_WRITE_KEY"] = WriteKey;
        start.Environment["SIGNALS_API_TOKEN"] = Token;
        return Process.Start(start)!;
    }

    private static async Task WaitUntilReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if ((await client.GetAsync(new Uri("/readyz", UriKind.Relative), cancellationToken)).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(50, cancellationToken);
        }
    }

    private static async Task PostAsync(HttpClient client, byte[][] bodies, CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<byte[]>();
        foreach (byte[] body in bodies)
            channel.Writer.TryWrite(body);
        channel.Writer.Complete();
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(async _ =>
                {
                    await foreach (byte[] body in channel.Reader.ReadAllAsync(cancellationToken))
                    {
                        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch") { Content = new ByteArrayContent(body) };
                        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", WriteKey);
                        using var response = await client.SendAsync(request, cancellationToken);
                        response.EnsureSuccessStatusCode();
                    }
                })
        );
    }

    private static async Task<long> WaitUntilFoldedAsync(HttpClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/pipeline");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            using var response = await client.SendAsync(request, cancellationToken);
            var counts = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            if (counts.GetProperty("queued").GetInt64() == 0)
                return counts.GetProperty("folded").GetInt64();
            await Task.Delay(20, cancellationToken);
        }
    }

    private static IEnumerable<byte[]> Bodies(string? file, int count) =>
        (file is null ? MadeUp(count) : Lines(file).Take(count))
            .Chunk(BatchSize)
            .Select(batch => Encoding.UTF8.GetBytes($"{{\"batch\":[{string.Join(',', batch)}]}}"));

    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static IEnumerable<string> MadeUp(int count)
    {
        var now = DateTimeOffset.UtcNow;
        for (int i = 0; i < count; i++)
        {
            var at = now.AddSeconds(-(count - i) % 86_400);
            yield return $$$"""{"type":"track","messageId":"m{{{i}}}","userId":"u{{{i * 7919L % People}}}","event":"Watched","timestamp":"{{{at:O}}}","properties":{"seconds":{{{i % 400}}}.5,"title":"Something to watch","level":"paid" },"context":{"library":{"name":"load","version":"1" } } }""";
        }
    }
}
