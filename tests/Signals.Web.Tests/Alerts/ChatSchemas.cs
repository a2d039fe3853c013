using System.Text.Json;

namespace Signals.Web.Tests.Alerts;

/// <summary>Holds messages against what Slack and Teams take (<see cref="SlackRules"/>, <see cref="CardRules"/>).</summary>
internal static class ChatSchemas
{
    public static void HoldsSlack(byte[] json)
    {
        var message = JsonSerializer.Deserialize<JsonElement>(json);
        Assert.Empty(SlackRules.FaultsOf(message));
        // Nothing that a customer typed is fetched by Slack to be shown.
        Assert.True(message.GetProperty("mrkdwn").GetBoolean());
        Assert.False(message.GetProperty("unfurl_links").GetBoolean());
        Assert.False(message.GetProperty("unfurl_media").GetBoolean());
    }

    public static void HoldsBlocks(JsonElement blocks) =>
        Assert.Empty(
            SlackRules.FaultsOfBlocks(JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["blocks"] = blocks }))
        );

    public static void HoldsTeams(byte[] json) => Assert.Empty(CardRules.FaultsOf(json));
}
