using System.Text.Json;
using System.Text.Json.Serialization;
using Signals.Core.State.Assessments;

namespace Signals.Core.State.Accounts;

/// <summary>Source-generated contracts of what this folder stores as JSON.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(AccountReview))]
internal sealed partial class AccountJson : JsonSerializerContext;
