using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Core.Intake.Monitoring;

/// <summary>Source-generated contracts of what this folder stores as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<UnreadableRow>))]
internal sealed partial class MonitoringJson : JsonSerializerContext;
