using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// One thing about an account on a day that the score weighs. What it measures is told by its id, the same in every model's weights, in
/// the API and in alerts.
/// </summary>
/// <param name="Id">Lower case with dots and dashes, such as <c>cause.usage-drop</c> or <c>value.own</c>; event names are as they are
/// sent.</param>
/// <param name="Name">What it is, in words.</param>
/// <param name="Direction">What more of it is expected to do to the risk.</param>
/// <param name="Curve">Log-odds that it adds where no history says otherwise, and where history may bend that.</param>
/// <param name="Measure">Its value; null when the history does not tell, which is taken for what is usual.</param>
/// <param name="Describe">Its value in words, for who asks why.</param>
public sealed record RiskFeature(
    string Id,
    string Name,
    RiskDirection Direction,
    Curve Curve,
    Func<RiskSubject, double?> Measure,
    Func<RiskSubject, Phrase> Describe
)
{
    /// <summary>True for the causes: their weights are what the others only colour.</summary>
    public bool IsCause => Id.StartsWith(RiskFeatureIds.CausePrefix, StringComparison.Ordinal);

    /// <summary>The value beyond which <see cref="Direction"/> says nothing; null where it always holds.</summary>
    public double? TurnsAt { get; init; }

    /// <summary>True for one that only models calibrated by earlier versions weigh.</summary>
    public bool IsRetired { get; init; }
}

public enum RiskDirection
{
    Raises,
    Lowers,
    Either,
}
