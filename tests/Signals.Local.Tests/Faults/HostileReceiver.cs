using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Signals.Testing.Mail;

namespace Signals.Local.Tests.Faults;

/// <summary>
/// Another system that webhooks tell, on loopback, which every second time does what a bad one does: hangs up at any moment, takes an
/// event and never says so or says it late, answers every status there is, what is no HTTP, or without end. It keeps a ledger.
/// </summary>
internal sealed class HostileReceiver : IAsyncDisposable
{
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();

    private readonly LoopbackListener _listener;
    private readonly ConcurrentDictionary<ReceiverFault, int> _faults = new();
    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly List<Told> _told = [];
    private bool _isHealed;

    public HostileReceiver(int seed)
    {
        _random = new Random(seed);
        _listener = new LoopbackListener(128, AnswerAsync);
    }

    public string Url => $"http://127.0.0.1:{_listener.Port}/hook";

    /// <summary>What was done to posts.</summary>
    public IReadOnlyDictionary<ReceiverFault, int> Faults => _faults;

    /// <summary>Every event that came whole, in the order in which they came, each as often as it came.</summary>
    public IReadOnlyList<Told> Events
    {
        get
        {
            lock (_gate)
                return [.. _told];
        }
    }

    /// <summary>From now on it takes what comes.</summary>
    public void Heal() => Volatile.Write(ref _isHealed, true);

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var fault = Next();
                if (fault == ReceiverFault.HungUp)
                    return;
                var (head, body) = await ReadAsync(stream, isWhole: fault != ReceiverFault.CutInBody);
                if (fault == ReceiverFault.CutInBody || body.Length == 0)
                    return;
                Note(head, body, isTaken: fault <= ReceiverFault.TakenAndSlow);
                await AnswerAsync(stream, fault);
            }
            catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
            {
                // The app was killed, or had waited long enough.
            }
        }
    }

    private ReceiverFault Next()
    {
        lock (_gate)
        {
            var fault = Volatile.Read(ref _isHealed)
                ? ReceiverFault.None
                : (ReceiverFault)Math.Max(0, _random.Next(-(int)ReceiverFault.Last, (int)ReceiverFault.Last + 1));
            _faults.AddOrUpdate(fault, 1, static (_, count) => count + 1);
            return fault;
        }
    }

    private async Task<(string Head, byte[] Body)> ReadAsync(NetworkStream stream, bool isWhole)
    {
        byte[] read = new byte[256 * 1024];
        int length = 0;
        while (true)
        {
            int more = await stream.ReadAsync(read.AsMemory(length), _listener.Stopping);
            length += more;
            int end = read.AsSpan(0, length).IndexOf(EndOfHead);
            if (more == 0 || (end >= 0 && !isWhole))
                return ("", []);
            if (end < 0)
                continue;
            string head = Encoding.ASCII.GetString(read, 0, end);
            int body = end + EndOfHead.Length;
            if (length - body == int.Parse(HeaderOf(head, "Content-Length"), System.Globalization.CultureInfo.InvariantCulture))
                return (head, read[body..length]);
        }
    }

    private void Note(string head, byte[] body, bool isTaken)
    {
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        var data = root.GetProperty("data");
        string? message = data.TryGetProperty("message", out var about) ? about.GetProperty("id").GetString() : null;
        var told = new Told(
            HeaderOf(head, "webhook-id"),
            root.GetProperty("type").GetString()!,
            data.GetProperty("account").GetProperty("id").GetString()!,
            message,
            root.GetProperty("timestamp").GetDateTimeOffset(),
            isTaken
        );
        lock (_gate)
            _told.Add(told);
    }

    private static string HeaderOf(string head, string name) =>
        head.Split("\r\n").First(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    private async Task AnswerAsync(NetworkStream stream, ReceiverFault fault)
    {
        switch (fault)
        {
            case ReceiverFault.TakenAndCut:
                return;
            case ReceiverFault.TakenAndLate:
                await Task.Delay(300, _listener.Stopping);
                await SayAsync(stream, Answer("204 No Content"));
                return;
            case ReceiverFault.TakenAndSlow:
                foreach (char one in Answer("200 OK"))
                    await SayAsync(stream, one.ToString());
                return;
            case ReceiverFault.CutInAnswer:
                await SayAsync(stream, "HTTP/1.1 20");
                return;
            case ReceiverFault.Garbage:
                await SayAsync(stream, "\0\u00ff\u00fe not HTTP at all\r\n\r\n");
                return;
            case ReceiverFault.EndlessHead:
                await SayAsync(stream, "HTTP/1.1 200 OK\r\nX-More: ");
                while (true)
                    await SayAsync(stream, new string('a', 4_000));
            case ReceiverFault.EndlessReason:
                await SayAsync(stream, "HTTP/1.1 500 Internal Server Error\r\nConnection: close\r\n\r\n");
                while (true)
                    await SayAsync(stream, new string('a', 4_000));
            case ReceiverFault.Elsewhere:
                await SayAsync(stream, Answer("302 Found", "Location: " + Url));
                return;
            case ReceiverFault.Busy:
                await SayAsync(stream, Answer("429 Too Many Requests", "Retry-After: -99999999999999999999"));
                return;
            case ReceiverFault.Away:
                await SayAsync(stream, Answer("503 Service Unavailable", "Retry-After: 1"));
                return;
            case ReceiverFault.Refused:
                await SayAsync(stream, Answer("410 Gone"));
                return;
            default:
                await SayAsync(stream, Answer("200 OK"));
                return;
        }
    }

    private static string Answer(string status, string? header = null) =>
        $"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n{(header is null ? "" : header + "\r\n")}\r\n";

    private async Task SayAsync(NetworkStream stream, string text) =>
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), _listener.Stopping);
}

/// <summary>An event that came whole to <see cref="HostileReceiver"/>.</summary>
/// <param name="Id">The <c>webhook-id</c>.</param>
/// <param name="Type">What kind of event.</param>
/// <param name="Account">The account's id.</param>
/// <param name="Message">The id of the message that it tells of, if any.</param>
/// <param name="At">When it was so.</param>
/// <param name="IsTaken">Whether the receiver took it, and whether or not it could say so.</param>
internal sealed record Told(string Id, string Type, string Account, string? Message, DateTimeOffset At, bool IsTaken);

/// <summary>What <see cref="HostileReceiver"/> does to a post. Up to <see cref="TakenAndSlow"/> it takes it.</summary>
internal enum ReceiverFault
{
    None,
    TakenAndCut,
    TakenAndLate,
    TakenAndSlow,
    HungUp,
    CutInBody,
    CutInAnswer,
    Garbage,
    EndlessHead,
    EndlessReason,
    Elsewhere,
    Busy,
    Away,
    Refused,
    Last = Refused,
}
