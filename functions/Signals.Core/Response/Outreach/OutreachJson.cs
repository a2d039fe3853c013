using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Core.Response.Outreach;

/// <summary>Source-generated contracts of what this folder stores as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(OutreachRecord))]
internal sealed partial class OutreachJson : JsonSerializerContext;
