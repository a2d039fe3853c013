using Signals.Core.Daily.Adoption;
using Signals.Core.Daily.Retention;
using Signals.Core.Daily.Satisfaction;

namespace Signals.Core.Daily.Measures;

/// <summary>What is true of all accounts together; worked out by <see cref="MeasurePass"/>, never when somebody asks.</summary>
public sealed record ProductMeasures
{
    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>The model it was measured under: under another one it is worked out anew.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Accounts looked at, those who left included.</summary>
    public required int Accounts { get; init; }

    /// <summary>How many accounts each cause holds back by their last review; causes of none are left out.</summary>
    public required IReadOnlyDictionary<string, int> Causes { get; init; }

    /// <summary>In the model's order.</summary>
    public required IReadOnlyList<FeatureMeasure> Features { get; init; }

    /// <summary>The last 30 days that are over.</summary>
    public RetentionPeriod? Retention { get; init; }

    /// <summary>The same by plan as it is now, the largest first.</summary>
    public required IReadOnlyList<PlanRetention> RetentionByPlan { get; init; }

    /// <summary>Calendar months (UTC) that are over, the oldest first, as far back as anybody was there.</summary>
    public required IReadOnlyList<RetentionPeriod> RetentionByMonth { get; init; }

    /// <summary>By the month they came in, oldest first; those who were there before come first of all.</summary>
    public IReadOnlyList<RetentionCohort> Cohorts
    {
        get => field ?? [];
        init;
    } = [];

    /// <summary>In the model's order.</summary>
    public IReadOnlyList<SunsetMeasure> Sunsets
    {
        get => field ?? [];
        init;
    } = [];

    /// <summary>Surveys by calendar month, the running one too, oldest first, and by channel.</summary>
    public IReadOnlyList<MonthlyScore> SurveysByMonth
    {
        get => field ?? [];
        init;
    } = [];

    /// <summary>Which features go with better scores.</summary>
    public IReadOnlyList<FeatureScore> FeatureScores
    {
        get => field ?? [];
        init;
    } = [];

    /// <summary>Surveys over everybody who answered, by channel.</summary>
    public required IReadOnlyList<SurveyScore> SurveysByPerson { get; init; }

    /// <summary>
    /// NPS with one voice an account, whatever its size, by channel: the mean of its people's latest answers. It differs from that of
    /// people where large accounts feel otherwise than small ones.
    /// </summary>
    public required IReadOnlyList<SurveyScore> NpsByAccount { get; init; }
}
