using System.Globalization;
using System.Runtime.InteropServices;
using Signals.Core.Platform.Time;
using Signals.Core.State.Histories;

namespace Signals.Core.Response.ValueReports;

/// <summary>A calendar quarter, by UTC days.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Quarter(int Year, int Number)
{
    private const int MonthsOfQuarter = 3;

    public DateOnly First => new(Year, (Number - 1) * MonthsOfQuarter + 1, 1);

    public DateOnly Last => First.AddMonths(MonthsOfQuarter).AddDays(-1);

    public Quarter Before => Number == 1 ? new Quarter(Year - 1, 4) : new Quarter(Year, Number - 1);

    public static Quarter Of(DateOnly day) => new(day.Year, (day.Month - 1) / MonthsOfQuarter + 1);

    /// <summary>Such as 2026-Q3.</summary>
    public static Quarter? Parse(string? text) =>
        text is { Length: 7 }
        && text[4..6] == "-Q"
        && int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out int year)
        && year is >= 2000 and <= 9998
        && text[6] is >= '1' and <= '4'
            ? new Quarter(year, text[6] - '0')
            : null;

    /// <summary>The quarter that a meeting on a day is about: the running one once half of it is over, else the one before.</summary>
    public static Quarter ForMeetingOn(int day)
    {
        var running = Of(Days.Date(day));
        return day - running.First.DayNumber >= 45 ? running : running.Before;
    }

    /// <summary>
    /// The quarters that can be told of, the newest first: a whole day of each is over, the customer was there, and its days are kept.
    /// </summary>
    /// <param name="today">A UTC day.</param>
    /// <param name="firstDay">The customer's first.</param>
    public static IReadOnlyList<Quarter> ToTell(int today, int firstDay)
    {
        var quarters = new List<Quarter>();
        for (
            var one = Of(Days.Date(today));
            one.Last.DayNumber >= firstDay && one.First.DayNumber > today - History.RetentionDays;
            one = one.Before
        )
        {
            if (one.First.DayNumber < today)
                quarters.Add(one);
        }
        return quarters;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-Q{Number}");
}
