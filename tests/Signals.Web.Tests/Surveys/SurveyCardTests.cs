using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Response.Links;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Answers;

namespace Signals.Web.Tests.Surveys;

/// <summary>A survey inside the product, the whole way: events, review, card, answer, fold.</summary>
public sealed class SurveyCardTests : IAsyncLifetime
{
    private readonly SurveyHost _host = new("""["in-app", "mail"]""");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        await _host.HelpedAsync("ann", "fr");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_card_asks_in_the_persons_language_with_all_that_it_takes_to_draw_it()
    {
        var card = (await CardAsync("ann"))!.Value;

        Assert.Equal("survey", card.GetProperty("kind").GetString());
        Assert.StartsWith("Notre aide vous a-t-elle donné satisfaction", card.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, card.GetProperty("step").ValueKind);
        Assert.Single(card.GetProperty("body").EnumerateArray());
        var survey = card.GetProperty("survey");
        Assert.Equal((1, 5, 500), (Number(survey, "least"), Number(survey, "most"), Number(survey, "mostChars")));
        Assert.Equal(("aucune satisfaction", "pleine satisfaction"), (Text(survey, "low"), Text(survey, "high")));
    }

    [Fact]
    public async Task An_answer_counts_once_with_its_channel_and_neither_card_nor_mail_comes_again()
    {
        string id = Text((await CardAsync("ann"))!.Value, "id");
        Assert.Empty(await _host.AnswersAsync());
        for (int i = 0; i < 2; i++)
        {
            using var response = await SayAsync(
                id,
                "ann",
                new
                {
                    userId = "ann",
                    answer = "answered",
                    score = 4,
                    comment = " Rapide. ",
                }
            );
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        }

        var answer = Assert.Single(await _host.AnswersAsync());
        Assert.Equal((FeedbackKind.Csat, 4d, "in-app", "Rapide."), (answer.Kind, answer.Score, answer.Channel, answer.Comment));
        Assert.Null(await CardAsync("ann"));
        _host.Signals.Clock.Advance(TimeSpan.FromDays(5));
        await _host.Signals.WorkAsync();
        var record = await _host.AskedAsync("ann");
        Assert.Equal((OutreachState.Delivered, "in-app", "it was answered"), (record.State, record.Channel, record.Reason));
    }

    [Fact]
    public async Task From_another_tab_another_answer_takes_the_place_of_the_first()
    {
        string id = Text((await CardAsync("ann"))!.Value, "id");
        foreach (int score in (int[])[5, 2])
        {
            using var response = await SayAsync(
                id,
                "ann",
                new
                {
                    userId = "ann",
                    answer = "answered",
                    score,
                }
            );
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
            _host.Signals.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal([5, 2], (await _host.AnswersAsync()).Select(answer => answer.Score));
        Assert.Equal((2, 2), ((await _host.AskedAsync("ann")).Answer!.Score, (await _host.AskedAsync("ann")).Answer!.Times));
    }

    [Fact]
    public async Task Nobody_answers_for_another_with_a_forged_token_one_that_is_over_or_their_own()
    {
        string id = Text((await CardAsync("ann"))!.Value, "id");
        var answered = new
        {
            userId = "ann",
            answer = "answered",
            score = 1,
        };
        string good = TokenOf("ann");
        foreach (string token in (string[])[good[..^1] + (good[^1] == 'A' ? 'B' : 'A'), TokenOf("ben"), TokenOf("ann", hours: -1), "x"])
        {
            using var refused = await SayAsync(id, "ann", answered, token);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
        using var unknown = await SayAsync(
            id,
            "ben",
            new
            {
                userId = "ben",
                answer = "answered",
                score = 1,
            }
        );
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Empty(await _host.AnswersAsync());
        Assert.NotNull(await CardAsync("ann"));
    }

    [Theory]
    [InlineData("""{ "userId": "ann", "answer": "answered" }""", "found no score")]
    [InlineData("""{ "userId": "ann", "answer": "answered", "score": 0 }""", "found 0")]
    [InlineData("""{ "userId": "ann", "answer": "answered", "score": 6 }""", "found 6")]
    [InlineData("""{ "userId": "ann", "answer": "answered", "score": 4.5 }""", "found 4.5")]
    [InlineData("""{ "userId": "ann", "answer": "answered", "score": 1e300 }""", "found 1E")]
    public async Task A_score_off_the_scale_says_what_is_expected_and_leaves_the_card(string body, string found)
    {
        string id = Text((await CardAsync("ann"))!.Value, "id");
        using var response = await SayAsync(id, "ann", JsonSerializer.Deserialize<JsonElement>(body));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(found, await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.NotNull(await CardAsync("ann"));
    }

    [Fact]
    public async Task A_comment_that_is_too_long_is_refused_by_its_length_and_by_its_bytes()
    {
        string id = Text((await CardAsync("ann"))!.Value, "id");
        using var longer = await SayAsync(
            id,
            "ann",
            new
            {
                userId = "ann",
                answer = "answered",
                score = 4,
                comment = new string('a', 501),
            }
        );
        Assert.Equal(HttpStatusCode.BadRequest, longer.StatusCode);
        using var endless = await SayAsync(
            id,
            "ann",
            new
            {
                userId = "ann",
                answer = "answered",
                score = 4,
                comment = new string('a', 9_000),
            }
        );
        Assert.InRange((int)endless.StatusCode, 400, 413);
        using var fits = await SayAsync(
            id,
            "ann",
            new
            {
                userId = "ann",
                answer = "answered",
                score = 4,
                comment = new string('é', 500),
            }
        );
        Assert.Equal(HttpStatusCode.NoContent, fits.StatusCode);
    }

    [Fact]
    public async Task Where_nobody_saw_the_card_the_mail_asks_and_the_card_takes_no_answer_any_more()
    {
        string id = Text((await CardAsync("ann"))!.Value, "id");
        _host.Signals.Clock.Advance(TimeSpan.FromHours(49));
        await _host.Signals.WorkAsync();
        Assert.Equal("email", (await _host.AskedAsync("ann")).Channel);
        using var late = await SayAsync(
            id,
            "ann",
            new
            {
                userId = "ann",
                answer = "answered",
                score = 4,
            }
        );
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        Assert.Equal(6, (await _host.LinksAsync("ann")).Count);
    }

    private async Task<JsonElement?> CardAsync(string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/help?userId=" + user);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(user));
        using var response = await _host.Signals.Stranger.SendAsync(request, Cancel);
        var card = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Cancel)).GetProperty("card");
        return card.ValueKind == JsonValueKind.Null ? null : card;
    }

    private async Task<HttpResponseMessage> SayAsync(string id, string user, object said, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/help/" + id)
        {
            Content = new StringContent(JsonSerializer.Serialize(said), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? TokenOf(user));
        return await _host.Signals.Stranger.SendAsync(request, Cancel);
    }

    private string TokenOf(string user, double hours = 1) =>
        _host.Signals.Services.GetRequiredService<HelpTokens>().Sign(user, _host.Signals.Clock.GetUtcNow().AddHours(hours));

    private static int Number(JsonElement of, string name) => of.GetProperty(name).GetInt32();

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
