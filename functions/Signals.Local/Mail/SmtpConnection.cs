using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Signals.Local.Mail;

/// <summary>One conversation with an SMTP server (RFC 5321): lines out, replies in, each within the timeout.</summary>
internal sealed class SmtpConnection : IAsyncDisposable
{
    private const int MaxReplyBytes = 16 * 1024;

    private readonly SmtpSettings _settings;
    private readonly TcpClient _client = new();
    private readonly byte[] _buffer = new byte[4096];
    private Stream _stream = Stream.Null;
    private int _start;
    private int _end;

    private SmtpConnection(SmtpSettings settings) => _settings = settings;

    /// <summary>Connects; with <see cref="SmtpSecurity.Tls"/> the channel is encrypted when this returns.</summary>
    public static async Task<SmtpConnection> OpenAsync(SmtpSettings settings, CancellationToken cancellationToken)
    {
        var connection = new SmtpConnection(settings);
        try
        {
            await connection.InTimeAsync("connect", token => connection._client.ConnectAsync(settings.Host, settings.Port, token).AsTask(), cancellationToken);
            connection._client.NoDelay = true;
            connection._stream = connection._client.GetStream();
            if (settings.Security == SmtpSecurity.Tls)
                await connection.EncryptAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes on under TLS, with the server's certificate checked against its name.</summary>
    public async Task EncryptAsync(CancellationToken cancellationToken)
    {
        // Whatever was said before the handshake may be someone else's: a reply to it must not count afterwards (CVE-2011-0411).
        if (_start != _end)
            throw new SmtpException("The server spoke out of turn before the change to TLS.");
        var secure = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = secure;
        var options = new SslClientAuthenticationOptions { TargetHost = _settings.Host, EnabledSslProtocols = SslProtocols.None };
        await InTimeAsync("change to TLS", token => secure.AuthenticateAsClientAsync(options, token), cancellationToken);
    }

    /// <summary>Sends one command line and reads its reply.</summary>
    public async Task<SmtpReply> CommandAsync(string line, CancellationToken cancellationToken)
    {
        if (line.AsSpan().ContainsAnyInRange('\0', '\x1f'))
            throw new ArgumentException("A command is one line without control characters.", nameof(line));
        await WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellationToken);
        return await ReplyAsync(cancellationToken);
    }

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        InTimeAsync("send", async token =>
        {
            await _stream.WriteAsync(bytes, token);
            await _stream.FlushAsync(token);
        }, cancellationToken);

    /// <summary>Reads one reply, all of its lines.</summary>
    public async Task<SmtpReply> ReplyAsync(CancellationToken cancellationToken)
    {
        SmtpReply? reply = null;
        await InTimeAsync("wait for a reply", async token => reply = await ReadReplyAsync(token), cancellationToken);
        return reply!;
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private async Task<SmtpReply> ReadReplyAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        int size = 0;
        while (true)
        {
            string line = await ReadLineAsync(MaxReplyBytes - size, cancellationToken);
            size += line.Length + 2;
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), System.Globalization.NumberStyles.None, null, out int code) || (line.Length > 3 && line[3] is not (' ' or '-')))
                throw new SmtpException($"Expected an SMTP reply like '250 OK'; found '{Shown(line)}'.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
                return new SmtpReply(code, lines);
        }
    }

    private async Task<string> ReadLineAsync(int maxBytes, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = await _stream.ReadAsync(_buffer, cancellationToken);
                if (_end == 0)
                    throw new IOException("The server closed the connection.");
            }
            byte b = _buffer[_start++];
            if (b == '\n')
                return line.ToString().TrimEnd('\r');
            if (line.Length >= maxBytes)
                throw new SmtpException($"A reply has at most {MaxReplyBytes} bytes; the server sent more.");
            line.Append((char)b);
        }
    }

    private async Task InTimeAsync(string step, Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_settings.Timeout);
        try
        {
            await act(limit.Token);
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{_settings.Host}:{_settings.Port} took more than {_settings.Timeout.TotalSeconds:0.###} s to {step}.", canceled);
        }
    }

    private static string Shown(string line) => string.Concat(line.Take(80).Select(c => c is < ' ' or > '~' ? '?' : c));
}

/// <summary>A reply: its code and the text of each line.</summary>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>For people: the code and what was said, one line of printable ASCII.</summary>
    public string Text => $"{Code} {string.Concat(string.Join(' ', Lines).Take(300).Select(c => c is < ' ' or > '~' ? '?' : c))}".TrimEnd();
}
