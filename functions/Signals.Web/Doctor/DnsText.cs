using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Signals.Web.Doctor;

/// <summary>
/// Reads TXT records (RFC 1035) from the name servers that this machine uses. The framework resolves addresses alone.
/// </summary>
internal class DnsText
{
    private const int Port = 53;
    private const int TxtType = 16;
    private const int InternetClass = 1;
    private const int HeaderBytes = 12;
    private const int TruncatedBit = 0x0200;

    /// <summary>No such name.</summary>
    private const int NameError = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The texts of a name; empty where it has none; null where no name server answered.</summary>
    public virtual async Task<IReadOnlyList<string>?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        ushort id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue);
        byte[] question = Question(id, name);
        foreach (var server in Servers())
        {
            try
            {
                byte[] answer = await AskAsync(server, question, cancellationToken);
                if (IsAnswerTo(answer, id))
                    return Texts(answer);
            }
            catch (Exception fault) when (fault is SocketException or TimeoutException or IOException or ArgumentOutOfRangeException)
            {
                // The next one may answer.
            }
        }
        return null;
    }

    private static List<IPAddress> Servers() =>
        [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().DnsAddresses).Distinct().Take(3)];

    private static async Task<byte[]> AskAsync(IPAddress server, byte[] question, CancellationToken cancellationToken)
    {
        using var udp = new UdpClient(server.AddressFamily);
        udp.Connect(server, Port);
        await udp.SendAsync(question, cancellationToken);
        byte[] answer = (await udp.ReceiveAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken)).Buffer;
        bool isCut = answer.Length > HeaderBytes && (BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(2)) & TruncatedBit) != 0;
        return isCut ? await AskByStreamAsync(server, question, cancellationToken) : answer;
    }

    /// <summary>What does not fit into a packet is asked for again over TCP, where a length stands before each message.</summary>
    private static async Task<byte[]> AskByStreamAsync(IPAddress server, byte[] question, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(Patience);
        using var tcp = new TcpClient(server.AddressFamily);
        await tcp.ConnectAsync(server, Port, late.Token);
        var stream = tcp.GetStream();
        byte[] framed = new byte[question.Length + sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)question.Length);
        question.CopyTo(framed, sizeof(ushort));
        await stream.WriteAsync(framed, late.Token);
        byte[] length = new byte[sizeof(ushort)];
        await stream.ReadExactlyAsync(length, late.Token);
        byte[] answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await stream.ReadExactlyAsync(answer, late.Token);
        return answer;
    }

    private static byte[] Question(ushort id, string name)
    {
        using var stream = new MemoryStream();
        Span<byte> header = stackalloc byte[HeaderBytes];
        header.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header, id);
        // Recursion is asked for; one question follows.
        header[2] = 1;
        header[5] = 1;
        stream.Write(header);
        foreach (string label in name.Split('.'))
        {
            byte[] bytes = Encoding.ASCII.GetBytes(label);
            stream.WriteByte((byte)bytes.Length);
            stream.Write(bytes);
        }
        stream.Write([0, 0, TxtType, 0, InternetClass]);
        return stream.ToArray();
    }

    private static bool IsAnswerTo(ReadOnlySpan<byte> answer, ushort id) =>
        answer.Length >= HeaderBytes
        && BinaryPrimitives.ReadUInt16BigEndian(answer) == id
        && (BinaryPrimitives.ReadUInt16BigEndian(answer[2..]) & 0xF) is 0 or NameError;

    internal static IReadOnlyList<string> Texts(ReadOnlySpan<byte> answer)
    {
        int answers = BinaryPrimitives.ReadUInt16BigEndian(answer[6..]);
        int at = SkipName(answer, HeaderBytes) + 4;
        var texts = new List<string>();
        for (int i = 0; i < answers; i++)
        {
            at = SkipName(answer, at);
            int type = BinaryPrimitives.ReadUInt16BigEndian(answer[at..]);
            int length = BinaryPrimitives.ReadUInt16BigEndian(answer[(at + 8)..]);
            at += 10;
            if (type == TxtType)
                texts.Add(Joined(answer.Slice(at, length)));
            at += length;
        }
        return texts;
    }

    /// <summary>A record's text comes in pieces of up to 255 bytes, each behind its length.</summary>
    private static string Joined(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        for (int at = 0; at < data.Length; at += data[at] + 1)
            text.Append(Encoding.ASCII.GetString(data.Slice(at + 1, data[at])));
        return text.ToString();
    }

    /// <summary>Labels end with an empty one, or with a pointer of two bytes to where the rest stands.</summary>
    private static int SkipName(ReadOnlySpan<byte> answer, int at)
    {
        while (answer[at] != 0)
        {
            if (answer[at] >= 0xC0)
                return at + 2;
            at += answer[at] + 1;
        }
        return at + 1;
    }
}
