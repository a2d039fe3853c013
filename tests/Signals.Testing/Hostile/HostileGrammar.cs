using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Signals.Testing.Hostile;

/// <summary>
/// Makes up what nobody of good will sends, by a seed: words, queries and bodies that begin as something the app reads and are bent, cut,
/// nested and swollen from there.
/// </summary>
public sealed class HostileGrammar(int seed)
{
    private const int MaxDepth = 6;

    private static readonly string[] Words =
    [
        "",
        "acme",
        "u",
        "0",
        "-1",
        "1e400",
        "NaN",
        "9223372036854775808",
        "-99999999999",
        "true",
        "null",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "'; DROP TABLE accounts; --",
        "\u0000",
        "\ud83d\ude00\u202e\u200b",
        "%",
        "%00",
        "{{{",
        "=1+1",
        "a\r\nSet-Cookie: a=b",
        "2026-02-30",
        "2026-03-02T09:00:00Z",
        "0001-01-01",
        "9999-12-31T23:59:59.9999999+14:00",
        "P1D",
        "g_acme",
        "u_u",
        "YWNjb3VudHN8MQ==",
        "é".PadRight(300, 'é'),
        new string('x', 5_000),
        "friction",
        "value-not-found",
        "en",
        "fr-FR",
        "json",
        "csv",
        "Europe/Paris",
        "u@x.example",
        "\"<u@x.example>\" <v@x.example>",
    ];

    private static readonly string[] Names =
    [
        "q",
        "cursor",
        "sort",
        "risk",
        "plan",
        "csm",
        "cause",
        "about",
        "days",
        "from",
        "to",
        "by",
        "span",
        "id",
        "queue",
        "take",
        "limit",
        "format",
        "until",
        "note",
        "reason",
        "email",
        "created",
        "all",
        "inside",
        "lang",
        "writeKey",
        "state",
        "name",
        "token",
        "next",
        "period",
        "view",
        "type",
        "userId",
        "anonymousId",
        "groupId",
        "previousId",
        "event",
        "messageId",
        "timestamp",
        "sentAt",
        "properties",
        "traits",
        "context",
        "batch",
        "regulationType",
        "subjectIds",
        "subjectType",
        "specversion",
        "source",
        "data",
        "datacontenttype",
    ];

    /// <summary>Bodies that are read as they stand.</summary>
    private static readonly string[] Bodies =
    [
        """{"type":"track","messageId":"m","userId":"u","event":"Report Shared","timestamp":"2026-03-02T08:00:00Z","properties":{"minutes":7}}""",
        """{"batch":[{"type":"identify","userId":"u","traits":{"email":"u@x.example"}},{"type":"group","userId":"u","groupId":"acme","traits":{"plan":"pro"}}],"sentAt":"2026-03-02T08:00:00Z"}""",
        """{"type":"alias","userId":"u","previousId":"v"}""",
        """{"specversion":"1.0","id":"1","source":"/x","type":"Report Shared","subject":"u","time":"2026-03-02T08:00:00Z","data":{"minutes":1}}""",
        """{"entries":[{"email":"u@x.example","reason":"bounce"}]}""",
        """{"note":"called them","until":"2026-03-09"}""",
        """{"regulationType":"SUPPRESS_AND_DELETE","subjectType":"USER_ID","subjectIds":["u"]}""",
        """[{"email":"u@x.example","event":"bounce","timestamp":1772438400,"sg_event_id":"e","signals_id":"x"}]""",
        "email,created\nu@x.example,1772438400\n",
        "user,event,time\nu,Report Shared,2026-03-01\n",
        """{"event":"Report Shared","properties":{"time":1772438400,"distinct_id":"u","$insert_id":"i"}}""",
    ];

    private static readonly string[] Types =
    [
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/cloudevents+json",
        "application/cloudevents-batch+json",
        "application/x-ndjson",
        "text/csv",
        "application/octet-stream",
        "application/json; charset=utf-16",
        "nonsense",
    ];

    private readonly Random _random = new(seed);

