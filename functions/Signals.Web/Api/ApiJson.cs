using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Signals.Core.Platform.Languages;
using Signals.Web.Languages;

namespace Signals.Web.Api;

/// <summary>Source-generated contracts of what the API answers: phrases in English by <see cref="Default"/>.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(EnglishPhrases)])]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(Page<AccountItem>))]
[JsonSerializable(typeof(Page<PersonView>))]
[JsonSerializable(typeof(Page<OutreachItem>))]
[JsonSerializable(typeof(OutreachView))]
[JsonSerializable(typeof(Page<AlertItem>))]
[JsonSerializable(typeof(AlertView))]
[JsonSerializable(typeof(PipelineView))]
[JsonSerializable(typeof(CauseCounts))]
[JsonSerializable(typeof(ExperimentViews))]
[JsonSerializable(typeof(ReviewsAsked))]
[JsonSerializable(typeof(FeaturesView))]
[JsonSerializable(typeof(RetentionView))]
[JsonSerializable(typeof(SurveysView))]
[JsonSerializable(typeof(SegmentsView))]
[JsonSerializable(typeof(RevenueAnswer))]
[JsonSerializable(typeof(SupportAnswer))]
[JsonSerializable(typeof(SuppressionsImportedView))]
[JsonSerializable(typeof(WriteKeysView))]
[JsonSerializable(typeof(WriteKeyBody))]
[JsonSerializable(typeof(ErasuresView))]
[JsonSerializable(typeof(ErasureView))]
[JsonSerializable(typeof(RestoredView))]
[JsonSerializable(typeof(RegulationAnswer))]
[JsonSerializable(typeof(RegulationStateAnswer))]
[JsonSerializable(typeof(ApiProblem))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    private static readonly ConcurrentDictionary<Language, ApiJson> ByLanguage = new();

    /// <summary>The contracts with phrases in the language that a request prefers.</summary>
    public static ApiJson For(HttpContext context) =>
        AcceptedLanguage.OfTeam(context.Request.Headers.AcceptLanguage) is var language && language == Language.English
            ? Default
            : ByLanguage.GetOrAdd(
                language,
                static language => new ApiJson(
                    new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new PhrasesInOneLanguage(language) } }
                )
            );
}
