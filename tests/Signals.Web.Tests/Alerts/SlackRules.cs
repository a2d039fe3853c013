using System.Text.Json;

namespace Signals.Web.Tests.Alerts;

/// <summary>
/// What Slack takes as a message of an incoming webhook: blocks and elements that alerts use or could, with their limits. Sources: Slack's
/// reference at docs.slack.dev, "Block Kit": "Blocks" (50 in a message; <c>block_id</c> 255; header 150; section text 3000, 10 fields of
/// 2000; context 10 elements; actions 25), "Button element" (text 75, <c>action_id</c> 255, unlike within its block, <c>value</c> 2000,
/// <c>url</c> 3000, <c>style</c> primary or danger, <c>accessibility_label</c> 75), "Text object" (1 to 3000, no emoji in mrkdwn); and
/// "chat.postMessage": a text of more than 4000 characters is cut into several messages.
/// </summary>
internal static class SlackRules
{
    private const int MostTextChars = 4000;
    private const int MostBlocks = 50;
    private const int MostIdChars = 255;
    private const int MostHeaderChars = 150;
    private const int MostTextObjectChars = 3000;
    private const int MostFields = 10;
    private const int MostFieldChars = 2000;
    private const int MostContextElements = 10;
    private const int MostActions = 25;
    private const int MostButtonChars = 75;
    private const int MostValueChars = 2000;
    private const int MostAddressChars = 3000;

    private const string Plain = "plain_text";
    private const string Mrkdwn = "mrkdwn";

    public static IReadOnlyList<string> FaultsOf(JsonElement message)
    {
        var rules = new JsonRules();
        rules.Members("message", message, ["text"], "mrkdwn", "unfurl_links", "unfurl_media", "blocks");
        if (message.ValueKind == JsonValueKind.Object)
        {
            rules.Text("message", message, "text", MostTextChars);
            Blocks(rules, message);
        }
        return rules.Faults;
    }

    /// <summary>The blocks alone, as a message is changed by them.</summary>
    public static IReadOnlyList<string> FaultsOfBlocks(JsonElement message)
    {
        var rules = new JsonRules();
        Blocks(rules, message);
        return rules.Faults;
    }

    private static void Blocks(JsonRules rules, JsonElement message)
    {
        var blocks = rules.Items("message", message, "blocks", 1, MostBlocks).ToList();
        foreach (var (place, block) in blocks)
            Block(rules, place, block);
        rules.Unlike("message.blocks", blocks.Select(block => block.Item), "block_id");
    }

    private static void Block(JsonRules rules, string place, JsonElement block)
    {
        switch (JsonRules.TypeOf(block))
        {
            case "section":
                rules.Members(place, block, ["type"], "block_id", "text", "fields");
                if (!block.TryGetProperty("text", out _) && !block.TryGetProperty("fields", out _))
                    rules.Fault(place, "neither text nor fields");
                TextIn(rules, place, block, MostTextObjectChars, Plain, Mrkdwn);
                foreach (var (of, field) in rules.Items(place, block, "fields", 1, MostFields))
                    TextObject(rules, of, field, MostFieldChars, Plain, Mrkdwn);
                break;
            case "header":
                rules.Members(place, block, ["type", "text"], "block_id");
                TextIn(rules, place, block, MostHeaderChars, Plain);
                break;
            case "divider":
                rules.Members(place, block, ["type"], "block_id");
                break;
            case "context":
                rules.Members(place, block, ["type", "elements"], "block_id");
                foreach (var (of, element) in rules.Items(place, block, "elements", 1, MostContextElements))
                    TextObject(rules, of, element, MostTextObjectChars, Plain, Mrkdwn);
                break;
            case "actions":
                rules.Members(place, block, ["type", "elements"], "block_id");
                var buttons = rules.Items(place, block, "elements", 1, MostActions).ToList();
                foreach (var (of, button) in buttons)
                    Button(rules, of, button);
                rules.Unlike(place, buttons.Select(button => button.Item), "action_id");
                break;
            case var other:
                rules.Fault(place, $"a block of the type “{other}” is not known");
                break;
        }
        if (block.ValueKind == JsonValueKind.Object)
            rules.Text(place, block, "block_id", MostIdChars);
    }

    private static void Button(JsonRules rules, string place, JsonElement button)
    {
        if (!rules.Members(place, button, ["type", "text"], "action_id", "value", "url", "style", "accessibility_label"))
            return;
        rules.OneOf(place, button, "type", "button");
        TextIn(rules, place, button, MostButtonChars, Plain);
        rules.Text(place, button, "action_id", MostIdChars);
        rules.Text(place, button, "value", MostValueChars);
        rules.Address(place, button, "url", MostAddressChars);
        rules.OneOf(place, button, "style", "primary", "danger");
        rules.Text(place, button, "accessibility_label", MostButtonChars);
    }

    private static void TextIn(JsonRules rules, string place, JsonElement of, int most, params string[] types)
    {
        if (of.TryGetProperty("text", out var text))
            TextObject(rules, $"{place}.text", text, most, types);
    }

    private static void TextObject(JsonRules rules, string place, JsonElement text, int most, params string[] types)
    {
        if (!rules.Members(place, text, ["type", "text"], JsonRules.TypeOf(text) == Plain ? "emoji" : "verbatim"))
            return;
        rules.OneOf(place, text, "type", types);
        rules.Text(place, text, "text", most);
    }
}
