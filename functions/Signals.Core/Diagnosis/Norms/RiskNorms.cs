using Signals.Core.Model;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.Diagnosis.Norms;

/// <summary>
/// How the customers' risk is spread, by their last assessments: a level is for the highest of them, as many as a team can care for.
/// </summary>
public sealed class RiskNorms(QuantileSketch odds, int accounts)
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

    public static RiskNorms None { get; } = new(new QuantileSketch(), 0);

    /// <summary>The thresholds, or higher ones where more accounts lie above them than can be cared for.</summary>
    public RiskThresholds Raise(RiskThresholds levels, ValueModel model)
    {
        if (odds.Count < LeastAccounts)
            return levels;
        double share = ComesIn * (model.Alerts.Capacity is { } capacity ? Math.Min(1, (double)capacity / accounts) : MostAtRisk);
        double watch = Math.Max(OddsOf(levels.Watch), From(Math.Min(1, share * WatchOfAtRisk))),
            atRisk = Math.Max(Math.Max(OddsOf(levels.AtRisk), From(share)), watch * LeastStep),
            critical = Math.Max(Math.Max(OddsOf(levels.Critical), From(share * CriticalOfAtRisk)), atRisk * LeastStep);
        return new RiskThresholds(watch / (1 + watch), atRisk / (1 + atRisk), critical / (1 + critical));
    }

    public void Write(PackWriter writer)
    {
        odds.Write(writer);
        writer.Count(accounts);
    }

    public static RiskNorms Read(ref PackReader reader) => new(QuantileSketch.Read(ref reader), reader.Int());

    /// <summary>The odds above which such a share lies.</summary>
    private double From(double share) => odds.Quantile(1 - share);

    private static double OddsOf(double probability) => probability / (1 - probability);
}
