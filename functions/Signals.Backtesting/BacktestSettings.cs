using Signals.Core.Model;

namespace Signals.Backtesting;

/// <summary>How history is cut and labelled.</summary>
public sealed record BacktestSettings
{
    public const int MaxDays = 366;

    /// <summary>History before the first cut, and an account's own before it is first assessed.</summary>
    public const int SettledDays = 30;

    /// <summary>An assessment counts as flagged from this level on: the one that alerts go out at.</summary>
    public const RiskLevel AlertLevel = RiskLevel.AtRisk;

    /// <summary>How long after its last moment a cut still waits for events from before it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    /// <summary>An assessment is right when the account churns within so many days of its cut.</summary>
    public int HorizonDays { get; init; } = 14;

    /// <summary>Days from one cut to the next.</summary>
    public int StepDays { get; init; } = 7;

    /// <summary>True to fit the regressions that the score is compared with.</summary>
    public bool Compares { get; init; } = true;
}
