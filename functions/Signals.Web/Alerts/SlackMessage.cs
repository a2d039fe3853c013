using System.Text;
using System.Text.Json;

namespace Signals.Web.Alerts;

/// <summary>
/// An alert as Slack's incoming webhooks take it: <c>text</c> alone, which Mattermost, Rocket.Chat and Discord's Slack endpoint read as
/// well.
/// </summary>
internal static class SlackMessage
{
    /// <summary>Slack cuts longer texts into several messages.</summary>
    private const int MaxChars = 3500;

    public static byte[] Write(ChatMessage message)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("text", Text(message));
            json.WriteBoolean("mrkdwn", true);
            json.WriteBoolean("unfurl_links", false);
            json.WriteBoolean("unfurl_media", false);
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static string Text(ChatMessage message)
    {
        string link = message.Link.Length == 0 ? "" : Link(message.LinkText, message.Link);
        if (message.Answers.Count > 0)
            link = string.Join(" · ", message.Answers.Select(answer => Link(answer.Text, answer.Url))) + "\n" + link;
        var lines = new List<string> { $"*{ChatText.Slack(message.Title)}*" };
        lines.AddRange(message.Lines.Select(ChatText.Slack));
        foreach (var section in message.Sections)
        {
            lines.Add($"*{ChatText.Slack(section.Heading)}*");
            lines.AddRange(section.Lines.Select(line => "• " + ChatText.Slack(line)));
        }
        var text = new StringBuilder();
        foreach (string line in lines.TakeWhile(line => text.Length + line.Length + link.Length < MaxChars))
            text.Append(line).Append('\n');
        return text.Append(link).ToString().TrimEnd('\n');
    }

    private static string Link(string text, string url) => $"<{Address(url)}|{ChatText.Slack(text)}>";

    /// <summary>The links are ours; an account's id in them is percent-encoded, and what mrkdwn would end it by is as well.</summary>
    private static string Address(string url) =>
        url.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "%3C", StringComparison.Ordinal)
            .Replace(">", "%3E", StringComparison.Ordinal)
            .Replace("|", "%7C", StringComparison.Ordinal);
}
