using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Core.Daily.CustomerVoice;

/// <summary>Source-generated contracts of what this folder stores as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(VerbatimOverview))]
[JsonSerializable(typeof(IReadOnlyList<Verbatim>))]
[JsonSerializable(typeof(IReadOnlyList<FeatureRequest>))]
[JsonSerializable(typeof(RequestDecision))]
internal sealed partial class VerbatimJson : JsonSerializerContext;
