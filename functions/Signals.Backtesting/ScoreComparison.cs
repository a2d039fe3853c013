using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>Measures several scores of the same assessments under the same resamples, so that their differences are paired.</summary>
internal sealed class ScoreComparison
{
    private readonly List<double[]> _scores;
    private readonly List<RankingMeasures> _measures;
    private readonly List<RankingMeasures[]> _resampled = [];
    private const int CalibrationParts = 10;

    private readonly byte[] _happened;
    private readonly int[] _weights;

    /// <param name="happened">What happened to each assessment: 1 or 0, some of both.</param>
    /// <param name="accounts">The number of the account of each.</param>
    /// <param name="weights">How many each stands for.</param>
    /// <param name="accountCount">Accounts in all.</param>
    /// <param name="scores">What each score says of each.</param>
    public ScoreComparison(byte[] happened, int[] accounts, int[] weights, int accountCount, List<double[]> scores)
    {
        _scores = scores;
        _happened = happened;
        _weights = weights;
        var ranked = scores.ConvertAll(score => new RankedRows(score, happened, accounts, weights));
        int[] once = new int[accountCount];
        Array.Fill(once, 1);
        _measures = ranked.ConvertAll(score =>
            score.Measure(once) ?? throw new ArgumentException("Some assessments are followed by churn and some are not.", nameof(happened))
        );
        foreach (int[] drawn in AccountBootstrap.Draws(accountCount, happened.Length * scores.Count))
        {
            var measured = ranked.ConvertAll(score => score.Measure(drawn));
            if (measured.TrueForAll(measures => measures is not null))
                _resampled.Add([.. measured.OfType<RankingMeasures>()]);
        }
    }

    public RankingFigures Figures(int score)
    {
        double brier = 0;
        for (int row = 0; row < _happened.Length; row++)
            brier += _weights[row] * Math.Pow(_scores[score][row] - _happened[row], 2);
        return new RankingFigures(
            _measures[score].Auc,
            Interval.Of(_resampled.ConvertAll(drawn => drawn[score].Auc)),
            _measures[score].AveragePrecision,
            Interval.Of(_resampled.ConvertAll(drawn => drawn[score].AveragePrecision)),
            _measures[score].TopDecileLift,
            Interval.Of(_resampled.ConvertAll(drawn => drawn[score].TopDecileLift)),
            brier / _weights.Sum(weight => (double)weight)
        )
        {
            CalibrationError = CalibrationError(_scores[score]),
        };
    }

    private double CalibrationError(double[] told)
    {
        int[] order = [.. Enumerable.Range(0, told.Length).OrderBy(row => told[row])];
        double all = _weights.Sum(weight => (double)weight),
            sum = 0,
            passed = 0,
            said = 0,
            seen = 0;
        int part = 1;
        foreach (int row in order)
        {
            passed += _weights[row];
            said += told[row] * _weights[row];
            seen += (double)_happened[row] * _weights[row];
            if (passed < part * all / CalibrationParts)
                continue;
            sum += Math.Abs(said - seen);
            (said, seen) = (0, 0);
            part++;
        }
        return sum / all;
    }

    /// <summary>The AUC of one score less that of another.</summary>
    public PairedDifference Difference(int score, int other)
    {
        var differences = _resampled.ConvertAll(drawn => drawn[score].Auc - drawn[other].Auc);
        double? notWorse = differences.Count == 0 ? null : (double)differences.Count(difference => difference >= 0) / differences.Count;
        return new PairedDifference(_measures[score].Auc - _measures[other].Auc, Interval.Of(differences), notWorse);
    }
}
