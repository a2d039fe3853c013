using System.Text.Json.Serialization;
using Signals.Core.Daily.Figures;
using Signals.Core.Model;

namespace Signals.Core.Daily.Revenue;

/// <summary>
/// The money of all customers together, as of a pass over them. All amounts are a month's, in the model's currency; who is on trial pays
/// nothing yet.
/// </summary>
public sealed record RevenueMeasures
{
    /// <summary>Customers who pay.</summary>
    public required int Customers { get; init; }

    /// <summary>What they pay.</summary>
    public required double Revenue { get; init; }

    /// <summary>Customers who pay, and what, by <see cref="RiskLevel"/> of the last review.</summary>
    public required IReadOnlyList<LevelFigures> Levels { get; init; }

    /// <summary>Customers on trial, and what they would pay.</summary>
    public required LevelFigures Trials { get; init; }

    /// <summary>
    /// What is likely to go within <see cref="HorizonDays"/>: each price times the chance to leave, summed; null where the score is not
    /// calibrated and tells no chance.
    /// </summary>
    public double? Expected { get; init; }

    /// <summary>The calibration's horizon; null without one.</summary>
    public int? HorizonDays { get; init; }

    /// <summary>What renews within 30, 60, 90 and 120 days, each beginning where the one before ends.</summary>
    public required IReadOnlyList<RenewalWindow> Renewals { get; init; }

    /// <summary>The last 30 days that are over; null where nobody paid at their start.</summary>
    public RevenuePeriod? Latest { get; init; }

    /// <summary>Calendar months (UTC) that are over, oldest first, as far back as is known.</summary>
    public required IReadOnlyList<RevenuePeriod> Months { get; init; }

    /// <summary>By the month they paid first in, oldest first; those who paid before come first of all.</summary>
    public required IReadOnlyList<RevenueCohort> Cohorts { get; init; }

    /// <summary>Customers who pay by CS manager, the most money first, at most <see cref="MaxManagers"/>.</summary>
    public required IReadOnlyList<ManagerRevenue> Managers { get; init; }

    /// <summary>Who could do with more, most signs first, then the most money; at most <see cref="MaxExpansions"/>.</summary>
    public required IReadOnlyList<ExpansionAccount> Expansions { get; init; }

    /// <summary>How many could, shown or not.</summary>
    public int ExpansionCount { get; init; }

    /// <summary>Plans that end, in the model's order; none in a measure that was stored before there were such.</summary>
    public IReadOnlyList<PlanSunsetMeasure> PlanSunsets
    {
        get => field ?? [];
        init;
    } = [];

    public const int MaxManagers = 200;
    public const int MaxExpansions = 50;

    public LevelFigures AtRisk => AtRiskOf(Levels);

    internal static LevelFigures AtRiskOf(IReadOnlyList<LevelFigures> levels) =>
        levels[(int)RiskLevel.AtRisk] + levels[(int)RiskLevel.Critical];
}

/// <summary>Contracts that renew within some days.</summary>
/// <param name="FromDay">From so many days ahead, inclusive.</param>
/// <param name="ToDay">To so many days ahead, inclusive.</param>
/// <param name="All">Accounts that renew then, and what they pay.</param>
/// <param name="AtRisk">Those of them that are at risk or critical now.</param>
/// <param name="Expected">Each price times the chance to leave by then, summed; null where the score tells no chance.</param>
public sealed record RenewalWindow(int FromDay, int ToDay, LevelFigures All, LevelFigures AtRisk, double? Expected);

/// <summary>A CS manager's customers, who pays nothing too, and what they pay, by <see cref="RiskLevel"/>.</summary>
public sealed record ManagerRevenue(string Csm, IReadOnlyList<LevelFigures> Levels)
{
    [JsonIgnore]
    public LevelFigures AtRisk => RevenueMeasures.AtRiskOf(Levels);
}

/// <summary>A customer who could do with more than they pay for.</summary>
public sealed record ExpansionAccount(string Id, string Name, string? Plan, double Price, string? Csm, IReadOnlyList<ExpansionSign> Signs);

/// <summary>
/// Why: <see cref="Seats"/> (people active, of seats), <see cref="Limits"/> (limits met in 30 days, of so many that tell) or
/// <see cref="Outgrown"/> (value in the window, of the median on <paramref name="Plan"/>, the next dearer plan).
/// </summary>
public sealed record ExpansionSign(string Kind, double Amount, double Of, string? Plan = null)
{
    public const string Seats = "seats";
    public const string Limits = "limits";
    public const string Outgrown = "plan";
}
