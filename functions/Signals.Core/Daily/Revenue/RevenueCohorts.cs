using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Revenue;

/// <summary>Sums, one account after the other, what those who began to pay in a month pay at the end of every later one.</summary>
internal sealed class RevenueCohorts(MeasureCalendar calendar)
{
    private readonly RevenueTally[,] _months = Tallies(calendar.Ends.Count);

    /// <summary>At each end, everybody who had paid by then: which is the first to tell is known when all are counted.</summary>
    private readonly RevenueTally[,] _before = Tallies(calendar.Ends.Count);

    public void Add(RevenueMarks account)
    {
        int row = account.CameIn + 1;
        for (int first = row; first < calendar.Ends.Count; first++)
        {
            for (int end = first; end < calendar.Ends.Count; end++)
            {
                _before[first, end].Add(account.Ends[first], account.Ends[end]);
                if (first == row)
                    _months[first, end].Add(account.Ends[first], account.Ends[end]);
            }
        }
    }

    /// <summary>
    /// Months in which nobody began are left out. Those before <paramref name="knownFrom"/> are one row, of who paid at the end of the last
    /// of them.
    /// </summary>
    public IReadOnlyList<RevenueCohort> Measure(int knownFrom)
    {
        int ends = calendar.Ends.Count,
            early = Enumerable.Range(0, ends).LastOrDefault(row => row > 0 && calendar.Months[row - 1].DayNumber < knownFrom);
        var cohorts = new List<RevenueCohort>();
        for (int row = early; row < ends; row++)
        {
            var tallies = row == early ? _before : _months;
            if (tallies[row, row].Customers > 0)
                cohorts.Add(
                    Of(
                        row == early ? null : calendar.Months[row - 1],
                        [.. Enumerable.Range(row, ends - row).Select(end => tallies[row, end])]
                    )
                );
        }
        return cohorts;
    }

    private static RevenueCohort Of(DateOnly? month, IReadOnlyList<RevenueTally> tallies) =>
        new(
            month,
            tallies[0].Customers,
            RevenueTally.Cents(tallies[0].Start),
            [.. tallies.Select(tally => RevenueTally.Cents(tally.Start - tally.Churned - tally.Contracted + tally.Expanded))],
            [.. tallies.Select(tally => RevenueTally.Cents(tally.Start - tally.Churned - tally.Contracted))]
        )
        {
            GrossShares = [.. tallies.Select(tally => tally.Gross())],
            NetShares = [.. tallies.Select(tally => tally.Net())],
        };

    private static RevenueTally[,] Tallies(int ends)
    {
        var tallies = new RevenueTally[ends, ends];
        for (int row = 0; row < ends; row++)
        {
            for (int end = row; end < ends; end++)
                tallies[row, end] = new RevenueTally();
        }
        return tallies;
    }
}
