using System.Text.Json.Serialization;

namespace Signals.Core.Response.Letters;

/// <summary>How letters are kept while they wait.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TeamLetter))]
internal sealed partial class LetterJson : JsonSerializerContext;
