using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Signals.Web.Dashboard.Access;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Dashboard;

/// <summary>A browser without JavaScript that is signed in: keeps cookies, opens pages, sends their forms.</summary>
public sealed class DashboardBrowser(SignalsHost host)
{
    /// <summary>Throws where markup is not as it was meant: an element that is not closed, an attribute written twice.</summary>
    private static readonly HtmlParser Strict = new(new HtmlParserOptions { IsStrictMode = true });

    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    /// <summary>Sent with every request.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.Ordinal) { ["Accept"] = "text/html,*/*;q=0.8" };

    /// <summary>A browser that opened a sign-in link.</summary>
    public static async Task<DashboardBrowser> SignedInAsync(SignalsHost host)
    {
        var browser = new DashboardBrowser(host);
        using var response = await browser.SendAsync(HttpMethod.Get, host.Services.GetRequiredService<SignInLinks>().Create());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return browser;
    }

    /// <summary>
    /// A browser whose requests App Service authentication marks; the host must have registered <see cref="AppServiceAccess"/>.
    /// </summary>
    public static DashboardBrowser OfPrincipal(SignalsHost host, string role, string email = "ann@nimbus.example")
    {
        var browser = new DashboardBrowser(host);
        string principal =
            $$"""{"auth_typ":"aad","claims":[{"typ":"roles","val":"{{role}}"},{"typ":"preferred_username","val":"{{email}}"}]}""";
        browser.Headers["X-MS-CLIENT-PRINCIPAL"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(principal));
        return browser;
    }

    /// <summary>Opens a page that must be there.</summary>
    public async Task<IHtmlDocument> OpenAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);
        var page = await ReadAsync(response);
        Assert.True(
            response.StatusCode == HttpStatusCode.OK,
            $"{path}: {(int)response.StatusCode} {page.QuerySelector("main")?.TextContent}"
        );
        return page;
    }

    /// <summary>Sends a form as it stands on the page, with some fields filled in, and opens the page that follows.</summary>
    public async Task<IHtmlDocument> SubmitAsync(IElement? form, params IEnumerable<(string Name, string Value)> filled)
    {
        using var response = await PostAsync(form, filled);
        if (response.StatusCode != HttpStatusCode.SeeOther)
            Assert.Fail($"{(int)response.StatusCode} {(await ReadAsync(response)).QuerySelector("main")?.TextContent}");
        return await OpenAsync(response.Headers.Location!.OriginalString);
    }

    /// <summary>Sends a form as it stands on the page, with some fields filled in.</summary>
    public Task<HttpResponseMessage> PostAsync(IElement? form, params IEnumerable<(string Name, string Value)> filled) =>
        PostAsync(form, TestContext.Current.CancellationToken, filled);

    /// <summary>The same by a browser that may go away meanwhile.</summary>
    public Task<HttpResponseMessage> PostAsync(
        IElement? form,
        CancellationToken goesAway,
        params IEnumerable<(string Name, string Value)> filled
    )
    {
        Assert.NotNull(form);
        var fields = form.QuerySelectorAll("input[name]")
            .Where(input => input.GetAttribute("type") is not ("radio" or "checkbox") || input.HasAttribute("checked"))
            .ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "", StringComparer.Ordinal);
        foreach (var select in form.QuerySelectorAll("select[name]"))
            fields[select.GetAttribute("name")!] =
                (select.QuerySelector("option[selected]") ?? select.QuerySelector("option"))?.GetAttribute("value") ?? "";
        foreach (var (name, value) in filled)
            fields[name] = value;
        return SendAsync(HttpMethod.Post, form.GetAttribute("action")!, new FormUrlEncodedContent(fields), goesAway);
    }

    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields));

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content = null,
        CancellationToken? goesAway = null
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (_cookies.Count > 0)
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var response = await host.Stranger.SendAsync(request, goesAway ?? TestContext.Current.CancellationToken);
        foreach (string set in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
            Keep(set);
        return response;
    }

    /// <summary>Sets a cookie as a script would.</summary>
    public void SetCookie(string name, string value) => _cookies[name] = value;

    public string? Cookie(string name) => _cookies.GetValueOrDefault(name);

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        return Strict.ParseDocument(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private void Keep(string set)
    {
        string[] pair = set.Split(';')[0].Split('=', 2);
        if (pair[1].Length == 0)
            _cookies.Remove(pair[0]);
        else
            _cookies[pair[0]] = pair[1];
    }
}
