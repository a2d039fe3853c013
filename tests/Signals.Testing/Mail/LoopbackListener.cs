using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Signals.Testing.Mail;

/// <summary>Takes connections on a free port of loopback, each answered on its own, until it is disposed and the last answer has ended.</summary>
public sealed class LoopbackListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, byte> _open = new();
    private readonly Func<TcpClient, Task> _answer;
    private readonly Task _running;

    /// <param name="backlog">Connections that may wait to be taken.</param>
    /// <param name="answer">Holds one conversation, and ends with <see cref="Stopping"/> at the latest.</param>
    public LoopbackListener(int backlog, Func<TcpClient, Task> answer)
    {
        _answer = answer;
        _listener.Start(backlog);
        Stopping = _stop.Token;
        _running = ListenAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public CancellationToken Stopping { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        await Task.WhenAll(_open.Keys);
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(Stopping);
                var answering = Task.Run(() => _answer(client));
                _open[answering] = 0;
                _ = answering.ContinueWith(ended => _open.TryRemove(ended, out _), TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
