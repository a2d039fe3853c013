namespace Signals.Benchmarks;

/// <summary>What one case of a bench cost, beside what it can't be cheaper than.</summary>
/// <param name="Bench">The bench's name.</param>
/// <param name="Case">What was measured, in a few words.</param>
/// <param name="Measured">The app's own figure.</param>
/// <param name="Floor">The same of the floor, in the same unit and the same run; null where the figure stands for itself.</param>
/// <param name="Goal">What the ratio, or the figure itself without a floor, should reach; null where it is only told.</param>
internal sealed record Figure(string Bench, string Case, Amount Measured, Amount? Floor = null, Goal? Goal = null)
{
    /// <summary>The measured figure in floors; null without a floor.</summary>
    public double? Ratio => Floor is null ? null : Measured.Value / Floor.Value;

    /// <summary>Null without a goal.</summary>
    public bool? IsMet => Goal?.IsMet(Ratio ?? Measured.Value);
}

/// <summary>A number and its unit, as the table shows it.</summary>
internal sealed record Amount(double Value, string Unit)
{
    public override string ToString() => $"{Figures.Short(Value)} {Unit}".TrimEnd();
}

/// <summary>A bound that holds on any machine, for it is one of ratios.</summary>
internal sealed record Goal(bool IsAtMost, double Bound)
{
    public static Goal AtMost(double bound) => new(true, bound);

    public static Goal AtLeast(double bound) => new(false, bound);

    public bool IsMet(double value) => IsAtMost ? value <= Bound : value >= Bound;

    public override string ToString() => $"{(IsAtMost ? "at most" : "at least")} {Figures.Short(Bound)}";
}

internal static class Figures
{
    /// <summary>Three digits that matter.</summary>
    public static string Short(double value) =>
        Math.Abs(value) switch
        {
            >= 1000 => $"{value:#,##0}",
            >= 100 => $"{value:0}",
            >= 10 => $"{value:0.0}",
            0 => "0",
            < 0.01 => $"{value:0.0000}",
            _ => $"{value:0.00}",
        };
}
