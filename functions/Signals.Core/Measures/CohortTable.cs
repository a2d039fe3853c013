namespace Signals.Core.Measures;

/// <summary>Counts, one account after the other, who of each month's new customers was still there at the end of every later month.</summary>
public sealed class CohortTable(MeasureCalendar calendar)
{
    private readonly int[] _customers = new int[calendar.Ends.Count];
    private readonly int[,] _stayed = new int[calendar.Ends.Count, calendar.Ends.Count];
    private readonly int[,] _valued = new int[calendar.Ends.Count, calendar.Ends.Count];

    public void Add(AccountMarks account)
    {
        // The first row is of those who were there before the first month; the running month's newcomers have no row yet.
        int row = account.CameIn + 1;
        if (row >= _customers.Length || !account.Ends[row].Customer)
            return;
        _customers[row]++;
        for (int end = row; end < _customers.Length; end++)
        {
            _stayed[row, end] += account.Ends[end].Customer ? 1 : 0;
            _valued[row, end] += account.Ends[end].Value ? 1 : 0;
        }
    }

    /// <summary>Months in which nobody came are left out.</summary>
    public IReadOnlyList<RetentionCohort> Measure(bool churnIsKnown) =>
    [
        .. Enumerable.Range(0, _customers.Length).Where(row => _customers[row] > 0).Select(row => new RetentionCohort(
            row == 0 ? null : calendar.Months[row - 1], _customers[row], churnIsKnown ? From(_stayed, row) : [], From(_valued, row))),
    ];

    private int[] From(int[,] counts, int row) => [.. Enumerable.Range(row, _customers.Length - row).Select(end => counts[row, end])];
}
