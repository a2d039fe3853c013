using System.Net;
using System.Text.RegularExpressions;

namespace Signals.Browser.Tests;

/// <summary>Every kind of link on the dashboard of the demo's customers leads somewhere.</summary>
public sealed partial class LinkTests(DemoApp app) : DemoTests(app)
{
    private const int LeastKinds = 100;
    private const int MostKinds = 1000;

    private static readonly string[] Orders = ["health", "name", "price", "seen", "stake"];

    [Fact]
    public async Task Every_kind_of_link_is_answered()
    {
        using var client = await ClientAsync();
        // The orders that a form offers are no links.
        var open = new Queue<(string Address, string From)>([
            ("/", "nothing"),
            .. Orders.Select(order => ($"/accounts?sort={order}", "the form of orders")),
        ]);
        var followed = new HashSet<string>(StringComparer.Ordinal);
        var broken = new List<string>();
        while (open.TryDequeue(out var link) && followed.Count < MostKinds)
        {
            if (!followed.Add(KindOf(link.Address)))
                continue;
            using var answer = await client.GetAsync(new Uri(link.Address, UriKind.Relative), Cancel);
            if (answer.StatusCode != HttpStatusCode.OK)
                broken.Add($"{link.Address}, found on {link.From}: {(int)answer.StatusCode}");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            foreach (Match found in Link().Matches(await answer.Content.ReadAsStringAsync(Cancel)))
                open.Enqueue((WebUtility.HtmlDecode(found.Groups["address"].Value).Split('#')[0], link.Address));
        }

        Assert.True(broken.Count == 0, string.Join('\n', broken));
        Assert.InRange(followed.Count, LeastKinds, MostKinds - 1);
        // Lists that go on do so in every order.
        foreach (string order in Orders)
            Assert.Contains($"/accounts?cursor&sort={order}", followed);
        Assert.Contains("/messages?cursor", followed);
    }

    private async Task<HttpClient> ClientAsync()
    {
        Assert.SkipWhen(App.Missing is not null, App.Missing ?? "");
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(App.Address) };
        client.DefaultRequestHeaders.Add("Cookie", $"signals-session={await SessionAsync()}");
        return client;
    }

    /// <summary>The path without ids, and the parameters without values but for the order of a list.</summary>
    private static string KindOf(string address)
    {
        string[] parts = address.Split('?', 2);
        string path = string.Join('/', parts[0].Split('/').Select(segment => segment.Any(char.IsAsciiDigit) ? "{id}" : segment));
        if (parts.Length == 1)
            return path;
        var parameters = parts[1]
            .Split('&')
            .Select(parameter => parameter.StartsWith("sort=", StringComparison.Ordinal) ? parameter : parameter.Split('=')[0]);
        return $"{path}?{string.Join('&', parameters.Order(StringComparer.Ordinal))}";
    }

    [GeneratedRegex("<a [^>]*?href=\"(?<address>/[^\"]*)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
