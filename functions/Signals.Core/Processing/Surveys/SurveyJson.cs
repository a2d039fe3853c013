using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Signals.Core.Processing.Surveys;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class SurveyJson : JsonSerializerContext;
