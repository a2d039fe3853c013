using Signals.Core.Model;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Statistics;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Norms;

/// <summary>
/// How the customers' risk is spread, by their last assessments: a level is for the highest of them, as many as a team can care for. Where
/// a team says how many that is (<c>alerts.capacity</c>), those with whom most is at stake, money times chance, come first.
/// </summary>
/// <param name="odds">The odds of all.</param>
/// <param name="stakes">Money times chance of those who would be at risk if a team could care for everybody.</param>
/// <param name="accounts">How many accounts there are, of which the others may be a part.</param>
public sealed class RiskNorms(QuantileSketch odds, QuantileSketch stakes, int accounts)
{
    /// <summary>Of fewer accounts each is looked at for itself.</summary>
    public const int LeastAccounts = 100;

    /// <summary>The share that is at risk or critical at most, where the model tells no capacity.</summary>
    public const double MostAtRisk = 0.1;

    /// <summary>Who is let down a level is let down late, so that a few more stand than come in.</summary>
    private const double ComesIn = 0.85;

    private const double WatchOfAtRisk = 2.5;
    private const double CriticalOfAtRisk = 0.2;

    /// <summary>Levels are apart by so many times the odds at least.</summary>
    private const double LeastStep = 1.02;

    /// <summary>Odds that nobody has.</summary>
    private const double OutOfReach = 1e6;

    public static RiskNorms None { get; } = new(new QuantileSketch(), new QuantileSketch(), 0);

    /// <summary>The share of all whose odds are no higher; null of too few.</summary>
    public double? Standing(double logOdds) => odds.Count < LeastAccounts ? null : odds.ShareUpTo(Math.Exp(logOdds));

    /// <summary>The thresholds of an account, or higher ones where more lie above them than can be cared for.</summary>
    /// <param name="levels">The thresholds.</param>
    /// <param name="model">The model, which may tell how many can be cared for.</param>
    /// <param name="price">What the account pays a month.</param>
    public RiskThresholds Raise(RiskThresholds levels, ValueModel model, double price)
    {
        if (odds.Count < LeastAccounts)
            return levels;
        double share = Math.Min(1, ComesIn * (model.Alerts.Capacity is { } capacity ? (double)capacity / accounts : MostAtRisk)),
            watch = Math.Max(OddsOf(levels.Watch), From(Math.Min(1, share * WatchOfAtRisk))),
            atRisk = OddsOf(levels.AtRisk),
            critical = OddsOf(levels.Critical);
        if (model.Alerts.Capacity is not null)
        {
            atRisk = Math.Max(atRisk, FromStake(share, price));
            critical = Math.Max(critical, FromStake(share * CriticalOfAtRisk, price));
            watch = Math.Min(watch, atRisk / LeastStep);
        }
        else
        {
            atRisk = Math.Max(Math.Max(atRisk, From(share)), watch * LeastStep);
            critical = Math.Max(critical, From(share * CriticalOfAtRisk));
        }
        critical = Math.Max(critical, atRisk * LeastStep);
        return new RiskThresholds(watch / (1 + watch), atRisk / (1 + atRisk), critical / (1 + critical));
    }

    public void Write(PackWriter writer)
    {
        odds.Write(writer);
        stakes.Write(writer);
        writer.Count(accounts);
    }

    public static RiskNorms Read(ref PackReader reader) =>
        new(QuantileSketch.Read(ref reader), QuantileSketch.Read(ref reader), reader.Int());

    /// <summary>The odds above which such a share of all lies.</summary>
    private double From(double share) => odds.Quantile(1 - share);

    /// <summary>
    /// The odds from which an account of that price belongs to such a share of all, by what is at stake; 0 where there is room for whoever
    /// is at risk.
    /// </summary>
    private double FromStake(double share, double price)
    {
        double room = share * odds.Count;
        if (stakes.Count <= room)
            return 0;
        double chance = stakes.Quantile(1 - room / stakes.Count) / Math.Max(Stake.LeastPrice, price);
        return chance >= 1 ? OutOfReach : OddsOf(chance);
    }

    private static double OddsOf(double probability) => probability / (1 - probability);
}
