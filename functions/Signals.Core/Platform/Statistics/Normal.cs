namespace Signals.Core.Platform.Statistics;

/// <summary>Quantiles of the standard normal distribution, and of Student's.</summary>
public static class Normal
{
    private const double Middle = 0.425;
    private const double Tail = 5;

    /// <summary>The value that a share of the standard normal lies under, to seven digits.</summary>
    /// <remarks>Wichura, "Algorithm AS 241: The percentage points of the normal distribution" (1988), the shorter of its two.</remarks>
    public static double Quantile(double share)
    {
        double fromMiddle = share - 0.5;
        if (Math.Abs(fromMiddle) <= Middle)
        {
            double inside = Middle * Middle - fromMiddle * fromMiddle;
            return fromMiddle
                * (((59.109374720 * inside + 159.29113202) * inside + 50.434271938) * inside + 3.3871327179)
                / (((67.187563600 * inside + 78.757757664) * inside + 17.895169469) * inside + 1);
        }
        double outside = Math.Sqrt(-Math.Log(Math.Min(share, 1 - share)));
        double value;
        if (outside <= Tail)
        {
            outside -= 1.6;
            value =
                (((0.17023821103 * outside + 1.3067284816) * outside + 2.7568153900) * outside + 1.4234372777)
                / ((0.12021132975 * outside + 0.73700164250) * outside + 1);
        }
        else
        {
            outside -= Tail;
            value =
                (((0.017337203997 * outside + 0.42868294337) * outside + 3.0812263860) * outside + 6.6579051150)
                / ((0.012258202635 * outside + 0.24197894225) * outside + 1);
        }
        return fromMiddle < 0 ? -value : value;
    }

    /// <summary>The value that a share of Student's distribution lies under; good to two digits from five degrees of freedom on.</summary>
    /// <remarks>Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 26.7.5.</remarks>
    public static double StudentQuantile(double share, double degrees)
    {
        double z = Quantile(share),
            z3 = z * z * z,
            z5 = z3 * z * z,
            z7 = z5 * z * z;
        return z
            + (z3 + z) / 4 / degrees
            + (5 * z5 + 16 * z3 + 3 * z) / 96 / (degrees * degrees)
            + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384 / (degrees * degrees * degrees);
    }
}
