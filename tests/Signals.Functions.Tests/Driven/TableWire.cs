using System.Net;
using System.Net.Sockets;

namespace Signals.Functions.Tests.Driven;

/// <summary>The wire between the app and its tables: can be cut, mended, and made to hold back what goes over it.</summary>
internal sealed class TableWire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _open = [];
    private readonly int _target;
    private TaskCompletionSource _flows = Flowing();
    private bool _isCut;

    public TableWire(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections break, and new ones break at once.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _isCut = true;
            _open.ForEach(client => client.Dispose());
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_gate)
            _isCut = false;
    }

    /// <summary>Connections stay, and nothing comes through any more.</summary>
    public void Hold() => _flows = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo() => _flows.TrySetResult();

    public void Dispose()
    {
        _end.Cancel();
        Cut();
        LetGo();
        _listener.Dispose();
        _end.Dispose();
    }

    private static TaskCompletionSource Flowing()
    {
        var flowing = new TaskCompletionSource();
        flowing.SetResult();
        return flowing;
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        lock (_gate)
        {
            if (_isCut)
                return;
            _open.AddRange([near, far]);
        }
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target);
            (near.NoDelay, far.NoDelay) = (true, true);
            await Task.WhenAny(CopyAsync(near.GetStream(), far.GetStream()), CopyAsync(far.GetStream(), near.GetStream()));
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or either end has gone.
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var read)
            {
                await _flows.Task;
                await to.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            // Cut, or either end has gone.
        }
    }
}
