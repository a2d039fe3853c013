using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Core.Daily.Erasure;

/// <summary>Source-generated contracts of what this folder stores as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ErasureRequest))]
[JsonSerializable(typeof(ErasureWalk))]
internal sealed partial class ErasureJson : JsonSerializerContext;
