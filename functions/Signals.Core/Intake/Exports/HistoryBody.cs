using System.Text;
using System.Text.Json;
using Signals.Core.Intake.Events;

namespace Signals.Core.Intake.Exports;

/// <summary>What a request says of its body beside it: which columns of a table say what, and which property names the account.</summary>
public sealed record HistoryOptions(string? Map, string? GroupProperty);

/// <summary>
/// Reads a body of history that is no batch: JSON lines, an array, an object with a list, a table; raw events of others, mapped by
/// <see cref="ExportMapper"/>.
/// </summary>
public static class HistoryBody
{
    /// <summary>Names that say what an object is.</summary>
    private static readonly string[] Recognized =
    [
        "type",
        "event",
        "event_type",
        "$distinct_id",
        "metric",
        "identifiers",
        .. ExportLists.Names,
    ];

    /// <summary>
    /// True for one object with a list <c>batch</c>, and for what is nothing else either, so that its reader says what is wrong with it.
    /// </summary>
    public static bool IsBatch(ReadOnlySpan<byte> body)
    {
        var text = Trim(body);
        if (text.IsEmpty || text[0] is not ((byte)'{' or (byte)'['))
            return text.IsEmpty || text.IndexOf((byte)'\n') < 0;
        if (text[0] == '[')
            return false;
        int end = text.IndexOf((byte)'\n');
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = EventLimits.MaxBodyDepth });
            reader.Read();
            bool isKnown = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("batch"u8))
                    return true;
                isKnown |= IsRecognized(ref reader);
                reader.Read();
                reader.Skip();
            }
            return !isKnown && text[(int)reader.BytesConsumed..].Trim(" \t\r\n"u8).IsEmpty;
        }
        catch (JsonException)
        {
            return end < 0;
        }
    }

    /// <summary>Compares without making text of the name, which may be none.</summary>
    private static bool IsRecognized(ref Utf8JsonReader reader)
    {
        foreach (string name in Recognized)
        {
            if (reader.ValueTextEquals(name))
                return true;
        }
        return false;
    }

    /// <summary>
    /// Reads every event of a body. Throws <see cref="MalformedBodyException"/> where it is no JSON, a table whose columns do not say
    /// enough, or holds more than <see cref="EventLimits.MaxImportEvents"/>.
    /// </summary>
    public static async Task<ReadEvents> ReadAsync(
        Memory<byte> body,
        DateTimeOffset receivedAt,
        IntakeRules rules,
        HistoryOptions options,
        CancellationToken cancellationToken
    )
    {
        var items = Trim(body.Span) is [(byte)'[' or (byte)'{', ..]
            ? ItemsOf(body)
            : await RowsOfAsync(body, options.Map, cancellationToken);
        var reading = new Reading(new HistoryReader(rules, options.GroupProperty), receivedAt);
        for (int i = 0; i < items.Count; i++)
            reading.Take(i, items[i]);
        return reading.Found;
    }

    private static List<Memory<byte>> ItemsOf(Memory<byte> body)
    {
        var items = new List<Memory<byte>>();
        if (Trim(body.Span)[0] == '[')
        {
            try
            {
                var reader = new Utf8JsonReader(Bare(body.Span), new JsonReaderOptions { MaxDepth = EventLimits.MaxBodyDepth });
                int from = body.Length - Bare(body.Span).Length;
                reader.Read();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    int start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    Add(items, body[(from + start)..(from + (int)reader.BytesConsumed)]);
                }
                return items;
            }
            catch (JsonException fault)
            {
                throw EventEnvelope.NotJson(fault);
            }
        }
        for (int at = 0; at < body.Length; )
        {
            int length = body.Span[at..].IndexOf((byte)'\n');
            var line = body.Slice(at, length < 0 ? body.Length - at : length);
            at += line.Length + 1;
            if (!line.Span.Trim(" \t\r"u8).IsEmpty)
                Add(items, line);
        }
        // One object over many lines.
        return items.Count > 1 && IsWhole(body.Span) ? [body] : items;
    }

    private static bool IsWhole(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(Trim(body), new JsonReaderOptions { MaxDepth = EventLimits.MaxBodyDepth });
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static async Task<List<Memory<byte>>> RowsOfAsync(Memory<byte> body, string? map, CancellationToken cancellationToken)
    {
        var table = new TableEvents(new StringReader(Encoding.UTF8.GetString(body.Span)));
        await table.BeginAsync(cancellationToken);
        TableMapping mapping;
        try
        {
            mapping = table.MappingBy(map);
        }
        catch (TableMappingException fault)
        {
            throw new MalformedBodyException($"map: {fault.Message}.", fault);
        }
        if (mapping.Problem is { } problem)
            throw new MalformedBodyException(
                $"The body is a table, and there is {problem}; expected ?map= with what its columns say, guessed was \"{mapping}\"."
            );
        var items = new List<Memory<byte>>();
        while (await table.ReadAsync(cancellationToken) is { } row)
            Add(items, row.Fault is null ? mapping.ToMessage(row.Fields) : Encoding.UTF8.GetBytes(row.Fault));
        return items;
    }

    private static void Add(List<Memory<byte>> items, Memory<byte> item)
    {
        if (items.Count == EventLimits.MaxImportEvents)
            throw new MalformedBodyException(
                $"The body holds more than {EventLimits.MaxImportEvents} events; expected at most {EventLimits.MaxImportEvents}."
            );
        items.Add(item);
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> body) => Bare(body).Trim(" \t\r\n"u8);

    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> body) =>
        body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;

    /// <summary>One body on its way.</summary>
    private sealed class Reading(HistoryReader reader, DateTimeOffset receivedAt)
    {
        private readonly List<UsageEvent> _events = [];
        private readonly List<QuarantinedEvent> _quarantined = [];
        private readonly List<EventFault> _faults = [];

        public ReadEvents Found => new(new EventBatch(_events, _quarantined), _faults);

        public void Take(int index, Memory<byte> item)
        {
            foreach (var (read, _) in reader.Read(item, receivedAt).Events)
            {
                if (read.Event is { } usage)
                    _events.Add(usage);
                else
                    Note(index, read);
            }
        }

        private void Note(int index, ReadEvent read)
        {
            string path = read.Fault!.Path;
            var fault = read.Fault with { Index = index, Path = path.Length == 0 ? $"[{index}]" : $"[{index}].{path}" };
            _faults.Add(fault);
            _quarantined.Add(read.Quarantined! with { Reason = fault.Reason });
        }
    }
}
