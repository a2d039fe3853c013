using System.Text;
using System.Text.Unicode;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Messaging;

namespace Signals.Core.Processing.DeadLetters;

/// <summary>
/// What a queue message holds, for people: a line or a few, <see cref="MaxChars"/> characters at most, without control characters.
/// </summary>
public static class MessagePreview
{
    public const int MaxChars = 600;

    private const int Events = 5;
    private const int Bytes = 24;

    /// <summary>Events of the usage queue are told one a line with type, name and who; other bodies are shown as they are.</summary>
    public static string Of(string queue, ReadOnlyMemory<byte> body) =>
        Bounded(queue == QueueNames.Usage ? OfUsage(body) : OfText(body.Span));

    private static string OfUsage(ReadOnlyMemory<byte> body)
    {
        EventBatch batch;
        try
        {
            batch = EventBatchCodec.Unpack(body);
        }
        catch (CorruptBatchException)
        {
            return OfText(body.Span);
        }
        var text = new StringBuilder();
        foreach (var usage in batch.Events.Take(Events))
            text.AppendLine($"{usage.Type} {usage.Name} {usage.UserId ?? usage.AnonymousId} {usage.Timestamp:yyyy-MM-dd HH:mm:ss}");
        foreach (var quarantined in batch.Quarantined.Take(Math.Max(0, Events - batch.Events.Count)))
            text.AppendLine(quarantined.Reason);
        int more = batch.Events.Count + batch.Quarantined.Count - Events;
        if (more > 0)
            text.Append($"+ {more}");
        return text.ToString();
    }

    private static string OfText(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
            return "";
        var first = body[..Math.Min(body.Length, MaxChars)];
        // A cut may end within a character: four bytes less end at a whole one again.
        for (int cut = 0; cut < Math.Min(4, first.Length); cut++)
        {
            if (!Utf8.IsValid(first[..^cut]))
                continue;
            string text = Encoding.UTF8.GetString(first[..^cut]);
            if (text.Any(c => !char.IsControl(c) && !char.IsWhiteSpace(c)))
                return text;
        }
        return $"{body.Length} bytes: {Convert.ToHexStringLower(body[..Math.Min(body.Length, Bytes)])}";
    }

    private static string Bounded(string text)
    {
        string shown = string.Concat(text.TrimEnd().Select(c => char.IsControl(c) && c != '\n' ? ' ' : c));
        if (shown.Length <= MaxChars)
            return shown;
        return shown[..(char.IsHighSurrogate(shown[MaxChars - 1]) ? MaxChars - 1 : MaxChars)];
    }
}
