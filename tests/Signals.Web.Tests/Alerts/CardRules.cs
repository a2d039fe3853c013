using System.Text.Json;

namespace Signals.Web.Tests.Alerts;

/// <summary>
/// What Teams takes as a post to a webhook of Workflows: a message with one Adaptive Card. Sources: the schema of Adaptive Cards 1.4
/// (adaptivecards.io/schemas/1.4.0: AdaptiveCard, TextBlock, RichTextBlock, TextRun, Action.OpenUrl, and the enumerations Spacing, FontSize
/// and FontWeight), as far as alerts use it or could; Microsoft's "Create incoming webhooks" (28 KB a message, envelope of attachments) and
/// "Cards reference" (<c>msteams.width</c>; six actions are shown). Text blocks read Markdown, and what customers wrote must stand in none.
/// </summary>
internal static class CardRules
{
    private const int MostBytes = 28 * 1024;
    private const int MostActions = 6;
    private const int MostTitleChars = 75;
    private const int MostAddressChars = 8000;

    private static readonly string[] Spacings = ["default", "none", "small", "medium", "large", "extraLarge", "padding"];
    private static readonly string[] Sizes = ["default", "small", "medium", "large", "extraLarge"];
    private static readonly string[] Weights = ["default", "lighter", "bolder"];
    private static readonly string[] Versions = ["1.0", "1.1", "1.2", "1.3", "1.4"];

    public static IReadOnlyList<string> FaultsOf(byte[] json)
    {
        var rules = new JsonRules();
        if (json.Length > MostBytes)
            rules.Fault("message", $"{json.Length} bytes of {MostBytes}");
        var message = JsonSerializer.Deserialize<JsonElement>(json);
        rules.Members("message", message, ["type", "attachments"]);
        rules.OneOf("message", message, "type", "message");
        foreach (var (place, attachment) in rules.Items("message", message, "attachments", 1, 1))
        {
            if (!rules.Members(place, attachment, ["contentType", "content"], "contentUrl"))
                continue;
            rules.OneOf(place, attachment, "contentType", "application/vnd.microsoft.card.adaptive");
            if (attachment.TryGetProperty("contentUrl", out var url) && url.ValueKind != JsonValueKind.Null)
                rules.Fault($"{place}.contentUrl", "a card has none");
            Card(rules, $"{place}.content", attachment.GetProperty("content"));
        }
        return rules.Faults;
    }

    private static void Card(JsonRules rules, string place, JsonElement card)
    {
        if (!rules.Members(place, card, ["type", "version", "body"], "$schema", "fallbackText", "msteams", "actions", "lang", "speak"))
            return;
        rules.OneOf(place, card, "type", "AdaptiveCard");
        rules.OneOf(place, card, "version", Versions);
        rules.OneOf(place, card, "$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        rules.Text(place, card, "fallbackText", int.MaxValue);
        if (card.TryGetProperty("msteams", out var teams) && rules.Members($"{place}.msteams", teams, [], "width"))
            rules.OneOf($"{place}.msteams", teams, "width", "Full");
        foreach (var (of, element) in rules.Items(place, card, "body", 1, int.MaxValue))
            RichText(rules, of, element);
        foreach (var (of, action) in rules.Items(place, card, "actions", 1, MostActions))
        {
            if (!rules.Members(of, action, ["type", "url"], "title", "style", "id"))
                continue;
            rules.OneOf(of, action, "type", "Action.OpenUrl");
            rules.OneOf(of, action, "style", "default", "positive", "destructive");
            rules.Text(of, action, "title", MostTitleChars);
            rules.Address(of, action, "url", MostAddressChars);
        }
    }

    private static void RichText(JsonRules rules, string place, JsonElement element)
    {
        if (JsonRules.TypeOf(element) == "TextBlock")
        {
            rules.Fault(place, "a text block reads Markdown");
            return;
        }
        if (!rules.Members(place, element, ["type", "inlines"], "spacing", "separator", "id", "isVisible", "horizontalAlignment"))
            return;
        rules.OneOf(place, element, "type", "RichTextBlock");
        rules.OneOf(place, element, "spacing", Spacings);
        foreach (var (of, run) in rules.Items(place, element, "inlines", 1, int.MaxValue))
        {
            if (!rules.Members(of, run, ["type", "text"], "size", "weight", "isSubtle", "italic", "color"))
                continue;
            rules.OneOf(of, run, "type", "TextRun");
            rules.OneOf(of, run, "size", Sizes);
            rules.OneOf(of, run, "weight", Weights);
            rules.Text(of, run, "text", int.MaxValue);
        }
    }
}
