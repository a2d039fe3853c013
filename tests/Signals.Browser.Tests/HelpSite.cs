using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Signals.Web.Tests.Help;

namespace Signals.Browser.Tests;

/// <summary>
/// A small product at one origin, Signals at another, and a browser. The product's policy allows no inline script, style or markup; its
/// server makes the tokens, and hands on what comes under a path of its own.
/// </summary>
public sealed class HelpSite : IAsyncDisposable
{
    /// <summary>The product's own path, which no blocker knows.</summary>
    public const string OwnPath = "/ours";

    /// <summary>Parts of addresses that lists of blockers are wont to name, whatever the host.</summary>
    private static readonly string[] NamedByLists =
    [
        "/analytics",
        "/beacon",
        "/collect",
        "/event",
        "/metrics",
        "/pixel",
        "/segment",
        "/stats",
        "/telemetry",
        "/track",
    ];

    private readonly HttpClient _signals = new(new SocketsHttpHandler { UseCookies = false });
    private readonly List<string> _complaints = [];
    private readonly ConcurrentQueue<string> _asked = [];

    private WebApplication? _site;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public HelpHost Host { get; } = new();

    public string Address { get; private set; } = "";

    private string App => Host.Signals.Stranger.BaseAddress!.ToString().TrimEnd('/');

    public static async Task<HelpSite> OpenAsync()
    {
        Assert.SkipWhen(Chromium.Find() is null, Chromium.HowTo);
        var site = new HelpSite();
        await site.Host.InitializeAsync();
        await site.StartAsync();
        site._playwright = await Playwright.CreateAsync();
        site._browser = await Chromium.LaunchAsync(site._playwright);
        return site;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_site is not null)
            await _site.DisposeAsync();
        _signals.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>A device: its pages share what browsers share.</summary>
    public Task<IBrowserContext> DeviceAsync(ColorScheme scheme = ColorScheme.Light, int width = 1000) =>
        _browser!.NewContextAsync(
            new BrowserNewContextOptions
            {
                ColorScheme = scheme,
                ViewportSize = new ViewportSize { Width = width, Height = 700 },
                ReducedMotion = ReducedMotion.Reduce,
            }
        );

    /// <summary>
    /// What pages asked for that an ad blocker at its strictest keeps from them: anything of another origin, and what lists name on every
    /// host.
    /// </summary>
    public IEnumerable<string> Blocked => _asked.Where(IsBlocked);

    /// <summary>A page of the product, of a person who is signed in there.</summary>
    /// <param name="device">On which device.</param>
    /// <param name="user">Who is signed in.</param>
    /// <param name="isOwnPath">By the product's own path in the place of the app's origin.</param>
    public async Task<IPage> PageAsync(IBrowserContext device, string user, bool isOwnPath = false)
    {
        var page = await device.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Add(message.Text);
        };
        page.Request += (_, request) => _asked.Enqueue(request.Url);
        page.PageError += (_, error) => _complaints.Add(error);
        await page.GotoAsync($"{Address}/{(isOwnPath ? "own" : "app")}?user={Uri.EscapeDataString(user)}");
        return page;
    }

    /// <summary>Nothing that a script or the policy complained of.</summary>
    public void AssertQuiet() => Assert.Empty(_complaints);

    private async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _site = builder.Build();
        _site.MapGet("/app", context => AnswerAsync(context, App));
        _site.MapGet("/own", context => AnswerAsync(context, OwnPath));
        _site.MapGet("/favicon.ico", () => Results.NoContent());
        _site.MapGet("/start.js", () => Results.Text(Start, "text/javascript"));
        _site.MapGet("/style.css", () => Results.Text("body { font: 1rem sans-serif } ", "text/css"));
        _site.MapGet("/token", (string user) => Host.TokenOf(user));
        _site.Map(OwnPath + "/{**path}", HandOnAsync);
        await _site.StartAsync();
        Address = _site.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
    }

    private bool IsBlocked(string url)
    {
        var asked = new Uri(url);
        return (asked.IsLoopback && asked.GetLeftPart(UriPartial.Authority) != Address)
            || NamedByLists.Any(part => asked.PathAndQuery.Contains(part, StringComparison.OrdinalIgnoreCase));
    }

    private static Task AnswerAsync(HttpContext context, string api)
    {
        string from = api.StartsWith('/') ? "'self'" : $"'self' {api}";
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src {from}; connect-src {from}; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
            + "require-trusted-types-for 'script'";
        context.Response.ContentType = "text/html; charset=utf-8";
        string user = System.Net.WebUtility.HtmlEncode(context.Request.Query["user"].ToString());
        return context.Response.WriteAsync(
            $"""
            <!doctype html><html lang="en"><head><title>Nimbus</title><link rel="stylesheet" href="/style.css">
            <script defer src="{api}/v1/help.js"></script><script defer src="/start.js" data-api="{api}" data-user="{user}"></script></head>
            <body><main><h1>Nimbus</h1><button type="button" id="work">Work</button></main></body></html>
            """,
            context.RequestAborted
        );
    }

    /// <summary>As a product starts it: the token comes from its own server, which knows who is signed in.</summary>
    private const string Start = """
        "use strict";
        const { api, user } = document.currentScript.dataset;
        window.help = window.signalsHelp.start({
          api, userId: user, token: async () => (await fetch("/token?user=" + encodeURIComponent(user))).text(),
        });
        """;

    /// <summary>What a proxy does.</summary>
    private async Task HandOnAsync(HttpContext context)
    {
        string path = context.Request.Path.Value![OwnPath.Length..] + context.Request.QueryString;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), App + path);
        if (HttpMethods.IsPost(context.Request.Method))
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        using var response = await _signals.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        if (response.StatusCode != System.Net.HttpStatusCode.NoContent)
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
