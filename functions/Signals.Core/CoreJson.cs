using System.Text.Json;
using System.Text.Json.Serialization;
using Signals.Core.Reviews;

namespace Signals.Core;

/// <summary>Source-generated contracts of what Core stores as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AccountReview))]
internal sealed partial class CoreJson : JsonSerializerContext;
