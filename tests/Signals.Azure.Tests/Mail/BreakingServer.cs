using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Signals.Azure.Tests.Mail;

/// <summary>Reads a request to its end, writes what it was told to (nothing and no end when null), and hangs up.</summary>
internal sealed class BreakingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string? _answer;
    private readonly Task _serving;
    private int _requests;

    public BreakingServer(string? answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Requests => Volatile.Read(ref _requests);

    public Action OnRequest { get; set; } = () => { };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            var stream = client.GetStream();
            await ReadRequestAsync(stream);
            Interlocked.Increment(ref _requests);
            OnRequest();
            if (_answer is null)
                await Task.Delay(Timeout.Infinite, _stop.Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(_answer!), _stop.Token);
        }
    }

    private async Task ReadRequestAsync(NetworkStream stream)
    {
        var read = new StringBuilder();
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            int count = await stream.ReadAsync(buffer, _stop.Token);
            if (count == 0)
                return;
            read.Append(Encoding.Latin1.GetString(buffer, 0, count));
            string text = read.ToString();
            int headers = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (headers < 0)
                continue;
            string length = text[..headers]
                .Split("\r\n")
                .First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            if (text.Length >= headers + 4 + int.Parse(length[15..]))
                return;
        }
    }
}
