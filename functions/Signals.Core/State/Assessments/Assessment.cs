namespace Signals.Core.State.Assessments;

/// <summary>A review's result: health, risk and why.</summary>
public sealed record Assessment(HealthScore Health, RiskAssessment Risk, IReadOnlyList<FoundCause> Causes)
{
    /// <summary>Before the first review.</summary>
    public static Assessment Unknown { get; } = new(HealthScore.Unknown, RiskAssessment.None, []);

    /// <summary>The cause that matters most, or null.</summary>
    public FoundCause? Primary => Causes.Count > 0 ? Causes[0] : null;
}
