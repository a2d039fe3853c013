using System.Globalization;

namespace Signals.Web.Dashboard;

/// <summary>How numbers, money and moments read in the reader's language and time zone.</summary>
internal sealed partial class Reader
{
    private const string Unknown = "–";

    /// <summary>Between a French number's groups, and before its signs.</summary>
    private const string NarrowSpace = "\u202f";

    private static readonly string[] EnglishMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly string[] FrenchMonths =
    [
        "janv.",
        "févr.",
        "mars",
        "avr.",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ];
    private static readonly string[] EnglishDays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    private static readonly string[] FrenchDays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

    private static readonly string[] FrenchFullMonths =
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];

    private static readonly string[] EnglishFullMonths =
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];

    /// <summary>1,234 or 1 234.</summary>
    public string Whole(long number) => Localized(number.ToString("#,##0", CultureInfo.InvariantCulture));

    /// <summary>An amount as exact as is useful: whole from 100 on, else with a decimal where it has one.</summary>
    public string Amount(double amount) => Math.Abs(amount) >= 100 ? Amount(amount, 0) : Amount(amount, 1);

    /// <summary>An amount with that many decimals at most.</summary>
    public string Amount(double amount, int decimals)
    {
        // Adding nought takes the sign off what rounds to nought: nobody reads "-0".
        double shown = Math.Round(amount, decimals, MidpointRounding.AwayFromZero) + 0.0;
        return Localized(shown.ToString("#,##0." + new string('#', decimals), CultureInfo.InvariantCulture));
    }

    /// <summary>A share, 0 to 1; a dash where it is unknown.</summary>
    public string Percent(double? share) =>
        share is { } known ? Localized((known * 100).ToString("#,##0", CultureInfo.InvariantCulture)) + PercentSign : Unknown;

    /// <summary>A change, with its sign: +12% or −3%.</summary>
    public string Change(double? change) =>
        change is { } known ? Localized((known * 100).ToString("+#,##0;−#,##0;0", CultureInfo.InvariantCulture)) + PercentSign : Unknown;

    /// <summary>Money in the model's currency.</summary>
    public string Money(double amount) => Localized(amount.ToString("#,##0.##", CultureInfo.InvariantCulture)) + " " + Currency;

    /// <summary>A price a month.</summary>
    public string Price(double price) => price == 0 ? Say("free", "gratuit") : Money(price) + Say(" a month", " par mois");

    /// <summary>3 Nov 2026 or 3 nov. 2026.</summary>
    public string Day(DateOnly day) => $"{ShortDay(day)} {day.Year}";

    /// <summary>The day of a moment, where they are.</summary>
    public string Day(DateTimeOffset moment) => Day(DayOf(moment));

    /// <summary>3 Nov or 3 nov.</summary>
    public string ShortDay(DateOnly day) =>
        IsFrench ? $"{FrenchDay(day)} {FrenchMonths[day.Month - 1]}" : $"{day.Day} {EnglishMonths[day.Month - 1]}";

    /// <summary>Tuesday 3 November or mardi 3 novembre.</summary>
    public string LongDay(DateOnly day) =>
        IsFrench
            ? $"{FrenchDays[(int)day.DayOfWeek]} {FrenchDay(day)} {FrenchFullMonths[day.Month - 1]}"
            : $"{EnglishDays[(int)day.DayOfWeek]} {day.Day} {EnglishFullMonths[day.Month - 1]}";

    private static string FrenchDay(DateOnly day) => day.Day == 1 ? "1er" : day.Day.ToString(CultureInfo.InvariantCulture);

    /// <summary>November 2026 or novembre 2026.</summary>
    public string Month(DateOnly day) => $"{(IsFrench ? FrenchFullMonths : EnglishFullMonths)[day.Month - 1]} {day.Year}";

    /// <summary>3 Nov 2026, 14:05, where they are.</summary>
    public string Moment(DateTimeOffset moment) => $"{Day(moment)}{Say(", ", " à ")}{Clock(moment)}";

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
        string? length =
            distance.TotalMinutes < 1 ? null
            : distance.TotalHours < 1 ? Count((long)distance.TotalMinutes, "minute", "minutes", "minute", "minutes")
            : distance.TotalDays < 1 ? Count((long)distance.TotalHours, "hour", "hours", "heure", "heures")
            : distance.TotalDays < 31 ? Count((long)distance.TotalDays, "day", "days", "jour", "jours")
            : Day(moment);
        if (length is null)
            return Say("just now", "à l’instant");
        return distance.TotalDays >= 31 ? length
            : isPast ? Say($"{length} ago", $"il y a {length}")
            : Say($"in {length}", $"dans {length}");
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

    private string PercentSign => IsFrench ? NarrowSpace + "%" : "%";

    private string Localized(string number) =>
        IsFrench
            ? string.Create(
                number.Length,
                number,
                (text, given) =>
                {
                    for (int i = 0; i < text.Length; i++)
                        text[i] = given[i] switch
                        {
                            ',' => NarrowSpace[0],
                            '.' => ',',
                            var same => same,
                        };
                }
            )
            : number;
}
