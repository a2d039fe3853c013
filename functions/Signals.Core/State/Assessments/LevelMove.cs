using Signals.Core.Model;

namespace Signals.Core.State.Assessments;

/// <summary>A review that found an account on another level than before, or found that the customer <paramref name="Left"/>.</summary>
public sealed record LevelMove(DateTimeOffset At, RiskLevel From, RiskLevel To, bool Left);
