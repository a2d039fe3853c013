using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Core.Daily.Measures;

/// <summary>Source-generated contracts of what this folder stores as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ProductMeasures))]
[JsonSerializable(typeof(SegmentMeasures))]
internal sealed partial class MeasureJson : JsonSerializerContext;
