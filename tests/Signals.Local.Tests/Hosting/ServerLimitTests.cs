using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model.Reading;
using Signals.Local.Hosting;
using Signals.Messages.Sources;
using Signals.Testing;

namespace Signals.Local.Tests.Hosting;

/// <summary>Each limit of the server hit on purpose, over the wire: what goes too far gets an answer, and the others theirs.</summary>
public sealed class ServerLimitTests : IAsyncLifetime
{
    private const string WriteKey = "server-limits";
    private const string Token = "server-limits-token";
    private const string Probe = "GET /healthz HTTP/1.1\r\nHost: signals\r\n\r\n";
    private const string Page = "GET /v1/projects/none/settings HTTP/1.1\r\nHost: signals\r\n\r\n";

    private static readonly ServerLimits Limits = new()
    {
        Connections = ServerLimits.LeastConnections,
        HeaderTime = TimeSpan.FromSeconds(1.5),
        BodyRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(1.5)),
    };

    private readonly string _data = Directory.CreateTempSubdirectory("signals-limits-").FullName;
    private readonly List<TcpClient> _clients = [];
    private WebApplication? _app;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new LocalOptions(
            _data,
            ValueModelReader.ReadFile(Path.Combine(Repository.Root, "samples", "nimbus.json"), CauseCatalogue.All).Model!,
            TemplateSource.Embedded,
            new LocalSettings(WriteKey, Token, null) { Limits = Limits }
        );
        _app = LocalHost.Build(options, "http://127.0.0.1:0");
        await _app.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await _app!.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_request_line_that_is_too_long_is_answered_414() =>
        Assert.StartsWith("HTTP/1.1 414 ", await AskAsync($"GET /{new string('a', 9_000)} HTTP/1.1\r\n"), StringComparison.Ordinal);

    [Fact]
    public async Task Headers_that_are_too_large_are_answered_431() =>
        Assert.StartsWith(
            "HTTP/1.1 431 ",
            await AskAsync($"GET /healthz HTTP/1.1\r\nHost: signals\r\nX-Large: {new string('a', 33_000)}\r\n\r\n"),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Headers_that_are_too_many_are_answered_431()
    {
        string many = string.Concat(Enumerable.Range(0, 101).Select(i => $"X-{i}: 1\r\n"));

        Assert.StartsWith(
            "HTTP/1.1 431 ",
            await AskAsync($"GET /healthz HTTP/1.1\r\nHost: signals\r\n{many}\r\n"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Headers_that_never_end_are_answered_408() =>
        Assert.StartsWith("HTTP/1.1 408 ", await AskAsync("GET /healthz HTTP/1.1\r\nHost: signals\r\nX-"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Authorization: Bearer " + WriteKey + "\r\n")]
    [InlineData("")]
    public async Task Events_that_come_too_slowly_are_answered_503_so_that_their_sender_keeps_them(string key)
    {
        string answer = await AskAsync(
            $"POST /v1/batch HTTP/1.1\r\nHost: signals\r\n{key}Content-Type: application/json\r\nContent-Length: 5000\r\n\r\n{{\"batch\":["
        );

        Assert.StartsWith("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 5\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_else_comes_too_slowly_is_answered_408() =>
        Assert.StartsWith(
            "HTTP/1.1 408 ",
            await AskAsync(
                $"POST /api/suppressions HTTP/1.1\r\nHost: signals\r\nAuthorization: Bearer {Token}\r\n"
                    + "Content-Type: text/csv\r\nContent-Length: 500\r\n\r\nemail"
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Connections_over_the_limit_are_told_to_come_again_and_probes_are_answered()
    {
        for (int i = 0; i < Limits.Connections; i++)
            Assert.StartsWith("HTTP/1.1 200 ", await SayAsync(await ConnectAsync(), Probe), StringComparison.Ordinal);

        string refused = await SayAsync(await ConnectAsync(), Page);
        Assert.StartsWith("HTTP/1.1 503 ", refused, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 2\r\n", refused, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", refused, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await SayAsync(await ConnectAsync(), Probe), StringComparison.Ordinal);

        foreach (var client in _clients)
            client.Dispose();
        // The server learns of each close by itself.
        string answer;
        do answer = await SayAsync(await ConnectAsync(), Page);
        while (answer.Length == 0 || answer.StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_far_over_the_limit_are_closed()
    {
        var answers = new List<string>();
        for (int i = 0; i < 4 * Limits.Connections; i++)
            answers.Add(await SayAsync(await ConnectAsync(), Probe));

        Assert.Equal("", answers[^1]);
        Assert.Equal(2 * Limits.Connections, answers.Count(answer => answer.Length > 0));
    }

    private async Task<string> AskAsync(string request) => await SayAsync(await ConnectAsync(), request);

    private async Task<TcpClient> ConnectAsync()
    {
        var client = new TcpClient { NoDelay = true };
        _clients.Add(client);
        var address = new Uri(_app!.Urls.Single());
        await client.ConnectAsync(address.Host, address.Port, Cancellation);
        return client;
    }

    /// <summary>The head of the answer; empty for a connection that is closed without one.</summary>
    private static async Task<string> SayAsync(TcpClient client, string request)
    {
        byte[] read = new byte[16 * 1024];
        int length = 0;
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
            for (int more = -1; more != 0 && read.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0; length += more)
                more = await stream.ReadAsync(read.AsMemory(length), Cancellation);
        }
        catch (IOException)
        {
            // It was closed.
        }
        return Encoding.ASCII.GetString(read, 0, length);
    }
}
