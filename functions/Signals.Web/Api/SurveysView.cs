namespace Signals.Web.Api;

/// <summary>Surveys of the last 90 days over all accounts, each channel by itself: by person, and NPS with one voice an account.</summary>
internal sealed record SurveysView(DateTimeOffset? MeasuredAt, IReadOnlyList<SurveyView> ByPerson, IReadOnlyList<SurveyView> NpsByAccount);
