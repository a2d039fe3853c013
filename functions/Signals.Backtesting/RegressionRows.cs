using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Risk;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>The sample's rows whose outcome is known, with accounts numbered and dealt into folds.</summary>
internal sealed class RegressionRows
{
    /// <summary>One unit of the score's column in log-odds: wide, for values beyond a few units are cut off.</summary>
    public const double ScoreUnit = 10;

    /// <summary>The factor is drawn to its prior as by a Gaussian with a standard deviation of a quarter.</summary>
    private static readonly IReadOnlyList<double> ScorePenalty = [1 / (0.25 * ScoreUnit * 0.25 * ScoreUnit)];

    private readonly ValueModel _model;
    private readonly List<SampleRow> _rows;
    private readonly IReadOnlyList<string> _names;

    public RegressionRows(ValueModel model, RegressionSample sample, IReadOnlyDictionary<DateTimeOffset, DateTimeOffset> ends)
    {
        _model = model;
        _names = sample.Names;
        var labelled = sample.Labelled(ends).ToList();
        _rows = labelled.ConvertAll(row => row.Row);
        Weights = [.. labelled.Select(row => row.Weight)];
        var index = new Dictionary<ReplayAccount, int>();
        var hashes = new List<ulong>();
        var churned = new List<bool>();
        Accounts = new int[_rows.Count];
        Happened = new byte[_rows.Count];
        for (int row = 0; row < _rows.Count; row++)
        {
            var account = _rows[row].Account.Current;
            if (!index.TryGetValue(account, out int number))
            {
                index[account] = number = hashes.Count;
                hashes.Add(_rows[row].Hash);
                churned.Add(false);
            }
            bool happened = labelled[row].Happened;
            Accounts[row] = number;
            Happened[row] = happened ? (byte)1 : (byte)0;
            churned[number] |= happened;
        }
        AccountCount = hashes.Count;
        ChurnedAccounts = churned.Count(happened => happened);
        Folds = AccountFolds.Deal(hashes, churned, RegressionComparison.FoldCount);
    }

    public int AccountCount { get; }

    public int ChurnedAccounts { get; }

    public int[] Accounts { get; }

    public byte[] Happened { get; }

    /// <summary>How many assessments each row stands for.</summary>
    public int[] Weights { get; }

    /// <summary>The share of all assessments that churn followed.</summary>
    public double BaseRate =>
        Happened.Zip(Weights, (happened, weight) => (double)happened * weight).Sum() / Math.Max(1, Weights.Sum(weight => (double)weight));

    /// <summary>The fold of each account.</summary>
    public int[] Folds { get; }

    public DateTimeOffset CutOf(int row) => _rows[row].Cut;

    public int FoldOf(int row) => Folds[Accounts[row]];

    /// <summary>The review's score of each row, in log-odds.</summary>
    public IEnumerable<double> LogOdds => _rows.Select(row => row.LogOdds);

    /// <summary>Counts of each event, as log(1 + n).</summary>
    public RegressionTable Counts() =>
        new(
            [.. _names.Select(name => new RegressionColumn(name, 0, null))],
            [.. _rows.Select(row => row.Counts)],
            Happened,
            Accounts,
            Weights
        );

    /// <summary>
    /// Those of the review's features that vary, each taken apart into the pieces of its curve: history says nothing of the others.
    /// </summary>
    public RegressionTable Features()
    {
        var pieces = Pieces();
        return new RegressionTable(
            [.. pieces.Select(piece => piece.Column())],
            [.. _rows.Select(row => Array.ConvertAll(pieces, piece => piece.Of(row.Features[piece.Index])))],
            Happened,
            Accounts,
            Weights
        );
    }

    /// <summary>The pieces of <see cref="Features"/>, in the order of its columns.</summary>
    public CurvePiece[] Pieces()
    {
        var features = RiskFeatures.Of(_model);
        return
        [
            .. Enumerable
                .Range(0, features.Count)
                .Where(index => !features[index].IsRetired && Varies(index))
                .SelectMany(index =>
                    Enumerable.Range(0, features[index].Curve.At.Count - 1).Select(part => new CurvePiece(features[index], index, part))
                ),
        ];
    }

    /// <summary>
    /// Of the rows those whose account had not left so many days after its cut, with whether it left by a later day, which is over, and in
    /// how many days it was to decide.
    /// </summary>
    public IEnumerable<(int Row, bool Happened, int? DecidesIn)> StillThere(int fromDays, int toDays, DateTimeOffset now)
    {
        for (int i = 0; i < _rows.Count; i++)
        {
            var (cut, account) = (_rows[i].Cut, _rows[i].Account.Current);
            var (from, to) = (cut.AddDays(fromDays), cut.AddDays(toDays));
            if (to <= now && !account.ChurnsWithin(cut, from))
                yield return (i, account.ChurnsWithin(from, to), _rows[i].DecidesIn);
        }
    }

    /// <summary>True where so few churned that <see cref="Score"/> is fitted in place of <see cref="Features"/>.</summary>
    public bool IsScaled => ChurnedAccounts < RegressionComparison.LeastForCurves;

    /// <summary>The review's score as it is, above the usual, as the only column.</summary>
    public RegressionTable Score() =>
        new(
            [new RegressionColumn("score", CurvePiece.PriorShare, ScoreUnit) { Sign = 1 }],
            _rows.ConvertAll(row => (float[])[(float)(row.LogOdds - CauseScores.AverageLogOdds)]),
            Happened,
            Accounts,
            Weights
        );

    /// <summary>The calibrated probability of each row, told by the other folds' accounts.</summary>
    public double[] CrossValidate(CancellationToken cancellationToken) => Fit().CrossValidate(cancellationToken);

    public PenalisedFit Fit() =>
        IsScaled
            ? new PenalisedFit(Score(), Folds, RegressionComparison.FoldCount, ScorePenalty)
            : new PenalisedFit(Features(), Folds, RegressionComparison.FoldCount, PenalisedFit.UsualPenalties);

    private bool Varies(int feature)
    {
        float? first = null;
        foreach (var row in _rows)
        {
            float value = row.Features[feature];
            if (float.IsNaN(value))
                continue;
            first ??= value;
            if (value != first)
                return true;
        }
        return false;
    }
}
