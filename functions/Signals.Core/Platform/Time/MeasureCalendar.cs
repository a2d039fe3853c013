namespace Signals.Core.Platform.Time;

/// <summary>Over which days is measured, as seen on a UTC day: the last 30 that are over, and the calendar months that are.</summary>
public sealed class MeasureCalendar
{
    public const int MaxMonths = 12;

    private const int PeriodDays = 30;

    public MeasureCalendar(int today)
    {
        Today = today;
        var month = new DateOnly(Days.Date(today).Year, Days.Date(today).Month, 1);
        int months = Math.Clamp((month.Year - 1) * 12 + month.Month - 2, 0, MaxMonths);
        Months = [.. Enumerable.Range(0, months).Select(index => month.AddMonths(index - months))];
        Ends = [.. Months.Select(first => first.DayNumber - 1), .. months == 0 ? [] : new[] { month.DayNumber - 1 }];
    }

    public int Today { get; }

    /// <summary>The last 30 days that are over.</summary>
    public (int From, int To) Latest => (Today - PeriodDays, Today - 1);

    /// <summary>The first days of the months that are over, oldest first.</summary>
    public IReadOnlyList<DateOnly> Months { get; }

    /// <summary>The last day before the first month, then the last day of each: one more than <see cref="Months"/>, or none.</summary>
    public IReadOnlyList<int> Ends { get; }

    /// <summary>The index of the month that holds a day; -1 for earlier days, the number of months for later ones.</summary>
    public int MonthOf(int day)
    {
        int index = 0;
        while (index < Ends.Count && day > Ends[index])
            index++;
        return index - 1;
    }
}
