using System.Text.Json;
using System.Text.Json.Serialization;

namespace Signals.Web.Api;

/// <summary>Source-generated contracts of what the API answers.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(Page<AccountItem>))]
[JsonSerializable(typeof(Page<PersonView>))]
[JsonSerializable(typeof(Page<OutreachItem>))]
[JsonSerializable(typeof(OutreachView))]
[JsonSerializable(typeof(PipelineView))]
[JsonSerializable(typeof(CauseCounts))]
[JsonSerializable(typeof(ExperimentViews))]
[JsonSerializable(typeof(ReviewsAsked))]
[JsonSerializable(typeof(FeaturesView))]
[JsonSerializable(typeof(RetentionView))]
[JsonSerializable(typeof(SurveysView))]
[JsonSerializable(typeof(ApiProblem))]
internal sealed partial class ApiJson : JsonSerializerContext;
