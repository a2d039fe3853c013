using System.Net.Sockets;
using System.Text;
using Signals.Testing;

namespace Signals.Local.Tests.Hosting;

/// <summary>An app that is asked to stop finishes what it has in hand, and says with its exit code that all is well.</summary>
public sealed class StopTests : IDisposable
{
    private const string Event = """{"type":"track","messageId":"m","userId":"u","event":"Watched","properties":{"seconds":60}}""";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Longer than a command line's framework gives a command to end, where nobody tells it otherwise.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("signals-stop-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_is_under_way_is_answered_before_the_app_ends()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Asks by a signal.");
        string model = Path.Combine(_folder, "model.json");
        await File.WriteAllTextAsync(
            model,
            """{ "product": "Stop", "value": { "unit": "minutes", "from": [{ "event": "Watched", "property": "seconds" }] } }""",
            Cancel
        );
        int port = FreePort.Find();
        await using var app = await BuiltApp.StartAsync(
            ["serve", "--model", model, "--data", Path.Combine(_folder, "data"), "--urls", $"http://127.0.0.1:{port}"],
            new Dictionary<string, string> { ["SIGNALS_WRITE_KEY"] = "stop", ["SIGNALS_API_TOKEN"] = "stop-stop-stop-stop" },
            Limit,
            Cancel
        );
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, Cancel);
        await using var stream = client.GetStream();
        await WriteAsync(
            stream,
            "POST /v1/track HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer stop\r\nContent-Type: application/json\r\n"
                + $"Expect: 100-continue\r\nContent-Length: {Event.Length}\r\n\r\n"
        );
        using var reader = new StreamReader(stream, Encoding.UTF8);
        // The app is about to read the body.
        Assert.Equal(("HTTP/1.1 100 Continue", ""), (await reader.ReadLineAsync(Cancel), await reader.ReadLineAsync(Cancel)));
        await WriteAsync(stream, Event[..20]);

        app.Signal("TERM");
        await Task.Delay(Slow, Cancel);
        await WriteAsync(stream, Event[20..]);
        string answer = await reader.ReadToEndAsync(Cancel);

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal(0, await app.EndAsync(Limit, Cancel));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task WriteAsync(NetworkStream stream, string text) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), Cancel);
}
