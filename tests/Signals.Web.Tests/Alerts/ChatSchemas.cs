using System.Text;
using System.Text.Json;

namespace Signals.Web.Tests.Alerts;

/// <summary>
/// What Slack and Teams take, by their published rules, as far as alerts use it; anything else in a message is a fault here. Sources:
/// Slack, "Block Kit" (blocks, button element, text object); Microsoft, "Adaptive Cards" schema 1.4, and Teams' limit of 28 KB for a
/// webhook's post.
/// </summary>
internal static class ChatSchemas
{
    private const int MostSlackTextChars = 4000;
    private const int MostBlocks = 50;
    private const int MostBlockChars = 3000;
    private const int MostContextElements = 10;
    private const int MostButtons = 25;
    private const int MostButtonChars = 75;
    private const int MostValueChars = 2000;
    private const int MostActionIdChars = 255;

    private const int MostTeamsBytes = 28 * 1024;
    private const int MostTeamsActions = 6;

    public static void HoldsSlack(byte[] json)
    {
        var message = JsonSerializer.Deserialize<JsonElement>(json);
        Members(message, ["text", "mrkdwn", "unfurl_links", "unfurl_media"], ["blocks"]);
        Chars(message.GetProperty("text"), MostSlackTextChars);
        Assert.True(message.GetProperty("mrkdwn").GetBoolean());
        Assert.False(message.GetProperty("unfurl_links").GetBoolean());
        Assert.False(message.GetProperty("unfurl_media").GetBoolean());
        if (message.TryGetProperty("blocks", out var blocks))
            HoldsBlocks(blocks);
    }

    public static void HoldsBlocks(JsonElement blocks)
    {
        Assert.InRange(blocks.GetArrayLength(), 1, MostBlocks);
        foreach (var block in blocks.EnumerateArray())
        {
            switch (block.GetProperty("type").GetString())
            {
                case "section":
                    Members(block, ["type", "text"]);
                    Mrkdwn(block.GetProperty("text"));
                    break;
                case "context":
                    Members(block, ["type", "elements"]);
                    Assert.InRange(block.GetProperty("elements").GetArrayLength(), 1, MostContextElements);
                    Assert.All(block.GetProperty("elements").EnumerateArray(), Mrkdwn);
                    break;
                case "actions":
                    Members(block, ["type", "elements"]);
                    var buttons = block.GetProperty("elements").EnumerateArray().ToList();
                    Assert.InRange(buttons.Count, 1, MostButtons);
                    Assert.All(buttons, Button);
                    Assert.Distinct(buttons.Select(button => button.GetProperty("action_id").GetString()));
                    break;
                case var other:
                    Assert.Fail($"a block of the type {other}");
                    break;
            }
        }
    }

    public static void HoldsTeams(byte[] json)
    {
        Assert.InRange(json.Length, 1, MostTeamsBytes);
        var message = JsonSerializer.Deserialize<JsonElement>(json);
        Members(message, ["type", "attachments"]);
        Is("message", message.GetProperty("type"));
        var attachment = Assert.Single(message.GetProperty("attachments").EnumerateArray());
        Members(attachment, ["contentType", "contentUrl", "content"]);
        Is("application/vnd.microsoft.card.adaptive", attachment.GetProperty("contentType"));
        Assert.Equal(JsonValueKind.Null, attachment.GetProperty("contentUrl").ValueKind);
        var card = attachment.GetProperty("content");
        Members(card, ["$schema", "type", "version", "fallbackText", "msteams", "body"], ["actions"]);
        Is("http://adaptivecards.io/schemas/adaptive-card.json", card.GetProperty("$schema"));
        Is("AdaptiveCard", card.GetProperty("type"));
        Is("1.4", card.GetProperty("version"));
        Chars(card.GetProperty("fallbackText"), int.MaxValue);
        Assert.NotEqual(0, card.GetProperty("body").GetArrayLength());
        Assert.All(card.GetProperty("body").EnumerateArray(), RichText);
        if (!card.TryGetProperty("actions", out var actions))
            return;
        Assert.InRange(actions.GetArrayLength(), 1, MostTeamsActions);
        Assert.All(
            actions.EnumerateArray(),
            action =>
            {
                Members(action, ["type", "title", "url"]);
                Is("Action.OpenUrl", action.GetProperty("type"));
                Chars(action.GetProperty("title"), MostButtonChars);
                Assert.Equal(Uri.UriSchemeHttps, new Uri(action.GetProperty("url").GetString()!).Scheme);
            }
        );
    }

    private static void RichText(JsonElement block)
    {
        Members(block, ["type", "spacing", "inlines"]);
        Is("RichTextBlock", block.GetProperty("type"));
        Assert.Contains(
            block.GetProperty("spacing").GetString(),
            (string[])["default", "none", "small", "medium", "large", "extraLarge", "padding"]
        );
        var run = Assert.Single(block.GetProperty("inlines").EnumerateArray());
        Members(run, ["type", "text", "size", "weight"]);
        Is("TextRun", run.GetProperty("type"));
        Chars(run.GetProperty("text"), int.MaxValue);
        Assert.Contains(run.GetProperty("size").GetString(), (string[])["default", "small", "medium", "large", "extraLarge"]);
        Assert.Contains(run.GetProperty("weight").GetString(), (string[])["default", "lighter", "bolder"]);
    }

    private static void Button(JsonElement button)
    {
        Members(button, ["type", "action_id", "text", "value"]);
        Is("button", button.GetProperty("type"));
        Chars(button.GetProperty("action_id"), MostActionIdChars);
        Chars(button.GetProperty("value"), MostValueChars);
        Members(button.GetProperty("text"), ["type", "text"]);
        Is("plain_text", button.GetProperty("text").GetProperty("type"));
        Chars(button.GetProperty("text").GetProperty("text"), MostButtonChars);
    }

    private static void Mrkdwn(JsonElement text)
    {
        Members(text, ["type", "text"]);
        Is("mrkdwn", text.GetProperty("type"));
        Chars(text.GetProperty("text"), MostBlockChars);
    }

    private static void Is(string expected, JsonElement value) => Assert.Equal(expected, value.GetString());

    /// <summary>A text that is there, is not longer, and holds whole characters.</summary>
    private static void Chars(JsonElement value, int most)
    {
        string text = value.GetString()!;
        Assert.InRange(text.Length, 1, most);
        Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
    }

    private static void Members(JsonElement of, string[] needed, string[]? allowed = null)
    {
        var names = of.EnumerateObject().Select(member => member.Name).ToList();
        Assert.Distinct(names);
        Assert.Empty(needed.Except(names));
        Assert.Empty(names.Except([.. needed, .. allowed ?? []]));
    }
}
