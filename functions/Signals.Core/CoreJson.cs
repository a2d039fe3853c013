using System.Text.Json;
using System.Text.Json.Serialization;
using Signals.Core.Alerts;
using Signals.Core.Effects;
using Signals.Core.Lists;
using Signals.Core.Measures;
using Signals.Core.Outreach;
using Signals.Core.Reviews;
using Signals.Core.Verbatims;

namespace Signals.Core;

/// <summary>Source-generated contracts of what Core stores as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AccountReview))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(OutreachRecord))]
[JsonSerializable(typeof(AccountSummary))]
[JsonSerializable(typeof(RecipientState))]
[JsonSerializable(typeof(ProductMeasures))]
[JsonSerializable(typeof(SegmentMeasures))]
[JsonSerializable(typeof(VerbatimOverview))]
[JsonSerializable(typeof(IReadOnlyList<Verbatim>))]
[JsonSerializable(typeof(IReadOnlyList<EffectSum>))]
[JsonSerializable(typeof(Dictionary<string, Dictionary<string, int>>))]
internal sealed partial class CoreJson : JsonSerializerContext;
