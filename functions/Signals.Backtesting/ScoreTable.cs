using Signals.Core.Platform.Storage;

namespace Signals.Backtesting;

/// <summary>Every labelled assessment in columns: account, score, flag and outcome, in the order of the cuts.</summary>
internal sealed class ScoreTable
{
    private readonly Dictionary<ReplayAccount, int> _index = [];
    private readonly List<ReplayAccount> _accounts = [];

    public ScoreTable(IReadOnlyList<Cut> cuts, int horizonDays)
    {
        int rows = cuts.Sum(cut => cut.Assessments.Count),
            row = 0;
        Accounts = new int[rows];
        Happened = new byte[rows];
        Flagged = new bool[rows];
        Scores = new double[rows];
        foreach (var cut in cuts)
        {
            foreach (var assessment in cut.Assessments)
            {
                Accounts[row] = IndexOf(assessment.Account.Current);
                Happened[row] = assessment.ChurnsWithin(cut.At, cut.At.AddDays(horizonDays)) ? (byte)1 : (byte)0;
                Flagged[row] = assessment.IsFlagged;
                Scores[row] = assessment.LogOdds;
                row++;
            }
        }
    }

    public int Rows => Scores.Length;

    /// <summary>The account of each row, from 0.</summary>
    public int[] Accounts { get; }

    public byte[] Happened { get; }

    public bool[] Flagged { get; }

    /// <summary>Log-odds: the score before it was rounded.</summary>
    public double[] Scores { get; }

    public int AccountCount => _accounts.Count;

    /// <summary>A hash of each account's key, which its fold depends on.</summary>
    public IReadOnlyList<ulong> Hashes => _accounts.ConvertAll(account => MessageHash.Of(account.State.Key.Value));

    /// <summary>For each account whether any of its assessments was followed by churn.</summary>
    public bool[] ChurnedAccounts()
    {
        bool[] churned = new bool[AccountCount];
        for (int row = 0; row < Rows; row++)
            churned[Accounts[row]] |= Happened[row] == 1;
        return churned;
    }

    private int IndexOf(ReplayAccount account)
    {
        if (!_index.TryGetValue(account, out int index))
        {
            _index[account] = index = _accounts.Count;
            _accounts.Add(account);
        }
        return index;
    }
}
