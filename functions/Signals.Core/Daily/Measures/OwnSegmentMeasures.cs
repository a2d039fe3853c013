using System.Text.Json.Serialization;
using Signals.Core.Daily.Activation;
using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Retention;
using Signals.Core.Daily.Satisfaction;
using Signals.Core.Model;

namespace Signals.Core.Daily.Measures;

/// <summary>
/// The model's own segments, each beside all other accounts; kept beside <see cref="ProductMeasures"/> and as old as these.
/// </summary>
public sealed record OwnSegmentMeasures(IReadOnlyList<OwnSegmentMeasure> Segments)
{
    public static readonly OwnSegmentMeasures None = new([]);
}

/// <param name="Id">The segment's.</param>
/// <param name="In">The accounts that are in it.</param>
/// <param name="Rest">All others.</param>
public sealed record OwnSegmentMeasure(string Id, SegmentSide In, SegmentSide Rest);

/// <summary>What is true of the accounts in a segment, or of all that are not.</summary>
public sealed record SegmentSide
{
    /// <summary>
    /// Customers by <see cref="RiskLevel"/>, as their last reviews found them, and what they pay; who left is not counted.
    /// </summary>
    public required IReadOnlyList<LevelFigures> Levels { get; init; }

    [JsonIgnore]
    public LevelFigures All => Levels.Aggregate((sum, level) => sum + level);

    /// <summary>Those at risk or critical.</summary>
    [JsonIgnore]
    public LevelFigures AtRisk => Levels[(int)RiskLevel.AtRisk] + Levels[(int)RiskLevel.Critical];

    /// <summary>How they began; see <see cref="UseMeasures.All"/>.</summary>
    public required ActivationCohort Start { get; init; }

    /// <summary>The way to first value; null where nobody's time for the steps is over.</summary>
    public StartFunnel? Funnel { get; init; }

    /// <summary>Who stayed over the last 30 days, of those who were on this side when they began; null where nobody was.</summary>
    public RetentionPeriod? Latest { get; init; }

    /// <summary>By person and channel.</summary>
    public required IReadOnlyList<SurveyScore> Nps { get; init; }
}
