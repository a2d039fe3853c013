using System.Text.Json;

namespace Signals.Web.Alerts;

/// <summary>
/// An alert as Teams takes it from a webhook of Workflows ("when a Teams webhook request is received"): a message with one Adaptive Card.
/// </summary>
/// <remarks>
/// All text stands in text runs, which unlike text blocks know no Markdown: nothing that a customer typed can format or link there.
/// </remarks>
internal static class TeamsMessage
{
    private const string CardType = "application/vnd.microsoft.card.adaptive";
    private const string Schema = "http://adaptivecards.io/schemas/adaptive-card.json";
    private const string Version = "1.4";

    /// <summary>Teams takes no larger message: lines that do not fit any more are left out.</summary>
    private const int MaxBytes = 28 * 1024;

    /// <summary>What a line or a button takes beside its text, and the most that one character of it takes.</summary>
    private const int BytesAround = 200;
    private const int BytesPerChar = 6;

    public static byte[] Write(ChatMessage message)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", "message");
            json.WriteStartArray("attachments");
            json.WriteStartObject();
            json.WriteString("contentType", CardType);
            json.WriteNull("contentUrl");
            json.WritePropertyName("content");
            WriteCard(json, message);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void WriteCard(Utf8JsonWriter json, ChatMessage message)
    {
        json.WriteStartObject();
        json.WriteString("$schema", Schema);
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", Version);
        json.WriteString("fallbackText", ChatText.Line(message.Title));
        json.WriteStartObject("msteams");
        json.WriteString("width", "Full");
        json.WriteEndObject();
        json.WriteStartArray("body");
        WriteText(json, message.Title, bold: true, size: "large");
        var actions = ActionsOf(message);
        int room = MaxBytes - BytesAround - actions.Sum(action => BytesAround + action.Url.Length + (action.Text.Length * BytesPerChar));
        foreach (var (text, isHeading) in LinesOf(message))
        {
            if (json.BytesCommitted + json.BytesPending + BytesAround + (ChatText.Line(text).Length * BytesPerChar) > room)
                break;
            WriteText(json, text, bold: isHeading, apart: isHeading);
        }
        json.WriteEndArray();
        if (actions.Count > 0)
        {
            json.WriteStartArray("actions");
            foreach (var (text, url) in actions)
            {
                json.WriteStartObject();
                json.WriteString("type", "Action.OpenUrl");
                json.WriteString("title", text);
                json.WriteString("url", url);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static List<(string Text, string Url)> ActionsOf(ChatMessage message) =>
        message.Link.Length == 0 ? [] : [.. message.Answers.Select(answer => (answer.Text, answer.Url)), (message.LinkText, message.Link)];

    private static IEnumerable<(string Text, bool IsHeading)> LinesOf(ChatMessage message) =>
        message
            .Lines.Select(line => (line, false))
            .Concat(
                message.Sections.SelectMany(section => section.Lines.Select(line => ("• " + line, false)).Prepend((section.Heading, true)))
            );

    private static void WriteText(Utf8JsonWriter json, string text, bool bold = false, string size = "default", bool apart = false)
    {
        json.WriteStartObject();
        json.WriteString("type", "RichTextBlock");
        json.WriteString("spacing", apart ? "medium" : "small");
        json.WriteStartArray("inlines");
        json.WriteStartObject();
        json.WriteString("type", "TextRun");
        json.WriteString("text", ChatText.Line(text));
        json.WriteString("size", size);
        json.WriteString("weight", bold ? "bolder" : "default");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
