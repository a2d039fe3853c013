using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Signals.Web.Dashboard.Access;
using Signals.Web.Security;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Security;

/// <summary>Whose word of who asked, and whether over TLS, is believed.</summary>
public sealed class TrustedProxiesTests
{
    [Theory]
    [InlineData("127.0.0.1", "https", true)]
    [InlineData("127.0.0.0/8", "https", true)]
    [InlineData("10.0.0.0/8, ::1, 127.0.0.1", "https", true)]
    [InlineData("127.0.0.1", "http", false)]
    [InlineData("10.0.0.1", "https", false)]
    [InlineData("", "https", false)]
    public async Task The_cookie_is_secure_where_a_named_proxy_speaks_tls(string proxies, string scheme, bool secure)
    {
        await using var host = await HostAsync(proxies);

        using var answer = await SignInAsync(host, scheme, "203.0.113.9", SignalsHost.ApiToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(secure, IsSecure(answer));
    }

    [Theory]
    [InlineData("signals.nimbus.example", true)]
    [InlineData("10.0.0.5:5080", false)]
    public async Task The_cookie_is_secure_at_the_public_https_address_whoever_speaks_tls_for_it(string name, bool secure)
    {
        await using var host = await HostAsync("");
        using var request = SignIn("http", "203.0.113.9", SignalsHost.ApiToken);
        request.Headers.Host = name;
        using var answer = await host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(secure, IsSecure(answer));
    }

    [Theory]
    [InlineData("127.0.0.1", HttpStatusCode.Unauthorized)]
    [InlineData("", HttpStatusCode.TooManyRequests)]
    public async Task Visitors_behind_a_named_proxy_do_not_share_one_address(string proxies, HttpStatusCode other)
    {
        await using var host = await HostAsync(proxies);
        for (int i = 0; i < SignInLimits.PerAddress; i++)
            (await SignInAsync(host, "https", "203.0.113.9", $"guess {i}")).Dispose();

        using var shed = await SignInAsync(host, "https", "203.0.113.9", "guess");
        using var another = await SignInAsync(host, "https", "203.0.113.10", "guess");

        Assert.Equal(HttpStatusCode.TooManyRequests, shed.StatusCode);
        Assert.Equal(other, another.StatusCode);
    }

    [Fact]
    public async Task An_address_that_the_visitor_made_up_does_not_count()
    {
        await using var host = await HostAsync("127.0.0.1");
        for (int i = 0; i < SignInLimits.PerAddress; i++)
            (await SignInAsync(host, "https", $"198.51.100.{i}, 203.0.113.9", $"guess {i}")).Dispose();
        using var shed = await SignInAsync(host, "https", "198.51.100.200, 203.0.113.9", "guess");
        Assert.Equal(HttpStatusCode.TooManyRequests, shed.StatusCode);
    }

    [Theory]
    [InlineData("proxy.example")]
    [InlineData("10.0.0.0/99")]
    [InlineData("127.0.0.1; ::1")]
    public void What_is_neither_an_address_nor_a_network_is_refused(string text) => Assert.Null(TrustedProxies.Parse(text));

    private static bool IsSecure(HttpResponseMessage answer) =>
        answer
            .Headers.GetValues("Set-Cookie")
            .Single(value => value.StartsWith("signals-session=", StringComparison.Ordinal))
            .Contains("; secure", StringComparison.OrdinalIgnoreCase);

    private static async Task<SignalsHost> HostAsync(string proxies)
    {
        var host = new SignalsHost { Configure = services => services.AddSingleton(TrustedProxies.Parse(proxies)!) };
        await host.InitializeAsync();
        return host;
    }

    private static async Task<HttpResponseMessage> SignInAsync(SignalsHost host, string scheme, string from, string token)
    {
        using var request = SignIn(scheme, from, token);
        return await host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static HttpRequestMessage SignIn(string scheme, string from, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/signin") { Content = new FormUrlEncodedContent([new("token", token)]) };
        request.Headers.Add("X-Forwarded-For", from);
        request.Headers.Add("X-Forwarded-Proto", scheme);
        return request;
    }
}
