using Signals.Core.Diagnosis.Causes.UsageDrop;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Account;

/// <summary>
/// The drawings behind the evidence: value by day against the floor, before and after a drop, an obstacle's rate against the norm.
/// </summary>
internal static class CauseCharts
{
    private const int Days90 = 90;
    private const int Week = 7;
    private const int Weeks = 13;

    /// <summary>Rates are told for so many units of value: for one they would be tiny.</summary>
    private const int RateUnits = 100;

    /// <summary>
    /// Value by day, smoothed over a week, against what everybody at the floor would bring; with the days on which causes began.
    /// </summary>
    public static Html Value(Reader reader, AccountFile file)
    {
        if (file.Usage.FirstDay is not { } first || file.Usage.NewestDay is null)
            return Html.Empty;
        int last = file.Context.Today,
            from = Math.Max(Math.Min(first + Week - 1, last), last - Days90 + 1);
        var days = Enumerable.Range(from, last - from + 1).ToList();
        var floor = file.Model.Value.Floor;
        int people = Math.Max(1, file.Review?.People.Reviewed ?? 1);
        var text = new ChartText(
            reader.Say("Value a day, mean of seven days"),
            reader.Say("Day"),
            [.. days.Select(day => reader.ShortDay(Days.Date(day)))],
            reader.Amount
        )
        {
            Unit = file.Model.Value.Unit,
        };
        var series = new Series(
            reader.Say("Value a day"),
            [.. days.Select(day => (double?)Math.Round(file.Usage.Value(day - Week + 1, day) / Week, 2))]
        );
        var reference = new ReferenceLine(
            reader.Say($"The floor, for {reader.Count(people, "{0} person", "{0} people")}"),
            Math.Round(floor.Amount * people / floor.Days, 2)
        );
        return LineChart.Of(reader.Charts, text, [series], reference, Marks(reader, file, from, last));
    }

    /// <summary>The drawing that belongs to a cause; empty where its evidence says it all.</summary>
    public static Html Of(Reader reader, AccountFile file, FoundCause cause) =>
        cause.Id switch
        {
            CauseIds.UsageDrop => Drop(reader, file),
            CauseIds.Friction => Rate(reader, file, cause.Detail),
            _ => Html.Empty,
        };

    private static Html Drop(Reader reader, AccountFile file)
    {
        int days = UsageDropSettings.Of(file.Model).Days,
            last = file.Context.Yesterday,
            from = last - days + 1;
        int earlier = Math.Max(file.Usage.FirstDay ?? from, from - (3 * days));
        if (earlier >= from)
            return Html.Empty;
        double before = file.Usage.Value(earlier, from - 1) / (from - earlier),
            after = file.Usage.Value(from, last) / days;
        var text = new ChartText(
            reader.Say("Value a day, before and since"),
            reader.Say("Time"),
            [],
            value => $"{reader.Amount(value)} {file.Model.Value.Unit}"
        );
        return HorizontalBars.Of(
            text,
            reader.Say("Value a day"),
            [
                new BarRow($"{reader.Say("Before")}", before) { Note = $"{Span(reader, earlier, from - 1)}" },
                new BarRow($"{reader.Say("Since")}", after) { Note = $"{Span(reader, from, last)}", Tone = "critical" },
            ]
        );
    }

    private static Html Rate(Reader reader, AccountFile file, string? kind)
    {
        if (file.Model.Friction.FirstOrDefault(known => known.Id == kind) is not { } friction || file.Usage.FirstDay is not { } first)
            return Html.Empty;
        int last = file.Context.Yesterday;
        var weeks = Enumerable.Range(0, Weeks).Select(i => last - ((Weeks - i) * Week) + 1).Where(start => start + Week > first).ToList();
        var rates = weeks
            .Select(start =>
            {
                double value = file.Usage.Value(start, start + Week - 1);
                return value <= 0
                    ? (double?)null
                    : Math.Round(RateUnits * file.Usage.Count(friction.Events, start, start + Week - 1) / value, 2);
            })
            .ToList();
        if (rates.All(rate => rate is null))
            return Html.Empty;
        var norm = file.Context.Norms.Friction(friction.Id, file.Context.Cohort);
        var text = new ChartText(
            reader.Say($"{friction.Name}, for each {RateUnits} {file.Model.Value.Unit}"),
            reader.Say("Week of"),
            [.. weeks.Select(start => reader.ShortDay(Days.Date(start)))],
            value => reader.Amount(value, 2)
        )
        {
            Unit = reader.Say("by week"),
        };
        return LineChart.Of(
            reader.Charts,
            text,
            [new Series(friction.Name, rates) { Tone = "critical" }],
            norm is null ? null : new ReferenceLine(reader.Say("Usual among customers like them"), Math.Round(RateUnits * norm.Rate, 2))
        );
    }

    /// <summary>The days on which what holds the account back began, the surest causes first.</summary>
    private static List<ChartMark> Marks(Reader reader, AccountFile file, int from, int last) =>
        [
            .. file
                .Causes.Select(cause => (cause.Id, Since: cause.Evidence.Count > 0 ? cause.Evidence[0].Since : null))
                .Where(cause => cause.Since is { } day && day.DayNumber > from && day.DayNumber <= last)
                .DistinctBy(cause => cause.Since)
                .Take(2)
                .Select(cause => new ChartMark(cause.Since!.Value.DayNumber - from, CauseWords.Name(reader, cause.Id))),
        ];

    private static string Span(Reader reader, int from, int to) => $"{reader.ShortDay(Days.Date(from))} – {reader.ShortDay(Days.Date(to))}";
}
