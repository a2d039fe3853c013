using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Signals.Benchmarks.Pages;

/// <summary>A browser that signed in, follows every kind of link once, and times what it gets.</summary>
internal sealed partial class Visitor : IDisposable
{
    private const int MaxPages = 80;
    public const int WarmUps = 2;

    private readonly HttpClient _client;

    private Visitor(Uri address) =>
        _client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true })
        {
            BaseAddress = address,
        };

    public static async Task<Visitor> SignInAsync(Uri address, string token, CancellationToken cancellationToken)
    {
        var visitor = new Visitor(address);
        using var form = new FormUrlEncodedContent([new("token", token)]);
        using var response = await visitor._client.PostAsync(new Uri("/signin", UriKind.Relative), form, cancellationToken);
        response.EnsureSuccessStatusCode();
        return visitor;
    }

    public void Dispose() => _client.Dispose();

    /// <summary>
    /// One address of each kind that can be reached from the start page by links, shortest first: kinds differ in path or parameters, not
    /// in ids.
    /// </summary>
    public async Task<IReadOnlyList<string>> ExploreAsync(IEnumerable<string> more, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>();
        foreach (string address in more.Prepend("/"))
            Meet(address);
        while (open.TryDequeue(out string? address) && known.Count < MaxPages)
        {
            foreach (Match link in Link().Matches(await _client.GetStringAsync(new Uri(address, UriKind.Relative), cancellationToken)))
                Meet(WebUtility.HtmlDecode(link.Groups["address"].Value));
        }
        return [.. known.Values.Order(StringComparer.Ordinal)];

        void Meet(string address)
        {
            if (
                !address.StartsWith("/assets/", StringComparison.Ordinal)
                && !address.Contains('#', StringComparison.Ordinal)
                && known.TryAdd(KindOf(address), address)
            )
                open.Enqueue(address);
        }
    }

    public async Task GetAsync(string address, CancellationToken cancellationToken) =>
        await _client.GetByteArrayAsync(new Uri(address, UriKind.Relative), cancellationToken);

    /// <summary>How long an address takes, from the request to the last byte of the answer.</summary>
    public async Task<Timing> TimeAsync(string address, int requests, CancellationToken cancellationToken)
    {
        var uri = new Uri(address, UriKind.Relative);
        double[] milliseconds = new double[requests];
        long bytes = 0;
        for (int i = -WarmUps; i < requests; i++)
        {
            long began = Stopwatch.GetTimestamp();
            byte[] body = await _client.GetByteArrayAsync(uri, cancellationToken);
            if (i < 0)
                continue;
            milliseconds[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            bytes = body.Length;
        }
        Array.Sort(milliseconds);
        return new Timing(address, milliseconds[requests / 2], milliseconds[(int)Math.Ceiling(0.95 * requests) - 1], bytes);
    }

    /// <summary>The path with ids taken out, and the names of the parameters.</summary>
    private static string KindOf(string address)
    {
        string[] parts = address.Split('?', 2);
        string path = string.Join('/', parts[0].Split('/').Select(segment => segment.Any(char.IsAsciiDigit) ? "{id}" : segment));
        return parts.Length == 1
            ? path
            : $"{path}?{string.Join('&', parts[1].Split('&').Select(parameter => parameter.Split('=')[0]).Order(StringComparer.Ordinal))}";
    }

    [GeneratedRegex("<a [^>]*href=\"(?<address>/[^\"/][^\"]*|/)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}

/// <summary>How long an address took, in milliseconds, and how large its answer was.</summary>
internal sealed record Timing(string Address, double Median, double Percentile95, long Bytes)
{
    /// <summary>The server's processor time a request, in milliseconds: what other programs on the machine do hardly changes it.</summary>
    public double Cpu { get; init; }
}
