using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Core.Daily.Kept;

/// <summary>Source-generated contracts of what this folder stores as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SilencePass))]
internal sealed partial class KeptJson : JsonSerializerContext;
