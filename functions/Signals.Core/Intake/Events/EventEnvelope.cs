using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Signals.Core.Intake.Events;

/// <summary>
/// A body read once from end to end: it is JSON of the right shape, its write key is known (which may stand at its very end), and
/// so is where each event lies. The events themselves are read by <see cref="EventReader"/>, when the sender may send.
/// </summary>
public sealed class EventEnvelope
{
    private const string ListName = "batch";

    internal static readonly JsonReaderOptions Options = new() { MaxDepth = EventLimits.MaxBodyDepth };

    private readonly List<Range> _items = [];

    private EventEnvelope(Memory<byte> body) => Body = body;

    /// <summary>The <c>writeKey</c> in the body, when it had one.</summary>
    public string? WriteKey { get; private set; }

    /// <summary>How many events the body holds, good or bad.</summary>
    public int Count => _items.Count;

    internal Memory<byte> Body { get; }

    /// <summary>What the model says of the events.</summary>
    internal IntakeRules Rules { get; private init; } = IntakeRules.Usual;

    internal EventType? Route { get; private init; }

    internal long? SentAt { get; private set; }

    internal EventContext Context { get; private set; }

    /// <summary>Reads a single call's body, whose type the route says. Throws <see cref="MalformedBodyException"/>.</summary>
    public static EventEnvelope ReadSingle(EventType route, Memory<byte> body, IntakeRules? rules = null)
    {
        body = Prepare(body);
        if (!Utf8.IsValid(body.Span))
            throw new MalformedBodyException("The body holds bytes that are not UTF-8; expected JSON in UTF-8.");
        var envelope = new EventEnvelope(body) { Route = route, Rules = rules ?? IntakeRules.Usual };
        envelope._items.Add(Range.All);
        envelope.Read(0);
        return envelope;
    }

    /// <summary>Reads a batch's body: an object with a list <c>batch</c>. Throws <see cref="MalformedBodyException"/>.</summary>
    public static EventEnvelope ReadBatch(Memory<byte> body, int maxEvents, IntakeRules? rules = null)
    {
        var envelope = new EventEnvelope(Prepare(body)) { Rules = rules ?? IntakeRules.Usual };
        if (!envelope.Read(maxEvents))
            throw new MalformedBodyException("The body has no batch; expected a list of events in 'batch'.");
        return envelope;
    }

    internal EventPlace PlaceOf(int index) => Route is null ? new EventPlace(index, ListName) : EventPlace.Alone;

    internal Memory<byte> Item(int index) => Body[_items[index]];

    internal static Memory<byte> Prepare(Memory<byte> body)
    {
        if (body.Span.StartsWith(Encoding.UTF8.Preamble))
            body = body[Encoding.UTF8.Preamble.Length..];
        if (body.IsEmpty)
            throw new MalformedBodyException("The body is empty; expected a JSON object.");
        BrokenEscapes.Mend(body.Span);
        return body;
    }

    private bool Read(int maxEvents)
    {
        try
        {
            return ReadObject(maxEvents);
        }
        catch (JsonException fault)
        {
            throw NotJson(fault);
        }
    }

    /// <summary>True when the body had a batch.</summary>
    private bool ReadObject(int maxEvents)
    {
        var reader = new Utf8JsonReader(Body.Span, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new MalformedBodyException(
                $"The body is {JsonText.Describe(reader.TokenType)}; expected a JSON object."
                    + (Route is null ? " The events of a batch stand in its list: {\"batch\": [...]}." : "")
            );
        bool hasBatch = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("writeKey"u8))
            {
                reader.Read();
                WriteKey = ReadKey(ref reader);
            }
            else if (Route is not null)
                reader.Skip();
            else if (reader.ValueTextEquals("batch"u8))
            {
                reader.Read();
                _items.Clear();
                ReadItems(ref reader, "'batch'", maxEvents, _items);
                hasBatch = true;
            }
            else if (reader.ValueTextEquals("sentAt"u8))
            {
                reader.Read();
                SentAt = ReadSentAt(ref reader);
            }
            else if (reader.ValueTextEquals("context"u8))
            {
                reader.Read();
                Context = ReadContext(ref reader);
            }
            else
                reader.Skip();
        }
        reader.Read();
        return hasBatch;
    }

    private static string? ReadKey(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String && Utf8.IsValid(reader.ValueSpan))
            return JsonText.Get(ref reader);
        reader.Skip();
        return null;
    }

    private static long? ReadSentAt(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.String || Utf8.IsValid(reader.ValueSpan))
            return EventParser.ReadSentAt(ref reader);
        return null;
    }

    /// <summary>Where each item of the list lies that the reader stands on.</summary>
    internal static void ReadItems(ref Utf8JsonReader reader, string list, int maxEvents, List<Range> items)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new MalformedBodyException($"{list} is {JsonText.Describe(reader.TokenType)}; expected a list of events.");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (items.Count == maxEvents)
                throw new MalformedBodyException($"{list} holds more than {maxEvents} events; expected at most {maxEvents}.");
            var slice = JsonText.GetSlice(ref reader);
            items.Add(slice.Start..(slice.Start + slice.Length));
        }
    }

    /// <summary>What all events of the batch share. One that cannot be used costs the batch nothing.</summary>
    private EventContext ReadContext(ref Utf8JsonReader reader)
    {
        var slice = JsonText.GetSlice(ref reader);
        var json = Body.Span.Slice(slice.Start, slice.Length);
        if (slice.Kind != JsonTokenType.StartObject || !Utf8.IsValid(json))
            return default;
        var context = new EventParser(Rules).ReadContext(json, EventPlace.Alone, out var fault);
        return fault is null ? context : default;
    }

    internal static MalformedBodyException NotJson(JsonException fault)
    {
        // The reader's sentence is good; its position is said in words instead.
        int position = fault.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string sentence = position < 0 ? fault.Message : fault.Message[..position];
        return new MalformedBodyException(
            $"The body is not valid JSON at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: {sentence}",
            fault
        );
    }
}
