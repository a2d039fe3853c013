namespace Signals.Core.Platform.Statistics;

/// <summary>
/// How long it takes until something happens, told from customers to whom it happened and from those to whom it has not yet: leaving the
/// latter out would make every time look short.
/// </summary>
/// <remarks>Kaplan and Meier, "Nonparametric estimation from incomplete observations" (1958).</remarks>
public sealed class SurvivalCurve
{
    /// <summary>What took longer counts as having taken so long, so that a curve has its bounds.</summary>
    public const int MaxDays = 1000;

    private readonly List<(int Happened, int Waiting)> _days = [];

    /// <summary>Adds one customer.</summary>
    /// <param name="days">Days until it happened, or until today.</param>
    /// <param name="happened">False when it has not happened yet.</param>
    public void Add(int days, bool happened)
    {
        int day = Math.Clamp(days, 0, MaxDays);
        while (_days.Count <= day)
            _days.Add(default);
        var known = _days[day];
        _days[day] = happened ? (known.Happened + 1, known.Waiting) : (known.Happened, known.Waiting + 1);
    }

    /// <summary>The share to whom it has not happened by the end of that day; 1 when nothing is known.</summary>
    public double ShareAfter(int days) => Steps().TakeWhile(step => step.Day <= days).Select(step => step.Share).LastOrDefault(1);

    /// <summary>The first day by which it happened to half of them; null when it did not, as far as is known.</summary>
    public int? Median() => Steps().Where(step => step.Share <= 0.5).Select(step => (int?)step.Day).FirstOrDefault();

    private IEnumerable<(int Day, double Share)> Steps()
    {
        int left = _days.Sum(day => day.Happened + day.Waiting);
        double share = 1;
        for (int day = 0; day < _days.Count; day++)
        {
            var (happened, waiting) = _days[day];
            if (happened + waiting == 0)
                continue;
            share *= 1 - (double)happened / left;
            left -= happened + waiting;
            yield return (day, share);
        }
    }
}
