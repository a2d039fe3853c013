using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Core.State.Indexes;

/// <summary>Source-generated contracts of what this folder stores as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(AccountSummary))]
internal sealed partial class IndexJson : JsonSerializerContext;
