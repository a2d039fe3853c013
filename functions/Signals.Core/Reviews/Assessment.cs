using Signals.Core.Causes;
using Signals.Core.Health;
using Signals.Core.Model;

namespace Signals.Core.Reviews;

/// <summary>A review's result: health, risk and why.</summary>
public sealed record Assessment(HealthScore Health, Risk Risk, IReadOnlyList<FoundCause> Causes)
{
    /// <summary>Before the first review.</summary>
    public static Assessment Unknown { get; } = new(HealthScore.Unknown, new Risk(RiskLevel.Healthy, 0), []);

    /// <summary>The cause that matters most, or null.</summary>
    public FoundCause? Primary => Causes.Count > 0 ? Causes[0] : null;
}

/// <summary>How likely the customer is to leave for lack of value; the score is 0 to 100.</summary>
public sealed record Risk(RiskLevel Level, int Score);
