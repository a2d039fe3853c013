using System.Buffers.Binary;
using System.Net.Sockets;
using Signals.Core.Platform.Languages;

namespace Signals.Web.Doctor;

/// <summary>
/// Compares this machine's clock with one by the network time protocol (RFC 4330): a clock that is off by minutes dates events wrongly, and
/// one that is ahead by a day puts them into quarantine.
/// </summary>
internal sealed class ClockCheck(TimeProvider clock) : IDoctorCheck
{
    private const string Server = "pool.ntp.org";
    private const int Port = 123;
    private const int PacketBytes = 48;
    private const int TransmitAt = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(30);
    private static readonly DateTimeOffset Era = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public bool AsksTheNetwork => true;

    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var subject = Phrase.Of("Clock");
        var now = clock.GetUtcNow();
        TimeSpan off;
        try
        {
            off = await OffsetAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is SocketException or TimeoutException or OperationCanceledException)
        {
            return
            [
                DoctorFinding.Unknown(
                    subject,
                    Phrase.Of(
                        $"It is {Phrase.Same($"{now:yyyy-MM-dd HH:mm:ss}")} UTC here; no time server answered, so nobody "
                            + $"else's clock says whether that is right."
                    )
                ),
            ];
        }
        string seconds = Math.Abs(off.TotalSeconds).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
        return off.Duration() <= Tolerated
            ? [DoctorFinding.Good(subject, Phrase.Of($"It is right within {Phrase.Same(seconds)} seconds."))]
            :
            [
                DoctorFinding.Wrong(
                    subject,
                    Phrase.Of($"It is {Phrase.Same(seconds)} seconds off: events are dated by it. Have the machine keep its time (NTP).")
                ),
            ];
    }

    /// <summary>By how much this clock is behind the server's, the way there and back halved.</summary>
    private async Task<TimeSpan> OffsetAsync(CancellationToken cancellationToken)
    {
        using var socket = new UdpClient();
        byte[] request = new byte[PacketBytes];
        // No warning of a leap second, version 4, from a client.
        request[0] = 0b00_100_011;
        var sent = clock.GetUtcNow();
        await socket.SendAsync(request, Server, Port, cancellationToken);
        var answer = await socket.ReceiveAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken);
        var received = clock.GetUtcNow();
        if (answer.Buffer.Length < PacketBytes)
            throw new TimeoutException();
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(answer.Buffer.AsSpan(TransmitAt));
        uint fraction = BinaryPrimitives.ReadUInt32BigEndian(answer.Buffer.AsSpan(TransmitAt + sizeof(uint)));
        var there = Era.AddSeconds(seconds + fraction / (double)uint.MaxValue);
        return there - (sent + (received - sent) / 2);
    }
}
