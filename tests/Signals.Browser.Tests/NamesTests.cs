using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Playwright;
using Signals.Testing;

namespace Signals.Browser.Tests;

/// <summary>Names that senders write otherwise than the model, and names made up without end.</summary>
public sealed class NamesTests(DemoApp app) : DemoTests(app)
{
    [Theory]
    [InlineData(1440, ColorScheme.Light, "en-GB", "the model has")]
    [InlineData(1440, ColorScheme.Dark, "fr-FR", "le modèle a")]
    [InlineData(360, ColorScheme.Light, "en-GB", "the model has")]
    [InlineData(360, ColorScheme.Dark, "fr-FR", "le modèle a")]
    public async Task Near_misses_and_made_up_names_are_told_and_fit_the_window(int width, ColorScheme scheme, string locale, string words)
    {
        // Each size, theme and language once; who meets whom is the night's.
        if (locale == "en-GB" == width < 1440)
            LongTests.OnlyAll();
        LongTests.OnlyIf(width < 1440);
        await using var page = await SignedInAsync(new Look(width, scheme, locale));
        await GivenAsync();

        await page.OpenAsync("/pipeline");
        await page.AssertSoundAsync("the overview");
        Assert.Contains(words, await page.Page.Locator("#near ~ ul").TextContentAsync(), StringComparison.Ordinal);
        await page.PictureAsync($"near-{width}-{scheme}-{locale[..2]}".ToLowerInvariant());
        await page.OpenAsync("/pipeline/names");
        await page.AssertSoundAsync("the names");
        await page.PictureAsync($"names-{width}-{scheme}-{locale[..2]}".ToLowerInvariant());
    }

    private async Task GivenAsync()
    {
        string made = new('W', 200);
        object[] events =
        [
            .. Enumerable.Range(0, 5).Select(_ => Track("Campaign sent", new { recipients = 3 })),
            Track("article_published", new { id = 1 }),
            Track("Conversation Handled", new Dictionary<string, int> { ["Seconds"] = 3 }),
            .. Enumerable.Range(0, 900).Select(i => Track($"{i} {made}", new { })),
            Track("<script>alert(1)</script>", new { }),
            new
            {
                type = "group",
                userId = "names-u",
                groupId = "names",
                traits = new Dictionary<string, object> { ["MRR"] = 5, ["renewal_at"] = "2027-01-01" },
            },
        ];
        foreach (object[] batch in events.Chunk(300))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch") { Content = JsonContent.Create(new { batch }) };
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(DemoApp.WriteKey + ":"))
            );
            using var response = await App.Client.SendAsync(request, Cancel);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
        }
        for (int attempt = 0; (await ApiAsync("/api/pipeline")).GetProperty("queued").GetInt64() > 0; attempt++)
        {
            Assert.True(attempt < 300, "The events were not folded.");
            await Task.Delay(200, Cancel);
        }
    }

    private static object Track(string name, object properties) =>
        new
        {
            type = "track",
            userId = "names-u",
            @event = name,
            properties,
            context = new { groupId = "names", library = new { name = "analytics-node", version = "2.1.0" } },
            messageId = Guid.NewGuid(),
        };
}
