using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Signals.Core.Platform.Languages;
using Signals.Local.Hosting;

namespace Signals.Local.Demo;

/// <summary>
/// Answers where the demo will be while its story is told: browsers with a page that says how far it is and becomes the dashboard when it
/// is told, all else with 503.
/// </summary>
internal sealed class StoryServer : IAsyncDisposable
{
    /// <summary>Where the page asks how far the story is. The app has nothing there, by which the page knows that it has begun.</summary>
    private const string ProgressPath = "/demo/story";

    private readonly WebApplication _app;
    private readonly string _product;
    private int _played;

    private StoryServer(WebApplication app, string product)
    {
        (_app, _product) = (app, product);
        app.Run(AnswerAsync);
    }

    /// <summary>Days of the story that are over.</summary>
    public int Played
    {
        get => Volatile.Read(ref _played);
        set => Volatile.Write(ref _played, value);
    }

    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task<StoryServer> StartAsync(LocalOptions options, string urls, CancellationToken cancellationToken)
    {
        var connections = new ConnectionLimit(options.Settings.Limits.Connections);
        var app = LocalHost.Listening(options, urls, connections).Build();
        app.Use(connections.AnswerAsync);
        var server = new StoryServer(app, options.Model.Product);
        try
        {
            await app.StartAsync(cancellationToken);
            return server;
        }
        catch (Exception)
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        // Nobody who waits keeps the address from the app that takes it over.
        response.Headers.Connection = "close";
        if (context.Request.Path == ProgressPath)
            return TellAsync(response);
        bool isBrowser =
            HttpMethods.IsGet(context.Request.Method)
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (!isBrowser)
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.Headers.RetryAfter = "2";
            return TellAsync(response);
        }
        string nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        // The address may hold the link that signs in.
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(Page(LanguageOf(context.Request), nonce));
    }

    private Task TellAsync(HttpResponse response)
    {
        response.ContentType = "application/json";
        return response.WriteAsync($$"""{"status":"telling the story","day":{{Played}},"days":{{DemoStory.Length}}}""");
    }

    /// <summary>The first language of the browser's that the dashboard speaks; English where there is none.</summary>
    private static Language LanguageOf(HttpRequest request) =>
        request
            .GetTypedHeaders()
            .AcceptLanguage.OrderByDescending(wanted => wanted.Quality ?? 1)
            .Select(wanted => Language.Find(wanted.Value.ToString()))
            .FirstOrDefault(language => language is { IsForTeam: true })
        ?? Language.English;

    private string Page(Language language, string nonce)
    {
        string title = Phrase.Of($"The story of {_product}").In(language);
        string lead = Phrase
            .Of($"{DemoStory.Length} days of a few hundred customers are played through everything that real events go through.")
            .In(language);
        string then = Phrase.Of("This page becomes the dashboard as soon as they are over.").In(language);
        string day = Phrase.Of("Days played").In(language);
        return $$"""
            <!doctype html>
            <html lang="{{language.Code}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <title>{{Encoded(title)}}</title>
            <noscript><meta http-equiv="refresh" content="3"></noscript>
            <style nonce="{{nonce}}">
              :root { color-scheme: light dark; }
              body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1rem; }
              progress { width: 100%; height: 1rem; }
            </style></head>
            <body><main><h1>{{Encoded(title)}}</h1><p>{{Encoded(lead)}}</p>
            <p><label for="day">{{Encoded(day)}}: <output id="told" for="day">{{Played}}</output></label>
            <progress id="day" max="{{DemoStory.Length}}" value="{{Played}}"></progress></p><p>{{Encoded(then)}}</p></main>
            <script nonce="{{nonce}}">
              const day = document.getElementById('day'), told = document.getElementById('told');
              async function look() {
                try {
                  const answer = await fetch('{{ProgressPath}}', { cache: 'no-store' });
                  if (!answer.ok) return location.reload();
                  const story = await answer.json();
                  day.value = story.day; told.value = story.day;
                } catch { /* Between the story and the dashboard nobody answers for a moment. */ }
                setTimeout(look, 500);
              }
              setTimeout(look, 500);
            </script></body></html>
            """;
    }

    private static string Encoded(string text) => System.Net.WebUtility.HtmlEncode(text);
}
