namespace Signals.Core.Tests.Intake.Text;

/// <summary>F1 of guesses about things that are so or not; a guess may be none at all, which is always wrong.</summary>
internal static class Scores
{
    public static double F1(IReadOnlyList<(bool Is, bool? Said)> rows, bool of = true)
    {
        var hits = rows.Count(r => r.Is == of && r.Said == of);
        var wrong = rows.Count(r => r.Said == of && r.Is != of) + rows.Count(r => r.Is == of && r.Said != of);
        return hits == 0 ? 0 : 2.0 * hits / ((2 * hits) + wrong);
    }

    /// <summary>The mean of both classes' F1.</summary>
    public static double MacroF1(IReadOnlyList<(bool Is, bool? Said)> rows) => (F1(rows, of: true) + F1(rows, of: false)) / 2;

    /// <summary>95% interval by resampling the rows (percentile bootstrap: Efron, 1979).</summary>
    public static (double Low, double High) Interval(
        IReadOnlyList<(bool Is, bool? Said)> rows,
        Func<IReadOnlyList<(bool Is, bool? Said)>, double> measure
    )
    {
        var random = new Random(1);
        var drawn = new (bool, bool?)[rows.Count];
        var measured = Enumerable
            .Range(0, 400)
            .Select(_ =>
            {
                for (var i = 0; i < drawn.Length; i++)
                    drawn[i] = rows[random.Next(rows.Count)];
                return measure(drawn);
            })
            .Order()
            .ToList();
        return (measured[10], measured[^11]);
    }
}
