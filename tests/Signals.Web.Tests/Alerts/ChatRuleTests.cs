using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Signals.Core.Model;
using Signals.Web.Alerts;

namespace Signals.Web.Tests.Alerts;

/// <summary>The rules themselves: each message that breaks one is found, so that a message that is taken is taken for a reason.</summary>
public sealed class ChatRuleTests
{
    private static readonly Dictionary<string, (string Fault, Action<JsonObject> Break)> Slack = new(StringComparer.Ordinal)
    {
        ["no text"] = ("no text", message => message.Remove("text")),
        ["an empty text"] = ("0 characters", message => message["text"] = ""),
        ["a text of two messages"] = ("4001 characters", message => message["text"] = Long(4001)),
        ["a member of another product"] = ("attachments is not known", message => message["attachments"] = new JsonArray()),
        ["no block"] = ("no list of 1 to 50", message => message["blocks"] = new JsonArray()),
        ["51 blocks"] = (
            "no list of 1 to 50",
            message => message["blocks"] = new JsonArray([.. Enumerable.Range(0, 51).Select(_ => new JsonObject { ["type"] = "divider" })])
        ),
        ["a block that there is not"] = ("not known", message => Block(message, 0)["type"] = "paragraph"),
        ["a section of nothing"] = ("neither text nor fields", message => Block(message, 0).Remove("text")),
        ["a section that says too much"] = ("3001 characters", message => Block(message, 0)["text"]!["text"] = Long(3001)),
        ["a text of another type"] = ("none of plain_text, mrkdwn", message => Block(message, 0)["text"]!["type"] = "markdown"),
        ["emoji in mrkdwn"] = ("emoji is not known", message => Block(message, 0)["text"]!["emoji"] = true),
        ["eleven fields"] = (
            "no list of 1 to 10",
            message => Block(message, 0)["fields"] = new JsonArray([.. Enumerable.Range(0, 11).Select(_ => TextObject("mrkdwn", "a"))])
        ),
        ["a field that says too much"] = (
            "2001 characters",
            message => Block(message, 0)["fields"] = new JsonArray(TextObject("mrkdwn", Long(2001)))
        ),
        ["a header that says too much"] = (
            "151 characters",
            message =>
                message["blocks"]!.AsArray().Add(new JsonObject { ["type"] = "header", ["text"] = TextObject("plain_text", Long(151)) })
        ),
        ["a header in mrkdwn"] = (
            "none of plain_text",
            message => message["blocks"]!.AsArray().Add(new JsonObject { ["type"] = "header", ["text"] = TextObject("mrkdwn", "a") })
        ),
        ["two blocks of one name"] = (
            "one block_id twice",
            message =>
            {
                Block(message, 0)["block_id"] = "a";
                Block(message, 1)["block_id"] = "a";
            }
        ),
        ["a block's name that is too long"] = ("256 characters", message => Block(message, 0)["block_id"] = Long(256)),
        ["a context of eleven"] = (
            "no list of 1 to 10",
            message =>
                message["blocks"]!
                    .AsArray()
                    .Add(
                        new JsonObject
                        {
                            ["type"] = "context",
                            ["elements"] = new JsonArray([.. Enumerable.Range(0, 11).Select(_ => TextObject("mrkdwn", "a"))]),
                        }
                    )
        ),
        ["26 buttons"] = (
            "no list of 1 to 25",
            message =>
                Buttons(message)["elements"] = new JsonArray([.. Enumerable.Range(0, 26).Select(i => Renamed(Button(message), $"b{i}"))])
        ),
        ["a button that says too much"] = ("76 characters", message => Button(message)["text"]!["text"] = Long(76)),
        ["a button in mrkdwn"] = ("none of plain_text", message => Button(message)["text"] = TextObject("mrkdwn", "a")),
        ["a button that carries too much"] = ("2001 characters", message => Button(message)["value"] = Long(2001)),
        ["a button's name that is too long"] = ("256 characters", message => Button(message)["action_id"] = Long(256)),
        ["two buttons of one name"] = (
            "one action_id twice",
            message => Button(message)["action_id"] = Buttons(message)["elements"]![1]!["action_id"]!.GetValue<string>()
        ),
        ["a button to a long address"] = ("characters", message => Button(message)["url"] = "https://signals.example/" + Long(3000)),
        ["a button to no address"] = ("no address over https", message => Button(message)["url"] = "javascript:alert(1)"),
        ["a button of another style"] = ("none of primary, danger", message => Button(message)["style"] = "warning"),
    };

