using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Signals.Benchmarks;

/// <summary>
/// One connection that posts requests written beforehand and reads of the answer what it must: who offers much more than can be taken
/// shares the machine with who answers, and is to take as little of it as can be. Opened anew after the server closed it.
/// </summary>
internal sealed class RawConnection(Uri address) : IDisposable
{
    private const int MostHeaderBytes = 8 * 1024;

    private static ReadOnlySpan<byte> HeadersEnd => "\r\n\r\n"u8;

    private readonly byte[] _answer = new byte[MostHeaderBytes];
    private Socket? _socket;

    /// <summary>A post of JSON as it travels, with the bench's key.</summary>
    public static byte[] Request(string path, byte[] body)
    {
        string headers = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {Serving.WriteKey}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"
        );
        return [.. Encoding.ASCII.GetBytes(headers), .. body];
    }

    /// <summary>Sends a request and waits for its answer's end; null where the connection was closed instead.</summary>
    public async ValueTask<HttpStatusCode?> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            if (_socket is null)
            {
                _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await _socket.ConnectAsync(address.Host, address.Port, cancellationToken);
            }
            while (!request.IsEmpty)
                request = request[await _socket.SendAsync(request, cancellationToken)..];
            return await AnswerAsync(_socket, cancellationToken);
        }
        catch (SocketException)
        {
            Dispose();
            return null;
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async ValueTask<HttpStatusCode?> AnswerAsync(Socket socket, CancellationToken cancellationToken)
    {
        int held = 0,
            total = int.MaxValue;
        while (held < total)
        {
            int read = await socket.ReceiveAsync(_answer.AsMemory(held), cancellationToken);
            if (read == 0)
            {
                Dispose();
                return null;
            }
            held += read;
            int headers = _answer.AsSpan(0, held).IndexOf(HeadersEnd);
            if (total == int.MaxValue && headers >= 0)
                total = headers + HeadersEnd.Length + BodyBytes(_answer.AsSpan(0, headers));
        }
        string head = Encoding.ASCII.GetString(_answer, 0, held);
        if (head.Contains("\r\nConnection: close\r\n", StringComparison.OrdinalIgnoreCase))
            Dispose();
        return (HttpStatusCode)int.Parse(head.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
    }

    private static int BodyBytes(ReadOnlySpan<byte> headers)
    {
        const string Length = "\r\nContent-Length: ";
        string head = Encoding.ASCII.GetString(headers);
        int at = head.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            throw new InvalidOperationException($"Found an answer without its length: {head}");
        var rest = head.AsSpan(at + Length.Length);
        int end = rest.IndexOf('\r');
        return int.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
    }
}
