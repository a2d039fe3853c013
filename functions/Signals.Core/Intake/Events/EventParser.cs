using System.Text.Json;

namespace Signals.Core.Intake.Events;

/// <summary>Reads one event's JSON into a draft, field by field, without building a document.</summary>
internal sealed class EventParser(IntakeRules rules, int idsKept = TextCache.UsualSlots)
{
    private const int LongestField = 17;

    public static readonly JsonReaderOptions Options = new() { MaxDepth = EventLimits.MaxEventDepth };

    private readonly TextCache _texts = new();

    /// <summary>Apart from names and labels, which are few and come far more often.</summary>
    private readonly TextCache _ids = new(idsKept);
    private (string Name, string Version, string Text)? _library;
    private (string UserAgent, string? Rule)? _userAgent;

    /// <summary>
    /// Reads one event: UTF-8 checked, escapes mended. Throws <see cref="JsonException"/> when it is no JSON or too deep.
    /// </summary>
    public EventDraft Read(ReadOnlySpan<byte> json, in EventPlace place)
    {
        var draft = default(EventDraft);
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            draft.Fault = place.Fault("", JsonText.Describe(ref reader), "an object");
            return draft;
        }
        while (draft.Fault is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            ReadField(ref reader, ref draft, place);
        if (draft.Fault is null)
            reader.Read();
        return draft;
    }

    /// <summary>Reads a <c>context</c> object that stands alone, such as a batch's.</summary>
    public EventContext ReadContext(ReadOnlySpan<byte> json, in EventPlace place, out EventFault? fault)
    {
        var draft = default(EventDraft);
        var reader = new Utf8JsonReader(json, Options);
        reader.Read();
        ReadContext(ref reader, ref draft, place);
        fault = draft.Fault;
        return draft.Context;
    }

