using System.Runtime.InteropServices;
using Signals.Core.Model;

namespace Signals.Core.State.Assessments;

/// <summary>How an account was from a UTC day on: health and risk score of 0 to 100.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TrailPoint(int Day, int Health, int Score, RiskLevel Level)
{
    /// <summary>True when only the day tells the two apart.</summary>
    public bool SameAs(TrailPoint other) => (Health, Score, Level) == (other.Health, other.Score, other.Level);
}
