using System.Text.Json.Serialization;

namespace Signals.Core.State.Work;

/// <summary>How notes, plans and steps are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(AccountNote[]))]
[JsonSerializable(typeof(AccountWork))]
[JsonSerializable(typeof(ListedWork))]
public sealed partial class WorkJson : JsonSerializerContext;
