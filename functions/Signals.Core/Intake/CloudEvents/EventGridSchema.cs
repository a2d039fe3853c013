using System.Text.Json;
using Signals.Core.Intake.Events;

namespace Signals.Core.Intake.CloudEvents;

/// <summary>
/// Azure Event Grid's own schema: a list of events whose fields have other names than CloudEvents gives them. Before it sends any, it
/// asks whether its events are wanted: an event of its own, whose code the answer repeats.
/// </summary>
public static class EventGridSchema
{
    /// <summary>The fields that CloudEvents calls type, source and time.</summary>
    public const string Type = "eventType";
    public const string Topic = "topic";
    public const string Time = "eventTime";

    private const string ValidationType = "Microsoft.EventGrid.SubscriptionValidationEvent";
    private const int MaxCodeChars = 512;

    /// <summary>True for a body whose first event has a type under the name that Event Grid uses.</summary>
    public static bool IsSchema(ReadOnlySpan<byte> body) => FirstOf(body).Type is not null;

    /// <summary>The code of Event Grid's question; null for a body that is none.</summary>
    public static string? ValidationCode(ReadOnlySpan<byte> body)
    {
        var (type, code) = FirstOf(body);
        return string.Equals(type, ValidationType, StringComparison.OrdinalIgnoreCase) && code is { Length: > 0 and <= MaxCodeChars }
            ? code
            : null;
    }

    private static (string? Type, string? Code) FirstOf(ReadOnlySpan<byte> body)
    {
        string? type = null,
            code = null;
        try
        {
            var reader = new Utf8JsonReader(body, EventParser.Options);
            if (!reader.Read() || (reader.TokenType == JsonTokenType.StartArray && !reader.Read()))
                return default;
            if (reader.TokenType != JsonTokenType.StartObject)
                return default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isType = reader.ValueTextEquals(Type),
                    isData = reader.ValueTextEquals("data"u8);
                reader.Read();
                if (isType && reader.TokenType == JsonTokenType.String)
                    type = reader.GetString();
                else if (isData && reader.TokenType == JsonTokenType.StartObject)
                    code = CodeOf(ref reader);
                else
                    reader.Skip();
            }
            return (type, code);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // What is no JSON is told by whoever reads the events.
            return default;
        }
    }

    private static string? CodeOf(ref Utf8JsonReader data)
    {
        string? code = null;
        while (data.Read() && data.TokenType == JsonTokenType.PropertyName)
        {
            bool isCode = data.ValueTextEquals("validationCode"u8);
            data.Read();
            if (isCode && data.TokenType == JsonTokenType.String)
                code = data.GetString();
            else
                data.Skip();
        }
        return code;
    }
}
