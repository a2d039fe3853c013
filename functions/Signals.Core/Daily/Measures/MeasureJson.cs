using System.Text.Json;
using System.Text.Json.Serialization;
using Signals.Core.Daily.Activation;
using Signals.Core.Daily.Revenue;

namespace Signals.Core.Daily.Measures;

/// <summary>Source-generated contracts of what this folder stores as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ProductMeasures))]
[JsonSerializable(typeof(SegmentMeasures))]
[JsonSerializable(typeof(OwnSegmentMeasures))]
[JsonSerializable(typeof(RevenueMeasures))]
[JsonSerializable(typeof(UseMeasures))]
internal sealed partial class MeasureJson : JsonSerializerContext;
