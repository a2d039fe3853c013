using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Signals.Core.Model.Reading;

/// <summary>A hash over what the file says, whatever its layout, comments and order of properties.</summary>
internal static class ModelFingerprint
{
    private const int HashBytes = 16;

    public static string Of(ModelNode root)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, WithoutSchema(root));
        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan).AsSpan(0, HashBytes));
    }

    /// <summary>Where an editor finds the schema changes no meaning.</summary>
    private static ModelNode WithoutSchema(ModelNode root)
    {
        var rest = new ModelNode(root.Kind, root.Offset);
        rest.Properties.AddRange(root.Properties.Where(property => property.Name != ValueModelReader.SchemaProperty));
        return rest;
    }

    private static void Write(Utf8JsonWriter writer, ModelNode node)
    {
        switch (node.Kind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in node.Properties.OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in node.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(node.Text);
                break;
            case JsonValueKind.Number:
                writer.WriteNumberValue(node.Number);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBooleanValue(node.Kind == JsonValueKind.True);
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
