namespace Signals.Core.Platform.Statistics;

/// <summary>
/// What a value adds to a sum: straight lines between points, level before the first and after the last.
/// </summary>
public sealed class Curve
{
    private Curve(double[] at, double[] adds)
    {
        At = at;
        Adds = adds;
    }

    /// <summary>Values at which the curve may bend, rising; two at least.</summary>
    public IReadOnlyList<double> At { get; }

    /// <summary>What each of them adds; 0 is what is usual.</summary>
    public IReadOnlyList<double> Adds { get; }

    /// <summary>True when it is 0 all along.</summary>
    public bool IsFlat => Adds.All(adds => adds == 0);

    public static Curve Of(params (double At, double Adds)[] points) =>
        new([.. points.Select(point => point.At)], [.. points.Select(point => point.Adds)]);

    /// <summary>A line through 0, which history may bend at these values.</summary>
    public static Curve Line(double slope, params double[] at) => new(at, [.. at.Select(value => slope * value)]);

    /// <summary>The same curve, which history may bend at these values too.</summary>
    public Curve BentAt(params double[] values)
    {
        double[] at = [.. At.Concat(values).Distinct().Order()];
        return new Curve(at, Array.ConvertAll(at, AddsAt));
    }

    public double AddsAt(double value)
    {
        if (value <= At[0])
            return Adds[0];
        for (int i = 1; i < At.Count; i++)
        {
            if (value < At[i])
                return Adds[i - 1] + (Adds[i] - Adds[i - 1]) * (value - At[i - 1]) / (At[i] - At[i - 1]);
        }
        return Adds[^1];
    }
}
