using System.Runtime.InteropServices;
using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Model;

namespace Signals.Core.Daily.Figures;

/// <summary>How all accounts were on a UTC day, by their last reviews.</summary>
public sealed record DayFigures
{
    public required int Day { get; init; }

    /// <summary>Customers by <see cref="RiskLevel"/>, those who left not among them.</summary>
    public required IReadOnlyList<LevelFigures> Levels { get; init; }

    /// <summary>Former customers.</summary>
    public required int Left { get; init; }

    /// <summary>The customers' mean health, 0 to 100; 0 without customers.</summary>
    public required double Health { get; init; }

    /// <summary>
    /// What holds customers back: by cause, and by cause and what exactly it is about ("onboarding-stalled/import-users"), see
    /// <see cref="Of"/>. What holds nobody back is left out.
    /// </summary>
    public required IReadOnlyDictionary<string, TopicFigures> Topics { get; init; }

    public int Customers => Levels.Sum(level => level.Accounts);

    /// <summary>Whom a cause holds back, or one detail of it: an onboarding step, a feature, or a kind of friction.</summary>
    public TopicFigures Of(string cause, string? detail = null) => Topics.GetValueOrDefault(PeopleSummaries.Key(cause, detail));
}

/// <summary>Accounts of a level, and what they pay together a month.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LevelFigures(int Accounts, double Price)
{
    public static LevelFigures operator +(LevelFigures a, LevelFigures b) => new(a.Accounts + b.Accounts, a.Price + b.Price);
}

/// <summary>Whom something holds back.</summary>
/// <param name="Accounts">So many accounts.</param>
/// <param name="AtRisk">So many of these are at risk or critical.</param>
/// <param name="People">So many people of these accounts.</param>
/// <param name="Price">What these accounts pay together a month, in the model's currency.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TopicFigures(int Accounts, int AtRisk, int People, double Price)
{
    public static TopicFigures operator +(TopicFigures a, TopicFigures b) =>
        new(a.Accounts + b.Accounts, a.AtRisk + b.AtRisk, a.People + b.People, a.Price + b.Price);
}
