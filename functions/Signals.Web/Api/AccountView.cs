using System.Text.Json.Serialization;
using Signals.Core.Daily.Satisfaction;
using Signals.Core.State.Assessments;

namespace Signals.Web.Api;

/// <summary>An account with everything that explains it. Health and risk are null until its first review.</summary>
internal sealed record AccountView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string? Plan { get; init; }

    /// <summary>A month, in the model's currency.</summary>
    public required double Price { get; init; }

    public required string? Csm { get; init; }

    public required string? Stage { get; init; }

    public required bool Strategic { get; init; }

    /// <summary>The model's segments that it was in at its last review; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required IReadOnlyList<string>? Segments { get; init; }

    public required DateTimeOffset? RenewalAt { get; init; }

    public required DateTimeOffset? TrialEndsAt { get; init; }

    public required HealthView? Health { get; init; }

    public required RiskView? Risk { get; init; }

    public required IReadOnlyList<CauseView> Causes { get; init; }

    /// <summary>The 50 most telling: those with causes, surest first, then those with most value, then any.</summary>
    public required IReadOnlyList<PersonView> People { get; init; }

    /// <summary>The newest 50, newest first.</summary>
    public required IReadOnlyList<OutreachItem> Outreach { get; init; }

    public required DateTimeOffset? NextReviewAt { get; init; }

    /// <summary>What its people answered to surveys in the last 90 days, each survey and channel by itself.</summary>
    public required IReadOnlyList<SurveyView> Surveys { get; init; }

    /// <summary>
    /// The UTC day from which value is wholly known, when the account is older: the model came to mention a source later.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? KnownSince { get; init; }
}

/// <summary>
/// Depth and breadth are 0 to 1, reach a count, value per price in units per currency unit, trend a relative change; null where unknown.
/// The parts' points add up to the score.
/// </summary>
internal sealed record HealthView(
    int Score,
    double? Depth,
    double? Breadth,
    double? Reach,
    double? ValuePerPrice,
    double? Trend,
    IReadOnlyList<HealthPart> Parts,
    HealthAdvice? Raise
);

/// <summary>A survey over one channel; see <see cref="SurveyScore"/>. Its kind is <c>nps</c>, <c>csat</c> or <c>ces</c>.</summary>
internal sealed record SurveyView(string Kind, string Channel, int Answers, double Score, double Low, double High, bool Enough)
{
    public static SurveyView Of(SurveyScore score) =>
        new(score.Kind.ToString().ToLowerInvariant(), score.Channel, score.Answers, score.Score, score.Low, score.High, score.Enough);
}

/// <summary>
/// What a person answered last when asked for a recommendation over a channel; its group is <c>promoter</c>, <c>passive</c> or
/// <c>detractor</c>.
/// </summary>
internal sealed record PersonNps(string Channel, double Score, string Group, DateTimeOffset At);

/// <summary>The score is 0 to 100; 25, 50 and 80 begin a level.</summary>
internal sealed record RiskView(string Level, int Score, DateTimeOffset Since)
{
    /// <summary>The probability to leave within the calibration's horizon; absent without a calibration.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Probability { get; init; }

    /// <summary>
    /// The probabilities to leave within a fortnight, a month and a quarter, with what is usual; absent without a calibration.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChanceView>? Chances { get; init; }

    /// <summary>The share of all customers whose risk was no higher the night before, 0 to 1; absent where there are too few.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Standing { get; init; }

    /// <summary>
    /// What raised the score above the usual, most first: the feature, what was measured, and the log-odds that it added.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RiskReason>? RaisedBy { get; init; }
}

/// <summary>A cause; its kind is the step, feature or obstacle it is about, its subject <c>account</c> or <c>people</c>.</summary>
internal sealed record CauseView(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Kind,
    string Subject,
    int Affected,
    double Confidence,
    IReadOnlyList<Evidence> Evidence
);
