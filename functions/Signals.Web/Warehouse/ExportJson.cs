using System.Text.Json.Serialization;
using Signals.Web.Api;

namespace Signals.Web.Warehouse;

/// <summary>Phrases are in English, whoever asks: columns do not change with a reader.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, Converters = [typeof(EnglishPhrases)])]
[JsonSerializable(typeof(ExportedAccount))]
[JsonSerializable(typeof(ExportedAssessment))]
[JsonSerializable(typeof(ExportedPerson))]
[JsonSerializable(typeof(ExportedOutreach))]
[JsonSerializable(typeof(ExportedAlert))]
internal sealed partial class ExportJson : JsonSerializerContext;
