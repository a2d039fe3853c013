using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Retention;

/// <summary>
/// Counts, one account after the other, who of each month's new customers was still there at the end of every later month.
/// </summary>
public sealed class CohortTable(MeasureCalendar calendar)
{
    private readonly int _ends = calendar.Ends.Count;
    private readonly int[,] _stayed = new int[calendar.Ends.Count, calendar.Ends.Count];
    private readonly int[,] _valued = new int[calendar.Ends.Count, calendar.Ends.Count];

    public void Add(AccountMarks account)
    {
        // The first row is of those who were there before the first month; the running month's newcomers have no row yet.
        int row = account.CameIn + 1;
        if (row >= _ends || !account.Ends[row].Customer)
            return;
        for (int end = row; end < _ends; end++)
        {
            _stayed[row, end] += account.Ends[end].Customer ? 1 : 0;
            _valued[row, end] += account.Ends[end].Value ? 1 : 0;
        }
    }

    /// <summary>
    /// Months in which nobody came are left out. Those before <paramref name="knownFrom"/> are one row, of who was there at the end of the
    /// last of them.
    /// </summary>
    public IReadOnlyList<RetentionCohort> Measure(bool churnIsKnown, int knownFrom)
    {
        int early = Enumerable.Range(0, _ends).LastOrDefault(row => row > 0 && calendar.Months[row - 1].DayNumber < knownFrom);
        return
        [
            .. new[] { RowOf(churnIsKnown, null, early, [.. Enumerable.Range(0, Math.Min(early + 1, _ends))]) }
                .Concat(
                    Enumerable
                        .Range(early + 1, Math.Max(0, _ends - early - 1))
                        .Select(row => RowOf(churnIsKnown, calendar.Months[row - 1], row, [row]))
                )
                .Where(cohort => cohort.Customers > 0),
        ];
    }

    /// <summary>Of those who came in some months, who was there from an end on.</summary>
    private RetentionCohort RowOf(bool churnIsKnown, DateOnly? month, int first, int[] rows)
    {
        int[] Sum(int[,] counts) => [.. Enumerable.Range(first, _ends - first).Select(end => rows.Sum(row => counts[row, end]))];

        int[] stayed = Sum(_stayed),
            valued = Sum(_valued);
        return new RetentionCohort(month, stayed.Length == 0 ? 0 : stayed[0], churnIsKnown ? stayed : [], valued);
    }
}
