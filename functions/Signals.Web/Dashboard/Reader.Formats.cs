using System.Globalization;

namespace Signals.Web.Dashboard;

/// <summary>How numbers, money and moments read in the reader's language and time zone.</summary>
internal sealed partial class Reader
{
    private const string Unknown = "–";

    /// <summary>1,234 or 1 234.</summary>
    public string Whole(long number) => _language.Number(number, "#,##0");

    /// <summary>An amount as exact as is useful: whole from 100 on, else with a decimal where it has one.</summary>
    public string Amount(double amount) => Math.Abs(amount) >= 100 ? Amount(amount, 0) : Amount(amount, 1);

    /// <summary>An amount with that many decimals at most.</summary>
    public string Amount(double amount, int decimals)
    {
        // Adding nought takes the sign off what rounds to nought: nobody reads "-0".
        double shown = Math.Round(amount, decimals, MidpointRounding.AwayFromZero) + 0.0;
        return _language.Number(shown, "#,##0." + new string('#', decimals));
    }

    /// <summary>A share, 0 to 1; a dash where it is unknown.</summary>
    public string Percent(double? share) => share is { } known ? _language.Percent(_language.Number(known * 100, "#,##0")) : Unknown;

    /// <summary>An interval, its ends as they read.</summary>
    public string Range(string low, string high) => Say($"{low} to {high}");

    /// <summary>A share with a decimal, where a tenth of a per cent tells.</summary>
    public string PercentFine(double share) => _language.Percent(_language.Number(share * 100, "#,##0.#"));

    /// <summary>A change, with its sign: +12% or −3%.</summary>
    public string Change(double? change) =>
        change is { } known ? _language.Percent(_language.Number(known * 100, "+#,##0;−#,##0;0")) : Unknown;

    /// <summary>Money in the model's currency.</summary>
    public string Money(double amount) => _language.Number(amount, "#,##0.##") + " " + Currency;

    /// <summary>A price a month.</summary>
    public string Price(double price) => price == 0 ? Say("free") : Say($"{Money(price)} a month");

    /// <summary>3 Nov 2026 or 3 nov. 2026.</summary>
    public string Day(DateOnly day) => _language.Day(day);

    /// <summary>The day of a moment, where they are.</summary>
    public string Day(DateTimeOffset moment) => Day(DayOf(moment));

    /// <summary>3 Nov or 3 nov.</summary>
    public string ShortDay(DateOnly day) => _language.ShortDay(day);

    /// <summary>Tuesday 3 November or mardi 3 novembre.</summary>
    public string LongDay(DateOnly day) => _language.LongDay(day);

    /// <summary>November 2026 or novembre 2026.</summary>
    public string Month(DateOnly day) => _language.Month(day);

    /// <summary>3 Nov 2026, 14:05, where they are.</summary>
    public string Moment(DateTimeOffset moment) => Say($"moment|{Day(moment)}, {Clock(moment)}");

    /// <summary>14:05, where they are.</summary>
    public string Clock(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The day it was for them.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);

    /// <summary>When a day begins where they are.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight));
    }

    /// <summary>The last minute of a day where they are.</summary>
    public DateTimeOffset EndOf(DateOnly day) => StartOf(day.AddDays(1)).AddMinutes(-1);

    /// <summary>
    /// How long ago a moment is, or how far ahead: 5 minutes ago, in 3 days; the day itself when it is more than a month away.
    /// </summary>
    public string Ago(DateTimeOffset moment)
    {
        var distance = Now - moment;
        bool isPast = distance >= TimeSpan.Zero;
        distance = distance.Duration();
        long minutes = (long)distance.TotalMinutes,
            hours = (long)distance.TotalHours,
            days = (long)distance.TotalDays;
        return (isPast, minutes, hours, days) switch
        {
            (_, 0, _, _) => Say("just now"),
            (_, _, _, > 30) => Day(moment),
            (true, _, 0, _) => Count(minutes, "{0} minute ago", "{0} minutes ago"),
            (true, _, _, 0) => Count(hours, "{0} hour ago", "{0} hours ago"),
            (true, _, _, _) => Count(days, "{0} day ago", "{0} days ago"),
            (false, _, 0, _) => Count(minutes, "ahead|in {0} minute", "ahead|in {0} minutes"),
            (false, _, _, 0) => Count(hours, "ahead|in {0} hour", "ahead|in {0} hours"),
            _ => Count(days, "ahead|in {0} day", "ahead|in {0} days"),
        };
    }

    /// <summary>How long ago a moment is, with the moment itself behind it.</summary>
    public Html TimeAgo(DateTimeOffset moment) => Time(moment, Ago(moment));

    /// <summary>A moment's day, with the moment itself behind it.</summary>
    public Html TimeDay(DateTimeOffset moment) => Time(moment, Day(moment));

    private Html Time(DateTimeOffset moment, string text) =>
        $"""
        <time datetime="{moment.UtcDateTime.ToString(
            "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}" title="{Moment(moment)}">{text}</time>
        """;
}
