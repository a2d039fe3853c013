using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Core.Response.Cards;

/// <summary>Source-generated contracts of what this folder stores as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(HelpCard))]
[JsonSerializable(typeof(Checklist))]
internal sealed partial class HelpJson : JsonSerializerContext;
