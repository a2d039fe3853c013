namespace Signals.Core.Platform.Statistics;

/// <summary>
/// Brings the columns of a table to one scale: centre and scale are those of the rows that are fitted, never of those checked.
/// </summary>
public sealed class Standardization
{
    /// <summary>A column that hardly varies is not blown up to vary.</summary>
    private const double LeastScale = 0.05;

    /// <summary>A value further than so many scales from its centre says no more than one that far.</summary>
    public const double MostScales = 4;

    private Standardization(double[] centres, double[] scales)
    {
        Centres = centres;
        Scales = scales;
    }

    public double[] Centres { get; }

    public double[] Scales { get; }

    public static Standardization Of(RegressionTable table, ReadOnlySpan<int> rows)
    {
        int columns = table.Columns.Count;
        double[] sums = new double[columns],
            squares = new double[columns];
        double[] known = new double[columns];
        foreach (int row in rows)
        {
            float[] values = table.Values[row];
            int weight = table.Weights[row];
            for (int column = 0; column < columns; column++)
            {
                double value = column < values.Length ? values[column] : 0;
                if (double.IsNaN(value))
                    continue;
                sums[column] += weight * value;
                squares[column] += weight * value * value;
                known[column] += weight;
            }
        }
        double[] centres = new double[columns],
            scales = new double[columns];
        for (int column = 0; column < columns; column++)
        {
            double mean = known[column] == 0 ? 0 : sums[column] / known[column];
            double variance = known[column] == 0 ? 0 : squares[column] / known[column] - mean * mean;
            double? given = table.Columns[column].Scale;
            centres[column] = table.Columns[column].IsCentred ? mean : 0;
            scales[column] = given ?? Math.Max(LeastScale, Math.Sqrt(Math.Max(0, variance)));
        }
        return new Standardization(centres, scales);
    }

    /// <summary>All rows of the table, each led by a 1, as <see cref="LogisticRegression"/> reads them.</summary>
    public double[] Apply(RegressionTable table)
    {
        int columns = table.Columns.Count,
            width = columns + 1;
        double[] rows = new double[table.Rows * width];
        for (int row = 0; row < table.Rows; row++)
        {
            float[] values = table.Values[row];
            rows[row * width] = 1;
            for (int column = 0; column < columns; column++)
            {
                double value = column < values.Length ? values[column] : 0;
                rows[row * width + column + 1] = double.IsNaN(value)
                    ? 0
                    : Math.Clamp((value - Centres[column]) / Scales[column], -MostScales, MostScales);
            }
        }
        return rows;
    }

    /// <summary>What the coefficients are drawn to, in units of the scales; the intercept's place is 0.</summary>
    public double[] Priors(RegressionTable table) => [0, .. table.Columns.Select((column, index) => column.Prior * Scales[index])];
}
