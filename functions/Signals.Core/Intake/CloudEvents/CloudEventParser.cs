using System.Text.Json;
using Signals.Core.Intake.Events;

namespace Signals.Core.Intake.CloudEvents;

/// <summary>Reads the attributes of a CloudEvent in JSON, or of an event in Event Grid's schema, and where its data lies.</summary>
internal static class CloudEventParser
{
    public static CloudEventAttributes Read(ReadOnlySpan<byte> json, in EventPlace place, out JsonSlice data, out EventFault? fault)
    {
        data = default;
        fault = null;
        var attributes = new CloudEventAttributes();
        var reader = new Utf8JsonReader(json, EventParser.Options);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            fault = place.Fault("", JsonText.Describe(ref reader), "an object");
            return attributes;
        }
        while (fault is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (string.Equals(name, "data", StringComparison.Ordinal))
                data = JsonText.GetSlice(ref reader);
            else if (string.Equals(name, "data_base64", StringComparison.Ordinal) && reader.TokenType != JsonTokenType.Null)
                fault = place.Fault("data_base64", "binary data", "a JSON object in data");
            else
                attributes = ReadAttribute(ref reader, name, attributes, place, ref fault);
        }
        if (data.Kind == JsonTokenType.Null)
            data = default;
        return attributes;
    }

    private static CloudEventAttributes ReadAttribute(
        ref Utf8JsonReader reader,
        string name,
        CloudEventAttributes attributes,
        in EventPlace place,
        ref EventFault? fault
    )
    {
        switch (name)
        {
            case "specversion":
                return attributes with { SpecVersion = ReadText(ref reader, name, place, ref fault) };
            case "id":
                return attributes with { Id = ReadText(ref reader, name, place, ref fault) };
            case "source":
                return attributes with { Source = ReadText(ref reader, name, place, ref fault) };
            case "type":
                return attributes with { Type = ReadText(ref reader, name, place, ref fault) };
            case "subject":
                return attributes with { Subject = ReadText(ref reader, name, place, ref fault) };
            case "time":
                return attributes with { Time = ReadText(ref reader, name, place, ref fault) };
            case "datacontenttype":
                return attributes with { DataContentType = ReadText(ref reader, name, place, ref fault) };
            case EventGridSchema.Type:
                return attributes with
                {
                    Type = ReadText(ref reader, name, place, ref fault),
                    SpecVersion = attributes.SpecVersion ?? CloudEventAttributes.Version,
                };
            case EventGridSchema.Topic:
                return attributes with { Source = ReadText(ref reader, name, place, ref fault) };
            case EventGridSchema.Time:
                return attributes with { Time = ReadText(ref reader, name, place, ref fault) };
            case "groupid":
                return attributes with { GroupId = JsonText.GetId(ref reader, name, place, ref fault) };
            default:
                reader.Skip();
                return attributes;
        }
    }

    private static string? ReadText(ref Utf8JsonReader reader, string name, in EventPlace place, ref EventFault? fault)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType == JsonTokenType.String)
            return JsonText.Get(ref reader);
        fault = place.Fault(name, JsonText.Describe(ref reader), "text");
        reader.Skip();
        return null;
    }
}
