using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Signals.Testing.Mail;

/// <summary>
/// An SMTP server on loopback that does what bad ones do: at random it is busy at any step, cuts the line at any step, or takes a mail and
/// never says so. Some mailboxes it refuses for good. It keeps a ledger of what it took, which nobody else knows for sure.
/// </summary>
public sealed class HostileSmtpServer : IAsyncDisposable
{
    /// <summary>Mailboxes that begin so do not exist.</summary>
    public const string Nobody = "nobody";

    /// <summary>Mailboxes that begin so refuse every mail once they have seen it.</summary>
    public const string Strict = "strict";

    private readonly LoopbackListener _listener;
    private readonly ConcurrentDictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _begun = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SmtpFault, int> _faults = new();
    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly bool _isWorst;
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _conversations;
    private bool _isHealed;

    private HostileSmtpServer(int seed, bool isWorst)
    {
        _random = new Random(seed);
        _isWorst = isWorst;
        _listener = new LoopbackListener(512, client => ConverseAsync(client, Next()));
    }

    public int Port => _listener.Port;

    /// <summary>How many mails each address got, whether or not their sender was told.</summary>
    public IReadOnlyDictionary<string, int> Taken => _taken;

    /// <summary>How many mails for each address were asked for, and may have come, whole or not.</summary>
    public IReadOnlyDictionary<string, int> Begun => _begun;

    /// <summary>What was done to conversations.</summary>
    public IReadOnlyDictionary<SmtpFault, int> Faults => _faults;

    public int Conversations => Volatile.Read(ref _conversations);

    public static HostileSmtpServer Start(int seed) => new(seed, isWorst: false);

    /// <summary>Every second conversation goes wrong, in all the ways there are.</summary>
    public static HostileSmtpServer StartWorst(int seed) => new(seed, isWorst: true);

    /// <summary>From now on it does what a server should.</summary>
    public void Heal() => Volatile.Write(ref _isHealed, true);

    /// <summary>Ends when so many conversations have begun.</summary>
    public async Task ReachAsync(int conversations, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (_conversations >= conversations)
                    return;
                next = _progress.Task;
            }
            await next.WaitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private SmtpFault Next()
    {
        lock (_gate)
        {
            _conversations++;
            _progress.SetResult();
            _progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var fault =
                Volatile.Read(ref _isHealed) ? SmtpFault.None
                : _isWorst ? (SmtpFault)Math.Max(0, _random.Next(-(int)SmtpFault.Last, (int)SmtpFault.Last + 1))
                : Usual();
            _faults.AddOrUpdate(fault, 1, static (_, count) => count + 1);
            return fault;
        }
    }

    private SmtpFault Usual() =>
        (_random.NextDouble() * 100) switch
        {
            < 2 => SmtpFault.BusyGreeting,
            < 4 => SmtpFault.BusyRecipient,
            < 6 => SmtpFault.BusyAfterData,
            < 7 => SmtpFault.CutAtRecipient,
            < 8 => SmtpFault.CutInData,
            < 9 => SmtpFault.TakenAndCut,
            < 9.5 => SmtpFault.TakenAndSilent,
            < 9.6 => SmtpFault.SilentGreeting,
            _ => SmtpFault.None,
        };

    private async Task ConverseAsync(TcpClient client, SmtpFault fault)
    {
        using (client)
        {
            try
            {
                await ConverseAsync(new StreamReader(client.GetStream(), Encoding.Latin1), client.GetStream(), fault);
            }
            catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
            {
                // The sender was killed, or had waited long enough.
            }
        }
    }

