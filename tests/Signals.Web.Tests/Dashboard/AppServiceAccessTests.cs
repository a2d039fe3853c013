using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Signals.Web.Dashboard.Access;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

public sealed class AppServiceAccessTests : IAsyncLifetime
{
    private const string RoleClaim = "http://schemas.microsoft.com/ws/2008/06/identity/claims/role";

    private readonly SignalsHost _host = new() { Configure = services => services.AddSingleton<IDashboardAccess, AppServiceAccess>() };

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("roles", "Reader")]
    [InlineData("roles", "Manager")]
    [InlineData("roles", "Admin")]
    [InlineData(RoleClaim, "Reader")]
    public async Task A_person_with_a_role_sees_the_dashboard(string claim, string role)
    {
        using var response = await GetAsync("/", Principal("aad", (claim, role), ("name", "Ann")));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public static TheoryData<string> Refused =>
        new(
            Principal("aad"),
            Principal("aad", ("roles", "reader"), ("name", "Ann")),
            Principal("aad", ("roles", "Owner"), ("name", "Ann")),
            Principal("aad", ("groups", "Admin"), ("name", "Ann")),
            Principal("aad", ("roles", "3"), ("name", "Ann")),
            Principal("aad", ("roles", "Admin")),
            Principal("google", ("roles", "Admin"), ("name", "Ann")),
            Encode("""{"auth_typ":"aad","claims":{"typ":"roles","val":"Admin"}}"""),
            Encode("""{"auth_typ":"aad","claims":[["roles","Admin"],7,null,{"typ":"roles"},{"typ":"roles","val":["Admin"]}]}"""),
            Encode("""{"claims":[{"typ":"roles","val":"Admin"}]}"""),
            Encode("[]"),
            Encode("{"),
            "not base64",
            ""
        );

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Anything_else_in_the_header_is_refused_and_not_sent_round_to_sign_in_again(string principal)
    {
        using var response = await GetAsync("/", principal);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(
            "none of its roles",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Two_principals_are_none()
    {
        using var response = await GetAsync(
            "/",
            Principal("aad", ("roles", "Admin"), ("name", "Ann")),
            Principal("aad", ("roles", "Admin"), ("name", "Ann"))
        );

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("/", "/.auth/login/aad?post_login_redirect_uri=%2F")]
    [InlineData("/accounts/acme%20one?x=1&y", "/.auth/login/aad?post_login_redirect_uri=%2Faccounts%2Facme%2520one%3Fx%3D1%26y")]
    public async Task Who_is_not_signed_in_goes_to_the_platforms_sign_in_and_comes_back(string path, string location)
    {
        using var response = await GetAsync(path);

        Assert.Equal((HttpStatusCode.Redirect, location), (response.StatusCode, response.Headers.Location!.OriginalString));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task The_one_machine_sign_in_is_not_there(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/signin?token=x");
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Principal("aad", ("roles", "Admin"), ("name", "Ann")));
        using var response = await _host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_principal_opens_nothing_but_the_dashboard()
    {
        using var response = await GetAsync("/api/accounts", Principal("aad", ("roles", "Admin"), ("name", "Ann")));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Where_it_is_not_switched_on_a_principal_opens_nothing()
    {
        await using var plain = new SignalsHost();
        await plain.InitializeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Principal("aad", ("roles", "Admin"), ("name", "Ann")));
        using var response = await plain.Stranger.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static string Principal(string provider, params IEnumerable<(string Type, string Value)> claims) =>
        Encode(
            $$"""{"auth_typ":"{{provider}}","claims":[{{string.Join(',', claims.Select(claim => $$"""{"typ":"{{claim.Type}}","val":"{{claim.Value}}"}"""))}}],"role_typ":"roles"}"""
        );

    private static string Encode(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json));

    private async Task<HttpResponseMessage> GetAsync(string path, params IEnumerable<string> principals)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (string principal in principals)
            request.Headers.TryAddWithoutValidation("X-MS-CLIENT-PRINCIPAL", principal);
        return await _host.Stranger.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
