using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Links;
using Signals.Core.Response.Suppressions;
using Signals.Web.Unsubscribe;

namespace Signals.Web.Tests.Unsubscribe;

public sealed class UnsubscribeTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 1, 10, 9, 30, 0, TimeSpan.Zero);
    private static readonly UnsubscribeTokens Tokens = new(new LinkKeys(SHA256.HashData("key"u8)));
    private static readonly string Ada = new RecipientKey(SHA256.HashData("recipients"u8)).Of("ada@customer.example");
    private static readonly string Link = "/u/" + Tokens.Sign(new UnsubscribeToken(Ada, "friction", "o-1"));

    private readonly RecordedSuppressions _suppressions = new();
    private WebApplication? _app;
    private HttpClient? _client;

    private HttpClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Tokens).AddSingleton<ISuppressions>(_suppressions).AddSingleton<TimeProvider>(new VirtualClock(Now));
        _app = builder.Build();
        _app.MapUnsubscribe("Nimbus & <Sons>");
        await _app.StartAsync();
        _client = _app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app!.DisposeAsync();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Following_the_link_shows_a_page_and_changes_nothing(string method)
    {
        using var response = await SendAsync(new HttpMethod(method), Link);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(_suppressions.Recorded);
    }

    [Fact]
    public async Task The_page_runs_nothing_loads_nothing_and_escapes_the_products_name()
    {
        using var response = await SendAsync(HttpMethod.Get, Link);
        string page = await BodyAsync(response);

        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        string style = page[(page.IndexOf("<style>", StringComparison.Ordinal) + 7)..page.IndexOf("</style>", StringComparison.Ordinal)];
        Assert.Contains(
            $"'sha256-{Convert.ToBase64String(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style)))}'",
            policy,
            StringComparison.Ordinal
        );
        Assert.Contains("Nimbus &amp; &lt;Sons&gt; writes to you", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task A_mailboxs_own_button_unsubscribes_in_one_request()
    {
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);

        using var response = await SendAsync(HttpMethod.Post, Link, form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([(Ada, null, "one-click:o-1", Now)], _suppressions.Recorded);
    }

    [Fact]
    public async Task One_click_may_come_as_multipart_too()
    {
        using var form = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };

        using var response = await SendAsync(HttpMethod.Post, Link, form);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(_suppressions.Recorded);
    }

    [Fact]
    public async Task The_pages_button_stops_every_kind_and_says_what_still_comes()
    {
        using var response = await PostAsync(Link, "", "fr");

        string page = await BodyAsync(response);
        Assert.Contains("Vous ne recevrez plus ces messages", page, StringComparison.Ordinal);
        Assert.Contains("un paiement qui n’a pas abouti", page, StringComparison.Ordinal);
        Assert.Equal(["help", "news", "thanks", "surveys"], _suppressions.Recorded.Select(wish => wish.Topic));
        Assert.All(_suppressions.Recorded, wish => Assert.Equal((Ada, "page:o-1", Now), (wish.Recipient, wish.Source, wish.At)));

        using var more = await PostAsync(Link, "everything", "fr");
        Assert.Equal((Ada, null, "page:o-1", Now), _suppressions.Recorded[^1]);
    }

    [Fact]
    public async Task The_page_of_a_notice_stops_notices_too()
    {
        using var response = await PostAsync("/u/" + Tokens.Sign(new UnsubscribeToken(Ada, "payment-failing", "o-1")), "");

        Assert.Equal([(Ada, null, "page:o-1", Now)], _suppressions.Recorded);
    }

    [Theory]
    [InlineData(
        "en",
        "help",
        "Only those about help with what gets in your way",
        "no more mails from Nimbus &amp; &lt;Sons&gt; about help"
    )]
    [InlineData("fr", "thanks", "Seulement ceux sur ce thème&#xA0;: les remerciements", "sur ce thème&#xA0;: les remerciements")]
    [InlineData("de", "news", "Nur die zu diesem Thema: was Ihr Tarif sonst noch enthält", "zu diesem Thema: was Ihr Tarif")]
    public async Task The_page_lets_one_kind_be_stopped_alone(string language, string kind, string button, string done)
    {
        using var ask = await SendAsync(HttpMethod.Get, Link, language: language);
        using var response = await PostAsync(Link, kind, language);

        Assert.Contains(button, await BodyAsync(ask), StringComparison.Ordinal);
        string page = await BodyAsync(response);
        Assert.Contains(done, page, StringComparison.Ordinal);
        Assert.Contains("value=\"undo\"", page, StringComparison.Ordinal);
        Assert.Equal([(Ada, kind, "page:o-1", Now)], _suppressions.Recorded);
    }

    [Fact]
    public async Task A_page_that_an_earlier_version_showed_stops_the_mails_topic()
    {
        using var response = await PostAsync(Link, "topic");

        Assert.Contains("about things that got in your way", await BodyAsync(response), StringComparison.Ordinal);
        Assert.Equal([(Ada, "friction", "page:o-1", Now)], _suppressions.Recorded);
    }

    [Theory]
    [InlineData(true, "These mails may reach you again, as before.")]
    [InlineData(false, "Mail to this address was stopped for another reason too.")]
    public async Task What_was_stopped_by_the_link_can_be_taken_back(bool isAll, string said)
    {
        _suppressions.Resumes = isAll;

        using var response = await PostAsync(Link, "undo");

        Assert.Contains(said, await BodyAsync(response), StringComparison.Ordinal);
        Assert.Empty(_suppressions.Recorded);
        Assert.Equal([Ada], _suppressions.Resumed);
    }

    [Fact]
    public async Task The_page_speaks_the_mails_language_before_the_browsers()
    {
        using var french = await SendAsync(HttpMethod.Get, Link + "?lang=fr", language: "en");
        using var unknown = await SendAsync(HttpMethod.Get, Link + "?lang=<b>", language: "de");

        Assert.Equal(["fr"], french.Content.Headers.ContentLanguage);
        Assert.Equal(["de"], unknown.Content.Headers.ContentLanguage);
    }

    [Fact]
    public async Task A_mailboxs_own_button_stops_everything_whatever_else_it_sends()
    {
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click"), new("scope", "topic")]);

        using var response = await SendAsync(HttpMethod.Post, Link, form);

        Assert.Equal([(Ada, null, "one-click:o-1", Now)], _suppressions.Recorded);
    }

    /// <summary>
    /// As mailboxes are known to post the button: no body, another content type or none, a line end after the value, far too much.
    /// </summary>
    public static TheoryData<string, string?> ButtonBodies =>
        new()
        {
            { "", null },
            { "", "application/x-www-form-urlencoded" },
            { "List-Unsubscribe=One-Click", null },
            { "List-Unsubscribe=One-Click", "text/plain" },
            { "List-Unsubscribe=One-Click\r\n", "application/x-www-form-urlencoded" },
            { "List-Unsubscribe=no", "application/x-www-form-urlencoded" },
            { "list-unsubscribe=one-click&utm_source=mail", "application/x-www-form-urlencoded; charset=utf-7" },
            { "--cut", "multipart/form-data; boundary=cut" },
            { "--cut\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Cl", "multipart/form-data; boundary=cut" },
            { "{\"List-Unsubscribe\":\"One-Click\"}", "application/json" },
            { "filler=" + new string('a', 10_000), "application/x-www-form-urlencoded" },
        };

    [Theory]
    [MemberData(nameof(ButtonBodies))]
    public async Task A_post_with_a_valid_token_stops_everything_whatever_its_body(string body, string? contentType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        using var response = await SendAsync(HttpMethod.Post, Link, content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([(Ada, null, "one-click:o-1", Now)], _suppressions.Recorded);
    }

    [Theory]
    [InlineData("GET", "/u/AAAA")]
    [InlineData("POST", "/u/AAAA")]
    [InlineData("GET", "/u/%C3%A9..%2F%3Cscript%3E")]
    public async Task A_bad_token_is_a_page_that_tells_nothing(string method, string path)
    {
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);

        using var response = await SendAsync(new HttpMethod(method), path, method == "POST" ? form : null);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("This page does not exist", await BodyAsync(response), StringComparison.Ordinal);
        Assert.Empty(_suppressions.Recorded);
    }

    [Fact]
    public async Task A_busy_store_asks_to_try_again_and_claims_nothing()
    {
        _suppressions.Busy = true;
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);

        using var response = await SendAsync(HttpMethod.Post, Link, form);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), response.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData("fr-CA,fr;q=0.9,en;q=0.8", "fr")]
    [InlineData("en;q=0.5, fr;q=0.9", "fr")]
    [InlineData("fr;q=0, en", "en")]
    [InlineData("de-AT, ja", "de")]
    [InlineData("ja, es", "en")]
    [InlineData("", "en")]
    [InlineData(";;;q=x", "en")]
    public async Task The_page_speaks_the_readers_language(string accepted, string expected)
    {
        using var response = await SendAsync(HttpMethod.Get, Link, language: accepted);

        Assert.Contains($"<html lang=\"{expected}\">", await BodyAsync(response), StringComparison.Ordinal);
        Assert.Equal([expected], response.Content.Headers.ContentLanguage);
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body = null, string language = "en")
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> PostAsync(string link, string scope, string language = "en")
    {
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click"), new("page", "1"), new("scope", scope)]);
        return await SendAsync(HttpMethod.Post, link, form, language);
    }

    private static Task<string> BodyAsync(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private sealed class RecordedSuppressions : ISuppressions
    {
        public List<(string Recipient, string? Topic, string Source, DateTimeOffset At)> Recorded { get; } = [];

        public bool Busy { get; set; }

        public Task UnsubscribeAsync(
            string recipientKey,
            string? topic,
            string source,
            DateTimeOffset now,
            CancellationToken cancellationToken
        )
        {
            if (Busy)
                throw new TransientStoreException("busy", retryAfter: TimeSpan.FromSeconds(7));
            Recorded.Add((recipientKey, topic, source, now));
            return Task.CompletedTask;
        }

        public List<string> Resumed { get; } = [];

        public bool Resumes { get; set; } = true;

        public Task<bool> ResumeAsync(string recipientKey, CancellationToken cancellationToken)
        {
            Resumed.Add(recipientKey);
            return Task.FromResult(Resumes);
        }

        public Task<bool> IsSuppressedAsync(string recipientKey, string? topic, CancellationToken cancellationToken) =>
            Task.FromResult(Recorded.Any(r => r.Recipient == recipientKey && (r.Topic is null || r.Topic == topic)));
    }
}