    private static readonly Dictionary<string, (string Fault, Action<JsonObject> Break)> Teams = new(StringComparer.Ordinal)
    {
        ["more than 28 KB"] = ("bytes of 28672", message => Run(message)["text"] = Long(28 * 1024)),
        ["no attachment"] = ("no list of 1 to 1", message => message["attachments"] = new JsonArray()),
        ["another kind of card"] = (
            "none of application/vnd.microsoft.card.adaptive",
            message => message["attachments"]![0]!["contentType"] = "application/vnd.microsoft.card.hero"
        ),
        ["a card by its address"] = ("a card has none", message => message["attachments"]![0]!["contentUrl"] = "https://signals.example/"),
        ["a version that Workflows does not show"] = ("none of 1.0", message => Card(message)["version"] = "1.6"),
        ["no version"] = ("no version", message => Card(message).Remove("version")),
        ["a member that the schema does not know"] = ("title is not known", message => Card(message)["title"] = "a"),
        ["an empty body"] = ("no list of 1", message => Card(message)["body"] = new JsonArray()),
        ["a text that reads Markdown"] = (
            "a text block reads Markdown",
            message => Card(message)["body"]![0] = new JsonObject { ["type"] = "TextBlock", ["text"] = "[a](https://evil.example)" }
        ),
        ["an element that there is not"] = ("none of RichTextBlock", message => Card(message)["body"]![0]!["type"] = "Paragraph"),
        ["a spacing that there is not"] = ("none of default, none", message => Card(message)["body"]![0]!["spacing"] = "huge"),
        ["no inlines"] = ("no inlines", message => Card(message)["body"]![0]!.AsObject().Remove("inlines")),
        ["an empty text"] = ("0 characters", message => Run(message)["text"] = ""),
        ["a size that there is not"] = ("none of default, small", message => Run(message)["size"] = "enormous"),
        ["a weight that there is not"] = ("none of default, lighter", message => Run(message)["weight"] = "bold"),
        ["a width that there is not"] = ("none of Full", message => Card(message)["msteams"]!["width"] = "wide"),
        ["seven actions"] = (
            "no list of 1 to 6",
            message => Card(message)["actions"] = new JsonArray([.. Enumerable.Range(0, 7).Select(_ => Action(message).DeepClone())])
        ),
        ["an action that needs a bot"] = ("none of Action.OpenUrl", message => Action(message)["type"] = "Action.Execute"),
        ["an action without an address"] = ("no url", message => Action(message).Remove("url")),
        ["an address of another kind"] = ("no address over https", message => Action(message)["url"] = "http://signals.example/"),
    };

    public static TheoryData<string> OfSlack => [.. Slack.Keys];

    public static TheoryData<string> OfTeams => [.. Teams.Keys];

    [Fact]
    public void A_message_as_it_is_breaks_no_rule()
    {
        Assert.Empty(FaultsOfSlack(_ => { }));
        Assert.Empty(FaultsOfTeams(_ => { }));
    }

    [Theory]
    [MemberData(nameof(OfSlack))]
    public void What_Slack_would_refuse_is_found(string what) =>
        Assert.Contains(FaultsOfSlack(Slack[what].Break), fault => fault.Contains(Slack[what].Fault, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(OfTeams))]
    public void What_Teams_would_refuse_is_found(string what) =>
        Assert.Contains(FaultsOfTeams(Teams[what].Break), fault => fault.Contains(Teams[what].Fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"text": "a", "text": "b"}""", "a member twice")]
    [InlineData("""{"text": "a\ud83d"}""", "half a character")]
    [InlineData("""{"text": 7}""", "no text")]
    [InlineData("[]", "no object")]
    public void What_no_writer_of_JSON_would_write_is_found(string json, string expected) =>
        Assert.Contains(
            SlackRules.FaultsOf(JsonSerializer.Deserialize<JsonElement>(json)),
            fault => fault.Contains(expected, StringComparison.Ordinal)
        );

    private static IReadOnlyList<string> FaultsOfSlack(Action<JsonObject> change)
    {
        var message = JsonNode.Parse(SlackMessage.WriteWithButtons(ChatPayloadTests.Alert("Acme", CauseIds.UsageDrop, "en")))!.AsObject();
        change(message);
        return SlackRules.FaultsOf(JsonSerializer.Deserialize<JsonElement>(Json(message)));
    }

    private static IReadOnlyList<string> FaultsOfTeams(Action<JsonObject> change)
    {
        var message = JsonNode.Parse(TeamsMessage.Write(ChatPayloadTests.Alert("Acme", CauseIds.UsageDrop, "en")))!.AsObject();
        change(message);
        return CardRules.FaultsOf(Encoding.UTF8.GetBytes(Json(message)));
    }

    private static string Json(JsonObject message) => message.ToJsonString();

    private static string Long(int chars) => new('x', chars);

    private static JsonObject Block(JsonObject message, int i) => message["blocks"]![i]!.AsObject();

    private static JsonObject Buttons(JsonObject message) => message["blocks"]!.AsArray()[^1]!.AsObject();

    private static JsonObject Button(JsonObject message) => Buttons(message)["elements"]![0]!.AsObject();

    private static JsonObject Card(JsonObject message) => message["attachments"]![0]!["content"]!.AsObject();

    private static JsonObject Run(JsonObject message) => Card(message)["body"]![0]!["inlines"]![0]!.AsObject();

    private static JsonObject Action(JsonObject message) => Card(message)["actions"]![0]!.AsObject();

    private static JsonObject TextObject(string type, string text) => new() { ["type"] = type, ["text"] = text };

    private static JsonObject Renamed(JsonObject button, string name)
    {
        var renamed = button.DeepClone().AsObject();
        renamed["action_id"] = name;
        return renamed;
    }
}
