using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Core.State.Assessments;

/// <summary>A trail as packed bytes within the JSON of a review: as JSON it would be ten times as long.</summary>
internal sealed class TrailConverter : JsonConverter<Trail>
{
    public override Trail Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Trail.Unpack(reader.GetBytesFromBase64());
        }
        catch (Exception fault) when (fault is InvalidDataException or FormatException)
        {
            throw new JsonException($"A trail cannot be read: {fault.Message}", fault);
        }
    }

    public override void Write(Utf8JsonWriter writer, Trail value, JsonSerializerOptions options) =>
        writer.WriteBase64StringValue(value.Pack());
}