    public int Next(int below) => _random.Next(below);

    public T One<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    public string Word() => _random.Next(5) == 0 ? RandomText() : One(Words);

    /// <summary>Escaped as a browser would, or not at all where that makes no address of it.</summary>
    public string Escaped() =>
        _random.Next(6) == 0 ? One((string[])["%ff%fe", "%00", "%2e%2e%2f", "%", "%zz", "a+b", "%d8%00"]) : Uri.EscapeDataString(Word());

    public string Query()
    {
        int fields = _random.Next(5);
        return fields == 0 ? "" : "?" + string.Join('&', Enumerable.Range(0, fields).Select(_ => $"{One(Names)}={Escaped()}"));
    }

    /// <summary>Fields of a form, some of those given among them.</summary>
    public string Form(IReadOnlyList<(string Name, string Value)> given) =>
        string.Join(
            '&',
            Enumerable
                .Range(0, _random.Next(5))
                .Select(_ => $"{One(Names)}={Escaped()}")
                .Concat(given.Where(_ => _random.Next(4) > 0).Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"))
        );

    public string Type() => One(Types);

    /// <summary>A body, and whether it is gzip.</summary>
    public (byte[] Bytes, bool IsGzip) Body()
    {
        byte[] bytes = _random.Next(3) switch
        {
            0 => Encoding.UTF8.GetBytes(Value(0)),
            1 => Bent(Encoding.UTF8.GetBytes(One(Bodies))),
            _ => Encoding.UTF8.GetBytes(
                One(Bodies).Replace(One((string[])["\"u\"", "1772438400", "7", "pro"]), Value(0), StringComparison.Ordinal)
            ),
        };
        if (_random.Next(8) > 0)
            return (bytes, false);
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return (_random.Next(2) == 0 ? zipped.ToArray() : Bent(zipped.ToArray()), true);
    }

    /// <summary>Bytes with a few of them changed, lost, doubled or swollen.</summary>
    public byte[] Bent(byte[] bytes)
    {
        var bent = bytes.ToList();
        for (int i = _random.Next(1, 6); i > 0 && bent.Count > 0; i--)
        {
            int at = _random.Next(bent.Count);
            switch (_random.Next(5))
            {
                case 0:
                    bent[at] = (byte)_random.Next(256);
                    break;
                case 1:
                    bent.RemoveRange(at, Math.Min(bent.Count - at, _random.Next(1, 20)));
                    break;
                case 2:
                    bent.InsertRange(at, bent.GetRange(at, Math.Min(bent.Count - at, _random.Next(1, 60))));
                    break;
                case 3:
                    bent.InsertRange(at, Encoding.UTF8.GetBytes(Value(MaxDepth - 1)));
                    break;
                default:
                    bent.RemoveRange(at, bent.Count - at);
                    break;
            }
        }
        return [.. bent];
    }

    /// <summary>A value of JSON, mostly well formed.</summary>
    private string Value(int depth) =>
        _random.Next(depth >= MaxDepth ? 6 : 10) switch
        {
            0 => Quoted(Word()),
            1 => _random.Next().ToString(CultureInfo.InvariantCulture),
            2 => One(
                (string[])["-0", "1e309", "0.1e-400", "123456789012345678901234567890", "true", "false", "null", "NaN", "01", "\"\\ud800\""]
            ),
            3 => Quoted(One(Names)),
            4 => new string('[', _random.Next(1, 200)) + (_random.Next(2) == 0 ? new string(']', _random.Next(1, 200)) : ""),
            5 => "{}",
            6 or 7 => "[" + string.Join(',', Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth + 1))) + "]",
            _ => "{" + string.Join(',', Enumerable.Range(0, _random.Next(6)).Select(_ => $"{Quoted(One(Names))}:{Value(depth + 1)}")) + "}",
        };

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private string RandomText()
    {
        char[] text = new char[_random.Next(1, 40)];
        for (int i = 0; i < text.Length; i++)
            text[i] = (char)_random.Next(1, 0xd7ff);
        return new string(text);
    }
}
