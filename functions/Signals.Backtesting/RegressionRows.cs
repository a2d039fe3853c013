using Signals.Core.Diagnosis.Risk;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>The sample's rows whose outcome is known, with accounts numbered and dealt into folds.</summary>
internal sealed class RegressionRows
{
    /// <summary>
    /// Reasoned weights are drawn to by half: they were made to part calm from alert, which is steeper than odds of leaving are.
    /// </summary>
    private const double PriorShare = 0.5;

    /// <summary>One unit of a cause in the penalty: what its confidence varies by where it is found at times.</summary>
    private const double CauseScale = 0.3;

    private readonly ValueModel _model;
    private readonly List<SampleRow> _rows;
    private readonly IReadOnlyList<string> _names;

    public RegressionRows(ValueModel model, RegressionSample sample, IReadOnlyDictionary<DateTimeOffset, DateTimeOffset> ends)
    {
        _model = model;
        _names = sample.Names;
        _rows = [.. sample.Rows.Where(row => ends.ContainsKey(row.Cut))];
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
            bool happened = account.ChurnsWithin(_rows[row].Cut, ends[_rows[row].Cut]);
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

    /// <summary>The fold of each account.</summary>
    public int[] Folds { get; }

    /// <summary>The review's score of each row, in log-odds.</summary>
    public IEnumerable<double> LogOdds => _rows.Select(row => row.LogOdds);

    /// <summary>Counts of each event, as log(1 + n).</summary>
    public RegressionTable Counts() =>
        new([.. _names.Select(name => new RegressionColumn(name, 0, null))], [.. _rows.Select(row => row.Counts)], Happened, Accounts);

    /// <summary>Those of the review's features that vary: history says nothing of the others.</summary>
    public RegressionTable Features()
    {
        var features = RiskFeatures.Of(_model);
        int[] varying = [.. Enumerable.Range(0, features.Count).Where(Varies)];
        return new RegressionTable(
            [
                .. varying
                    .Select(index => features[index])
                    .Select(feature => new RegressionColumn(feature.Id, feature.Weight * PriorShare, feature.IsCause ? CauseScale : null)),
            ],
            [.. _rows.Select(row => Array.ConvertAll(varying, index => row.Features[index]))],
            Happened,
            Accounts
        );
    }

    /// <summary>The calibrated probability of each row, told by the other folds' accounts.</summary>
    public double[] CrossValidate(CancellationToken cancellationToken) => Fit(Features()).CrossValidate(cancellationToken);

    public PenalisedFit Fit(RegressionTable features) => new(features, Folds, RegressionComparison.FoldCount, PenalisedFit.UsualPenalties);

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
