using System.Globalization;

namespace Signals.Web.Charts;

/// <summary>A chart's height in values, from a round number to a round number.</summary>
public sealed record Scale(double From, double To)
{
    private static readonly double[] Steps = [1, 2, 2.5, 4, 5, 10];

    /// <summary>From nought (or below, where a value is) to a round number at or above all values.</summary>
    public static Scale Of(IEnumerable<double> values)
    {
        double low = 0,
            high = 0;
        foreach (double value in values.Where(double.IsFinite))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return new Scale(low < 0 ? -Round(-low) : 0, high == 0 && low == 0 ? 1 : Round(high));
    }

    /// <summary>Around the values, between round numbers: where all are alike beside nought, their differences are seen.</summary>
    public static Scale Around(IEnumerable<double> values)
    {
        var finite = values.Where(double.IsFinite).ToList();
        if (finite.Count == 0)
            return Of([]);
        double low = finite.Min(),
            high = finite.Max(),
            step = Round(Math.Max(high - low, Math.Max(Math.Abs(high), Math.Abs(low)) * 0.02)) / 4;
        if (step <= 0)
            return Of(finite);
        return
            new Scale(Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step) is var around
            && around.To > around.From
            ? around
            : new Scale(low - step, high + step);
    }

    /// <summary>How far from the top a value is, 0 to 100.</summary>
    public double FromTop(double value) => 100 - (100 * Math.Clamp((value - From) / (To - From), 0, 1));

    /// <summary>How far from the left end a value is, 0 to 100, on a scale that lies.</summary>
    public double FromLeft(double value) => 100 - FromTop(value);

    /// <summary>A coordinate as SVG reads it.</summary>
    public static string Text(double coordinate) => coordinate.ToString("0.##", CultureInfo.InvariantCulture);

    private static double Round(double value)
    {
        if (value <= 0)
            return 0;
        double magnitude = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return Steps.First(step => value <= (step * magnitude) + 1e-9) * magnitude;
    }
}
