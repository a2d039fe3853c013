using System.Net;
using System.Text.Json;
using Signals.Web.Tests.Api;

namespace Signals.Web.Tests.Help;

/// <summary>What a product asks for a person who is signed in there, and who may.</summary>
public sealed class HelpEndpointTests : IAsyncLifetime
{
    private readonly HelpHost _host = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_card_comes_in_the_persons_language_with_all_that_it_takes_to_draw_it()
    {
        var card = (await _host.CardAsync(HelpHost.Ann))!.Value;

        Assert.Equal("fr", card.GetProperty("locale").GetString());
        Assert.Equal("help", card.GetProperty("kind").GetString());
        Assert.Contains("Importer vos utilisateurs", card.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            "Quel fichier ?",
            card.GetProperty("faq")[0].GetProperty("question").GetString()!.Replace('\u00a0', ' ').Replace('\u202f', ' ')
        );
        Assert.Equal("https://nimbus.example/help/import", card.GetProperty("step").GetProperty("url").GetString());
        Assert.All(card.GetProperty("body").EnumerateArray(), block => Assert.Equal("text", block.GetProperty("kind").GetString()));
        Assert.DoesNotContain("acme", card.GetRawText().Replace("nimbus", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_anything_to_say_the_answer_is_nothing()
    {
        using var response = await _host.AskAsync("nobody", _host.TokenOf("nobody"));
        Assert.Equal("""{"card":null,"words":null,"checklist":null}""", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task A_checklist_tells_own_steps_and_the_accounts_and_follows_what_is_done()
    {
        var first = (await _host.ChecklistAsync(HelpHost.Ann))!.Value;
        Assert.Equal("0 sur 2 terminées", first.GetProperty("progress").GetString());
        Assert.Equal(
            ["Importer vos utilisateurs", "Compléter votre profil"],
            first.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString())
        );

        await _host.Signals.SendAsync(SignalsHost.Track(HelpHost.Ann, "acme", "Profile Saved"));
        await _host.Signals.SettleAsync();

        var second = (await _host.ChecklistAsync(HelpHost.Ann))!.Value;
        Assert.Equal((1, 2), (second.GetProperty("done").GetInt32(), second.GetProperty("total").GetInt32()));
        Assert.Equal([false, true], second.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("done").GetBoolean()));
        Assert.Equal("https://nimbus.example/help/import", second.GetProperty("steps")[0].GetProperty("url").GetString());
        Assert.Null(await _host.ChecklistAsync("nobody"));
    }

    [Fact]
    public async Task A_token_that_is_missing_forged_anothers_over_or_too_long_is_refused_before_anything_is_read()
    {
        string good = _host.TokenOf(HelpHost.Ann);
        (string? Token, string Why)[] tokens =
        [
            (null, "expected \"Bearer"),
            (SignalsHost.ApiToken, "expected \"Bearer"),
            (good[..^1] + (good[^1] == 'A' ? 'B' : 'A'), "not for this user"),
            (_host.TokenOf("ben"), "not for this user"),
            (_host.TokenOf(HelpHost.Ann, hours: -0.1), "expired"),
            (_host.TokenOf(HelpHost.Ann, hours: 30), "too late"),
        ];
        foreach (var (token, why) in tokens)
        {
            using var asked = await _host.AskAsync(HelpHost.Ann, token);
            using var said = await _host.SayAsync("00000000000000000-0000000000000000", HelpHost.Ann, token, "done");
            foreach (var response in (HttpResponseMessage[])[asked, said])
            {
                Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
                Assert.Contains(why, Detail(await response.Content.ReadAsStringAsync(Cancel)), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_token_says_nothing_of_a_card_of_somebody_else()
    {
        string id = (await _host.CardAsync(HelpHost.Ann))!.Value.GetProperty("id").GetString()!;
        using var response = await _host.SayAsync(id, "ben", _host.TokenOf("ben"), "done");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.NotNull(await _host.CardAsync(HelpHost.Ann));
    }

    [Fact]
    public async Task An_answer_that_is_replayed_changes_nothing_and_a_card_that_is_done_does_not_come_back()
    {
        await _host.StuckAsync("cleo", "cloud", "en");
        string id = (await _host.CardAsync("cleo"))!.Value.GetProperty("id").GetString()!;
        foreach (string answer in (string[])["seen", "seen", "done", "done", "dismissed"])
        {
            using var response = await _host.SayAsync(id, "cleo", _host.TokenOf("cleo"), answer);
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        }
        await _host.Signals.WorkAsync();
        Assert.Null(await _host.CardAsync("cleo"));
        var record = (await _host.Signals.GetAsync("/api/outreach?account=cloud"))
            .GetProperty("items")
            .EnumerateArray()
            .Single(item => item.GetProperty("kind").GetString() == "message");
        Assert.Equal("delivered", record.GetProperty("state").GetString());
        Assert.Equal("its step was taken", record.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_browser_that_has_the_answer_is_not_told_twice()
    {
        using var first = await _host.AskAsync(HelpHost.Ann, _host.TokenOf(HelpHost.Ann));
        using var second = await _host.AskAsync(HelpHost.Ann, _host.TokenOf(HelpHost.Ann, hours: 2), first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal("no-cache, private", first.Headers.CacheControl!.ToString());
        Assert.Equal(["Authorization"], first.Headers.Vary);
    }

    [Theory]
    [InlineData("", "userId: found nothing")]
    [InlineData("?userId=", "userId: found nothing")]
    public async Task A_request_without_a_user_says_what_is_expected(string query, string expected)
    {
        using var response = await _host.Signals.Stranger.GetAsync("/v1/help" + query, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, Detail(await response.Content.ReadAsStringAsync(Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_none_says_which_there_are()
    {
        using var response = await _host.SayAsync("1-2", HelpHost.Ann, _host.TokenOf(HelpHost.Ann), "clicked");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            "answer: found \"clicked\", expected one of \"seen\", \"done\", \"dismissed\", \"answered\".",
            Detail(await response.Content.ReadAsStringAsync(Cancel))
        );
    }

    [Fact]
    public async Task A_page_of_another_origin_may_ask()
    {
        foreach (string path in (string[])["/v1/help", "/v1/help/1-2"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, path);
            request.Headers.Add("Origin", "https://app.nimbus.example");
            request.Headers.Add("Access-Control-Request-Headers", "authorization, content-type");
            using var preflight = await _host.Signals.Stranger.SendAsync(request, Cancel);
            Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
            Assert.Equal("*", preflight.Headers.GetValues("Access-Control-Allow-Origin").Single());
            Assert.Contains(
                "Authorization",
                preflight.Headers.GetValues("Access-Control-Allow-Headers").Single(),
                StringComparison.Ordinal
            );
        }
        using var refused = await _host.AskAsync(HelpHost.Ann, null);
        Assert.Equal("*", refused.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task The_key_is_for_who_has_the_api_token()
    {
        using var stranger = await _host.Signals.Stranger.GetAsync("/api/help/key", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Equal(_host.Tokens.Key, (await _host.Signals.GetAsync("/api/help/key")).GetProperty("key").GetString());
    }

    private static string Detail(string problem) => JsonSerializer.Deserialize<JsonElement>(problem).GetProperty("detail").GetString()!;
}
