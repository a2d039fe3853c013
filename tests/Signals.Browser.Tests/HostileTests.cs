using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Signals.Testing;

namespace Signals.Browser.Tests;

/// <summary>Names, mails and words from outside that would like to be more than text.</summary>
public sealed class HostileTests(DemoApp app) : DemoTests(app)
{
    private static readonly string Long = new('W', 10_000);

    /// <summary>Each is the name of an account, of its person, and what they wrote.</summary>
    public static TheoryData<string, string> Names =>
        new()
        {
            { "hostile-script", "<script>alert(1)</script><img src=x onerror=alert(2)>" },
            { "hostile-attribute", "\" onmouseover=\"alert(3)\" x='" },
            { "hostile-formula", "=HYPERLINK(\"https://evil.example\",\"x\")" },
            { "hostile-direction", "\u202Egpj.elpmaxe\u202C \u0627\u0644\u0639\u0631\u0628\u064A\u0629" },
            { "hostile-emoji", "\U0001F469‍\U0001F469‍\U0001F467 \U0001F4A9 e\u0301\u0301\u0301\u0301\u0301\u0301" },
            { "hostile-long", Long },
        };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Stay_text_on_their_own_pages(string id, string text)
    {
        LongTests.OnlyIf(id != "hostile-script");
        await using var page = await SignedInAsync(new Look(360));
        await GivenAsync(id, text);

        await page.OpenAsync("/accounts/" + id);
        await page.AssertSoundAsync(id);
        string shown = text[..Math.Min(40, text.Length)];
        Assert.Contains(shown, await page.Page.Locator("h1").TextContentAsync(), StringComparison.Ordinal);
        Assert.Contains(shown, await page.Page.Locator("blockquote").First.TextContentAsync(), StringComparison.Ordinal);
        foreach (
            string path in new[] { $"/accounts?q={Uri.EscapeDataString(text[..Math.Min(20, text.Length)])}", $"/accounts/{id}/people" }
        )
        {
            await page.OpenAsync(path);
            await page.AssertSoundAsync($"{id} on {path}");
        }
    }

    [Fact]
    public async Task Stay_text_where_all_are_listed_and_in_the_file()
    {
        await using var page = await SignedInAsync(new Look(360));
        foreach (var name in Names)
            await GivenAsync(name.Data.Item1, name.Data.Item2);

        foreach (string path in new[] { "/", "/accounts?sort=name" })
        {
            await page.OpenAsync(path);
            await page.AssertSoundAsync(path);
        }
        var csv = await page.Page.Context.APIRequest.GetAsync(App.Address + "/accounts.csv");
        string[] rows = (await csv.TextAsync()).Split("\r\n");
        foreach (var name in Names)
        {
            string row = rows.Single(line => line.StartsWith(name.Data.Item1 + ",", StringComparison.Ordinal));
            Assert.DoesNotContain(",=", row, StringComparison.Ordinal);
            Assert.DoesNotContain(",\"=", row, StringComparison.Ordinal);
        }
    }

    private async Task GivenAsync(string id, string text)
    {
        var now = DateTimeOffset.UtcNow;
        object[] events =
        [
            new
            {
                type = "identify",
                userId = id + "-u",
                traits = new
                {
                    name = text,
                    email = $"{id}@x.example",
                    role = text[..Math.Min(200, text.Length)],
                },
                messageId = Guid.NewGuid(),
                timestamp = now,
            },
            new
            {
                type = "group",
                userId = id + "-u",
                groupId = id,
                traits = new
                {
                    name = text,
                    plan = "pro",
                    csm = "ann@nimbus.example",
                },
                messageId = Guid.NewGuid(),
                timestamp = now,
            },
            new
            {
                type = "track",
                userId = id + "-u",
                @event = "NPS Answered",
                properties = new
                {
                    score = 1,
                    comment = text,
                    channel = "in-app",
                },
                context = new { groupId = id },
                messageId = Guid.NewGuid(),
                timestamp = now,
            },
        ];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { batch = events }), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(DemoApp.WriteKey + ":"))
        );
        using var response = await App.Client.SendAsync(request, Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));

        // The app folds within seconds; the review is asked for, as a script would.
        for (int attempt = 0; ; attempt++)
        {
            using var review = new HttpRequestMessage(HttpMethod.Post, $"/api/accounts/{id}/review");
            review.Headers.Authorization = new AuthenticationHeaderValue("Bearer", DemoApp.ApiToken);
            using var reviewed = await App.Client.SendAsync(review, Cancel);
            if (reviewed.IsSuccessStatusCode)
                return;
            Assert.True(attempt < 150, $"{id} was not folded: {reviewed.StatusCode}");
            await Task.Delay(200, Cancel);
        }
    }
}
