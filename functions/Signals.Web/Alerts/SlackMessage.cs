using System.Text;
using System.Text.Json;
using Signals.Core.Response.Links;

namespace Signals.Web.Alerts;

/// <summary>
/// An alert as Slack's incoming webhooks take it: <c>text</c>, which Mattermost, Rocket.Chat and Discord's Slack endpoint read as well, and
/// where Slack is to post answers back, the same in blocks with buttons. Source: Slack, "Incoming webhooks", "Block Kit".
/// </summary>
internal static class SlackMessage
{
    /// <summary>Slack cuts longer texts into several messages.</summary>
    private const int MaxChars = 3500;

    /// <summary>Slack refuses a message whose block says more.</summary>
    private const int MaxBlockChars = 3000;

    /// <summary>Slack refuses a message with a button that carries more.</summary>
    private const int MaxValueChars = 2000;

    /// <summary>With links that answer.</summary>
    public static byte[] Write(ChatMessage message) => Write(message, withButtons: false);

    /// <summary>With buttons that answer, and with the links for whoever reads no blocks.</summary>
    public static byte[] WriteWithButtons(ChatMessage message) => Write(message, withButtons: true);

    /// <summary>What a button is called in Slack's posts; unique within a message.</summary>
    public static string ActionOf(AlertLinkAnswer answer) =>
        answer switch
        {
            AlertLinkAnswer.Acknowledge => "signals-alert-acknowledge",
            AlertLinkAnswer.Snooze => "signals-alert-snooze",
            _ => "signals-alert-resolve",
        };

    private static byte[] Write(ChatMessage message, bool withButtons)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("text", Text(message));
            json.WriteBoolean("mrkdwn", true);
            json.WriteBoolean("unfurl_links", false);
            json.WriteBoolean("unfurl_media", false);
            if (withButtons && message.Answers.Count > 0 && message.Answers.All(answer => answer.Token.Length <= MaxValueChars))
                WriteBlocks(json, message);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void WriteBlocks(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartArray("blocks");
        WriteText(json, [Title(message), .. message.Lines.Select(ChatText.Slack)]);
        foreach (var section in message.Sections)
            WriteText(json, LinesOf(section));
        if (Link(message.LinkText, message.Link) is { Length: > 0 and <= MaxBlockChars } link)
            WriteText(json, [link]);
        json.WriteStartObject();
        json.WriteString("type", "actions");
        json.WriteStartArray("elements");
        foreach (var answer in message.Answers)
        {
            json.WriteStartObject();
            json.WriteString("type", "button");
            json.WriteString("action_id", ActionOf(answer.Answer));
            json.WriteStartObject("text");
            json.WriteString("type", "plain_text");
            json.WriteString("text", answer.Text);
            json.WriteEndObject();
            json.WriteString("value", answer.Token);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, IEnumerable<string> lines)
    {
        json.WriteStartObject();
        json.WriteString("type", "section");
        json.WriteStartObject("text");
        json.WriteString("type", "mrkdwn");
        json.WriteString("text", Fitting(lines, MaxBlockChars).ToString().TrimEnd('\n'));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The title, as many whole lines as there is room for, and the links; too long a link stands in no text.</summary>
    private static string Text(ChatMessage message)
    {
        string title = Title(message),
            page = Link(message.LinkText, message.Link),
            answers = string.Join(" · ", message.Answers.Select(answer => Link(answer.Text, answer.Url)));
        int room = MaxChars - title.Length - 1;
        var links = new[] { answers, page }.Where(links => links.Length > 0).ToList();
        while (links.Sum(link => link.Length + 1) > room)
            links.RemoveAt(0);
        string end = string.Join('\n', links);
        var lines = message.Lines.Select(ChatText.Slack).Concat(message.Sections.SelectMany(LinesOf));
        return Fitting([title, .. lines], MaxChars - end.Length).Append(end).ToString().TrimEnd('\n');
    }

    /// <summary>Whole lines, each with its end, as long as they fit.</summary>
    private static StringBuilder Fitting(IEnumerable<string> lines, int room)
    {
        var text = new StringBuilder();
        foreach (string line in lines.TakeWhile(line => text.Length + line.Length < room))
            text.Append(line).Append('\n');
        return text;
    }

    private static string Title(ChatMessage message) => $"*{ChatText.Slack(message.Title)}*";

    private static IEnumerable<string> LinesOf(ChatSection section) =>
        [$"*{ChatText.Slack(section.Heading)}*", .. section.Lines.Select(line => "• " + ChatText.Slack(line))];

    private static string Link(string text, string url) => url.Length == 0 ? "" : $"<{Address(url)}|{ChatText.Slack(text)}>";

    /// <summary>The links are ours; an account's id in them is percent-encoded, and what mrkdwn would end it by is as well.</summary>
    private static string Address(string url) =>
        url.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "%3C", StringComparison.Ordinal)
            .Replace(">", "%3E", StringComparison.Ordinal)
            .Replace("|", "%7C", StringComparison.Ordinal);
}
