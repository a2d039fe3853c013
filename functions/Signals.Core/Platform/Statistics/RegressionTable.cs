namespace Signals.Core.Platform.Statistics;

/// <summary>What a regression is fitted on: one row for each assessment, of values that may be unknown (NaN).</summary>
/// <param name="Columns">What the values are.</param>
/// <param name="Values">By row; a row shorter than the columns ends in zeros.</param>
/// <param name="Happened">For each row 1 when the account churned within the horizon, else 0.</param>
/// <param name="Accounts">For each row its account, from 0: rows of one account are never split between fitting and checking.</param>
/// <param name="Weights">For each row how many assessments it stands for.</param>
public sealed record RegressionTable(
    IReadOnlyList<RegressionColumn> Columns,
    IReadOnlyList<float[]> Values,
    byte[] Happened,
    int[] Accounts,
    int[] Weights
)
{
    public int Rows => Values.Count;

    public int AccountCount { get; } = Accounts.Length == 0 ? 0 : Accounts.Max() + 1;
}

/// <summary>One column of a regression.</summary>
/// <param name="Id">The feature's id, or the event's name.</param>
/// <param name="Prior">Log-odds for each unit of it that the fit is drawn to where history says little.</param>
/// <param name="Scale">What counts as one unit of the penalty; null takes the standard deviation, around the mean.</param>
public sealed record RegressionColumn(string Id, double Prior, double? Scale)
{
    /// <summary>True to measure from the mean, so that an unknown value counts as a usual one; always so without a given scale.</summary>
    public bool IsCentred { get; init; } = Scale is null;

    /// <summary>1 for a coefficient that may not be below 0, -1 for one that may not be above it, else 0.</summary>
    public int Sign { get; init; }
}
