using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Signals.Testing.Mail;

/// <summary>An SMTP server on loopback that answers by a script, one client after another, and keeps what it heard.</summary>
public sealed class FakeSmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, string> _replies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["greeting"] = "220 fake ESMTP",
        ["EHLO"] = "250-fake\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME",
        ["MAIL"] = "250 sender ok",
        ["RCPT"] = "250 recipient ok",
        ["DATA"] = "354 go ahead",
        ["."] = "250 queued as 42",
        ["QUIT"] = "221 bye",
        ["AUTH"] = "235 welcome",
    };

    private readonly Task _running;

    private FakeSmtpServer(Action<Dictionary<string, string>> script)
    {
        script(_replies);
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>A reply that never comes.</summary>
    public const string Hang = "(hang)";

    /// <summary>Closes the connection instead of a reply.</summary>
    public const string Drop = "(drop)";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public List<string> Commands { get; } = [];

    /// <summary>The mail as it came over the wire, dots still stuffed; of several the last.</summary>
    public string Data { get; private set; } = "";

    /// <summary>All of them, in their order.</summary>
    public List<string> Mails { get; } = [];

    public static FakeSmtpServer Start(params (string Command, string Reply)[] script) =>
        new(replies =>
        {
            foreach (var (command, reply) in script)
                replies[command] = reply;
        });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ConverseAsync(client);
            }
        }
        catch (Exception problem)
            when (problem is OperationCanceledException or IOException or SocketException or InvalidOperationException)
        {
            Commands.Add("(ended)");
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        if (!await ReplyAsync(client, "greeting"))
            return;
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            Commands.Add(line);
            string command = line.Split(' ')[0];
            if (!await ReplyAsync(client, command))
                return;
            if (command == "DATA" && _replies["DATA"].StartsWith("354", StringComparison.Ordinal) && !await ReceiveAsync(client, reader))
                return;
        }
    }

    private async Task<bool> ReceiveAsync(TcpClient client, StreamReader reader)
    {
        var data = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (_replies.TryGetValue("in data", out string? early) && early == Drop)
                return false;
            if (line == ".")
            {
                Data = data.ToString();
                Mails.Add(Data);
                return await ReplyAsync(client, ".");
            }
            data.Append(line).Append("\r\n");
        }
        return false;
    }

    private async Task<bool> ReplyAsync(TcpClient client, string command)
    {
        string reply = _replies.GetValueOrDefault(command, "502 unknown");
        if (reply == Drop)
            return false;
        if (reply == Hang)
            await Task.Delay(Timeout.Infinite, _stop.Token);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(reply + "\r\n"), _stop.Token);
        return true;
    }
}
