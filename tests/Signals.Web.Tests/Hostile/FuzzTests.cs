using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model.Reading;
using Signals.Testing;
using Signals.Testing.Hostile;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Hostile;

/// <summary>
/// Every route of the app, with whatever the grammar makes up for it: nothing may fail, which is to say that no answer is 500 or above.
/// Inputs go by seeds, which a failure tells and <c>SIGNALS_FUZZ_SEED</c> plays again.
/// </summary>
public sealed partial class FuzzTests : IAsyncLifetime
{
    private const string Seed = "SIGNALS_FUZZ_SEED";
    private const int AtOnce = 4;

    private readonly SignalsHost _host = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IEnumerable<int> Seeds(int few, int many, int most) =>
        int.TryParse(Environment.GetEnvironmentVariable(Seed), NumberStyles.None, null, out int asked)
            ? [asked]
            : Enumerable.Range(1, LongTests.Samples(few, many, most));

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task No_request_is_answered_as_a_fault_of_the_app()
    {
        await _host.SendAsync(
            SignalsHost.Person("u", new { email = "u@x.example" }),
            SignalsHost.Account("u", "acme", new { plan = "pro" }),
            SignalsHost.Track("u", "acme", "Import Failed"),
            SignalsHost.Track("u", "acme", "Report Shared", new { minutes = 3 })
        );
        await _host.SettleAsync();
        var routes = _host
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            // Whoever is signed out sees no more pages.
            .Where(endpoint => endpoint.RoutePattern.RawText?.Contains("signout", StringComparison.Ordinal) != true)
            .SelectMany(endpoint =>
                (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]).Select(method =>
                    (Method: method, Pattern: endpoint.RoutePattern)
                )
            )
            .ToList();
        Assert.True(routes.Count > 60, $"Found {routes.Count} routes, expected those of the whole app.");
        var (cookie, formToken) = await SignedInAsync();
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = _host.Client.BaseAddress,
        };
        var met = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        await Parallel.ForEachAsync(
            Seeds(few: 3_000, many: 30_000, most: 2_000_000),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancel },
            async (seed, cancellationToken) =>
            {
                var grammar = new HostileGrammar(seed);
                var (method, pattern) = grammar.One(routes);
                using var request = Request(grammar, method, pattern, cookie, formToken);
                using var response = await client.SendAsync(request, cancellationToken);
                met.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
                Assert.True(
                    (int)response.StatusCode < 500,
                    $"Seed {seed}: {method} {request.RequestUri} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}"
                );
            }
        );
        TestContext.Current.SendDiagnosticMessage(
            "answers: {0}",
            string.Join(", ", met.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} x {pair.Value}"))
        );
        // Some of it is good by chance: else nothing behind the first check would be tried.
        if (met.Values.Sum() > 1)
            Assert.True(met.GetValueOrDefault(200) > met.Values.Sum() / 50, $"Found {met.GetValueOrDefault(200)} answers of 200.");
    }

    [Fact]
    public void No_model_breaks_its_reader()
    {
        byte[][] models =
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.json")
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes),
        ];
        foreach (int seed in Seeds(few: 400, many: 6_000, most: 500_000))
        {
            var grammar = new HostileGrammar(seed);
            byte[] bent = grammar.Bent(grammar.One(models));
            try
            {
                var reading = ValueModelReader.Read(bent, CauseCatalogue.All);
                Assert.True(reading.Model is not null || reading.Errors.Count > 0);
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Seed {seed}: {fault}\n{Encoding.UTF8.GetString(bent)}");
            }
        }
    }

    private static HttpRequestMessage Request(HostileGrammar grammar, string method, RoutePattern pattern, string cookie, string formToken)
    {
        string path = string.Concat(
            pattern.PathSegments.Select(segment =>
                "/"
                + string.Concat(segment.Parts.Select(part => part is RoutePatternLiteralPart literal ? literal.Content : grammar.Escaped()))
            )
        );
        var address = new Uri((path.Length == 0 ? "/" : path) + grammar.Query(), UriKind.Relative);
        var request = new HttpRequestMessage(new HttpMethod(method), address);
        // Mostly with what opens the door, so that what stands behind it is tried.
        switch (grammar.Next(10))
        {
            case 0:
                break;
            case 1:
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Uri.EscapeDataString(grammar.Word()));
                break;
            default:
                if (path.StartsWith("/v1", StringComparison.Ordinal) || path.StartsWith("/beacon", StringComparison.Ordinal))
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SignalsHost.WriteKey);
                else if (path.StartsWith("/api", StringComparison.Ordinal) || path.Contains("regulations", StringComparison.Ordinal))
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SignalsHost.ApiToken);
                else
                    request.Headers.Add("Cookie", cookie);
                break;
        }
        if (grammar.Next(3) == 0)
            request.Headers.TryAddWithoutValidation("Accept-Language", Uri.EscapeDataString(grammar.Word()));
        if (method is "GET" or "HEAD")
            return request;
        bool isForm = request.Headers.Contains("Cookie");
        if (isForm ? grammar.Next(4) > 0 : grammar.Next(8) == 0)
        {
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
            request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(grammar.Form([("form-token", formToken)])));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
            return request;
        }
        var (bytes, isGzip) = grammar.Body();
        request.Content = new ByteArrayContent(bytes);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", grammar.Type());
        if (isGzip)
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");
        return request;
    }

    /// <summary>The cookie of a browser that is signed in, and what its forms bring along.</summary>
    private async Task<(string Cookie, string FormToken)> SignedInAsync()
    {
        using var form = new FormUrlEncodedContent([new("token", SignalsHost.ApiToken)]);
        using var signedIn = await _host.Stranger.PostAsync(new Uri("/signin", UriKind.Relative), form, Cancel);
        string cookie = signedIn.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        using var request = new HttpRequestMessage(HttpMethod.Get, "/accounts/acme");
        request.Headers.Add("Cookie", cookie);
        using var response = await _host.Stranger.SendAsync(request, Cancel);
        return (cookie, FormToken().Match(await response.Content.ReadAsStringAsync(Cancel)).Groups["token"].Value);
    }

    [GeneratedRegex("name=\"form-token\" value=\"(?<token>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex FormToken();
}