    private void ReadField(ref Utf8JsonReader reader, ref EventDraft draft, in EventPlace place)
    {
        var field = FieldOf(ref reader);
        reader.Read();
        switch (field)
        {
            case Field.Type:
                draft.Type = ReadType(ref reader, place, ref draft.Fault);
                break;
            case Field.Event:
                draft.Name = JsonText.GetName(ref reader, "event", place, ref draft.Fault, _texts);
                break;
            case Field.UserId:
                draft.UserId = JsonText.GetId(ref reader, "userId", place, ref draft.Fault, _ids);
                break;
            case Field.AnonymousId:
                draft.AnonymousId = JsonText.GetId(ref reader, "anonymousId", place, ref draft.Fault);
                break;
            case Field.GroupId:
                draft.GroupId = JsonText.GetId(ref reader, "groupId", place, ref draft.Fault, _ids);
                break;
            case Field.PreviousId:
                draft.PreviousId = JsonText.GetId(ref reader, "previousId", place, ref draft.Fault);
                break;
            case Field.MessageId:
                draft.MessageId = JsonText.GetMessageId(ref reader, place, ref draft.Fault);
                break;
            case Field.Timestamp:
                draft.Timestamp = JsonText.GetTime(ref reader, "timestamp", place, ref draft.Fault);
                break;
            case Field.OriginalTimestamp:
                draft.OriginalTimestamp = JsonText.GetTime(ref reader, "originalTimestamp", place, ref draft.Fault);
                break;
            case Field.SentAt:
                draft.SentAt = ReadSentAt(ref reader);
                break;
            case Field.Properties:
                draft.Properties = JsonText.GetSlice(ref reader);
                break;
            case Field.Traits:
                draft.Traits = JsonText.GetSlice(ref reader);
                break;
            case Field.Context:
                ReadContext(ref reader, ref draft, place);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    /// <summary>When the sender sent: it only helps to correct a clock, so that one which cannot be read counts as none.</summary>
    public static long? ReadSentAt(ref Utf8JsonReader reader)
    {
        EventFault? ignored = null;
        return JsonText.GetTime(ref reader, "sentAt", EventPlace.Alone, ref ignored);
    }

    private void ReadContext(ref Utf8JsonReader reader, ref EventDraft draft, in EventPlace place)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            if (!JsonText.IsEmptyList(ref reader))
                draft.Fault = place.Fault("context", JsonText.Describe(ref reader), "an object");
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            reader.Read();
            switch (field)
            {
                case Field.GroupId:
                    draft.Context.GroupId = JsonText.GetId(ref reader, "context.groupId", place, ref draft.Fault, _ids);
                    break;
                case Field.Locale:
                    draft.Context.Locale = JsonText.GetLabel(ref reader, _texts);
                    break;
                case Field.TimeZone:
                    draft.Context.TimeZone = JsonText.GetLabel(ref reader, _texts);
                    break;
                case Field.Library:
                    draft.Context.Library = ReadLibrary(ref reader);
                    break;
                case Field.Consent:
                    draft.Context.Consent = ConsentText.Read(ref reader, _texts);
                    break;
                case Field.Traits:
                    draft.ContextTraits = JsonText.GetSlice(ref reader);
                    break;
                case Field.UserAgent:
                    draft.Context.LeftOutBy = RuleOf(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    /// <summary>The rule that leaves a user agent out. The same one comes again and again.</summary>
    private string? RuleOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || rules.ReadsNoUserAgent || reader.ValueSpan.Length > EventLimits.MaxUserAgentChars)
        {
            reader.Skip();
            return null;
        }
        if (_userAgent is { } last && reader.ValueTextEquals(last.UserAgent))
            return last.Rule;
        string text = JsonText.Get(ref reader);
        string? rule = rules.RuleOf(text);
        _userAgent = (text, rule);
        return rule;
    }

    private string? ReadLibrary(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return JsonText.GetLabel(ref reader, _texts);
        string? name = null,
            version = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldOf(ref reader);
            reader.Read();
            if (field == Field.Name)
                name = JsonText.GetLabel(ref reader, _texts);
            else if (field == Field.Version)
                version = JsonText.GetLabel(ref reader, _texts);
            else
                reader.Skip();
        }
        if (name is null || version is null)
            return name;
        if (_library is not { } last || last.Name != name || last.Version != version)
            _library = last = (name, version, $"{name}/{version}");
        return last.Text;
    }

    private static EventType? ReadType(ref Utf8JsonReader reader, in EventPlace place, ref EventFault? fault)
    {
        if (reader.TokenType == JsonTokenType.String && EventTypes.Find(ref reader) is { } type)
            return type;
        if (reader.TokenType != JsonTokenType.Null)
            fault = place.Fault("type", JsonText.Describe(ref reader), EventTypes.Expected);
        reader.Skip();
        return null;
    }

    private static Field FieldOf(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
            return FieldOf(reader.ValueSpan);
        Span<byte> name = stackalloc byte[LongestField * 6];
        return reader.ValueSpan.Length <= name.Length ? FieldOf(name[..reader.CopyString(name)]) : Field.Other;
    }

    private static Field FieldOf(ReadOnlySpan<byte> name) =>
        name.Length switch
        {
            4 when name.SequenceEqual("type"u8) => Field.Type,
            4 when name.SequenceEqual("name"u8) => Field.Name,
            5 when name.SequenceEqual("event"u8) => Field.Event,
            6 when name.SequenceEqual("userId"u8) => Field.UserId,
            6 when name.SequenceEqual("traits"u8) => Field.Traits,
            6 when name.SequenceEqual("sentAt"u8) => Field.SentAt,
            6 when name.SequenceEqual("locale"u8) => Field.Locale,
            7 when name.SequenceEqual("context"u8) => Field.Context,
            7 when name.SequenceEqual("groupId"u8) => Field.GroupId,
            7 when name.SequenceEqual("library"u8) => Field.Library,
            7 when name.SequenceEqual("version"u8) => Field.Version,
            7 when name.SequenceEqual("consent"u8) => Field.Consent,
            8 when name.SequenceEqual("timezone"u8) => Field.TimeZone,
            9 when name.SequenceEqual("timestamp"u8) => Field.Timestamp,
            9 when name.SequenceEqual("messageId"u8) => Field.MessageId,
            9 when name.SequenceEqual("userAgent"u8) => Field.UserAgent,
            10 when name.SequenceEqual("properties"u8) => Field.Properties,
            10 when name.SequenceEqual("previousId"u8) => Field.PreviousId,
            11 when name.SequenceEqual("anonymousId"u8) => Field.AnonymousId,
            17 when name.SequenceEqual("originalTimestamp"u8) => Field.OriginalTimestamp,
            _ => Field.Other,
        };

    private enum Field
    {
        Other,
        Type,
        Name,
        Event,
        UserId,
        Traits,
        SentAt,
        Locale,
        Context,
        GroupId,
        Library,
        Version,
        TimeZone,
        Timestamp,
        MessageId,
        UserAgent,
        Properties,
        Consent,
        PreviousId,
        AnonymousId,
        OriginalTimestamp,
    }
}