    private async Task ConverseAsync(StreamReader reader, NetworkStream stream, SmtpFault fault)
    {
        switch (fault)
        {
            case SmtpFault.HungUp:
                return;
            case SmtpFault.SilentGreeting:
                await UntilClosedAsync(reader);
                return;
            case SmtpFault.GarbageGreeting:
                await SayAsync(stream, "\0\u00ff<html>not a mail server</html>");
                return;
            case SmtpFault.EndlessGreeting:
                await GreetWithoutEndAsync(stream);
                return;
            case SmtpFault.BusyGreeting:
                await SayAsync(stream, "421 too busy, come again");
                return;
            default:
                await SayAsync(stream, "220 hostile ESMTP", fault);
                break;
        }
        string to = "";
        while (await reader.ReadLineAsync(_listener.Stopping) is { } line)
        {
            string command = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (command)
            {
                case "RCPT":
                    to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                    if (fault == SmtpFault.CutAtRecipient)
                        return;
                    await SayAsync(
                        stream,
                        fault == SmtpFault.BusyRecipient ? "451 mailbox busy"
                            : to.StartsWith(Nobody, StringComparison.Ordinal) ? "550 no such mailbox"
                            : "250 ok",
                        fault
                    );
                    break;
                case "DATA":
                    // Before it is said: from the last byte of it on the mail may come, and on a busy machine its sender be gone again.
                    _begun.AddOrUpdate(to, 1, static (_, count) => count + 1);
                    await SayAsync(stream, "354 go ahead", fault);
                    if (await TakeAsync(reader, to, fault) is not { } reply)
                        return;
                    await SayAsync(stream, reply, fault);
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, "250 ok", fault);
                    break;
            }
        }
    }

    /// <summary>More lines of a greeting than anybody should read.</summary>
    private async Task GreetWithoutEndAsync(NetworkStream stream)
    {
        while (true)
            await SayAsync(stream, "220-" + new string('a', 4_000));
    }

    /// <summary>Receives a mail; the reply, or null when the line is cut instead.</summary>
    private async Task<string?> TakeAsync(StreamReader reader, string to, SmtpFault fault)
    {
        for (int lines = 0; await reader.ReadLineAsync(_listener.Stopping) is { } line; lines++)
        {
            if (fault == SmtpFault.CutInData && lines == 5)
                return null;
            if (line != ".")
                continue;
            if (fault == SmtpFault.BusyAfterData)
                return "452 no room just now";
            if (to.StartsWith(Strict, StringComparison.Ordinal))
                return "554 not this mail";
            _taken.AddOrUpdate(to, 1, static (_, count) => count + 1);
            if (fault == SmtpFault.TakenAndSilent)
                await UntilClosedAsync(reader);
            if (fault == SmtpFault.TakenAndLate)
                await Task.Delay(_random.Next(200, 800), _listener.Stopping);
            return fault switch
            {
                SmtpFault.TakenAndCut or SmtpFault.TakenAndSilent => null,
                SmtpFault.TakenAndGarbage => "taken\0or not\u00ff",
                _ => "250 taken",
            };
        }
        return null;
    }

    private async Task UntilClosedAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(_listener.Stopping) is not null) { }
    }

    private async Task SayAsync(NetworkStream stream, string reply, SmtpFault fault = SmtpFault.None)
    {
        byte[] line = Encoding.Latin1.GetBytes(reply + "\r\n");
        int step = fault == SmtpFault.SlowDrip ? 1 : line.Length;
        for (int at = 0; at < line.Length; at += step)
        {
            await stream.WriteAsync(line.AsMemory(at, step), _listener.Stopping);
            if (step < line.Length)
                await Task.Delay(10, _listener.Stopping);
        }
    }
}

/// <summary>What <see cref="HostileSmtpServer"/> does to a conversation.</summary>
public enum SmtpFault
{
    None,
    BusyGreeting,
    SilentGreeting,
    BusyRecipient,
    CutAtRecipient,
    CutInData,
    BusyAfterData,
    TakenAndCut,
    TakenAndSilent,
    HungUp,
    GarbageGreeting,
    EndlessGreeting,
    SlowDrip,
    TakenAndLate,
    TakenAndGarbage,
    Last = TakenAndGarbage,
}
