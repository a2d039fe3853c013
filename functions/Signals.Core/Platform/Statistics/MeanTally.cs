namespace Signals.Core.Platform.Statistics;

/// <summary>How many numbers there are, their mean and how they scatter, in the same room for any number of them.</summary>
/// <remarks>Welford, "Note on a method for calculating corrected sums of squares and products" (1962).</remarks>
public sealed class MeanTally
{
    public int Count { get; private set; }

    /// <summary>0 of none.</summary>
    public double Mean { get; private set; }

    /// <summary>The sum of squares about the mean.</summary>
    public double Squares { get; private set; }

    public MeanTally Add(double value)
    {
        Count++;
        double before = value - Mean;
        Mean += before / Count;
        Squares += before * (value - Mean);
        return this;
    }
}
