using System.Globalization;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Revenue;
using Signals.Core.Model;

namespace Signals.Web.Dashboard.Revenue;

/// <summary>
/// The days of a plan that ends, in their order: who of the company hears of it, then the customers, then the last order and the end.
/// </summary>
internal sealed class PlanSunsetDays(ValueModel model, MeasurePass pass)
{
    /// <summary>What comes within so many days stands on Today.</summary>
    private const int DaysAhead = 14;

    /// <param name="reader">In whose language.</param>
    /// <param name="sunset">The plan that ends.</param>
    /// <param name="measure">Knows excepted accounts by name; null before anything was measured.</param>
    public static IEnumerable<PlanSunsetDay> Of(Reader reader, PlanSunset sunset, PlanSunsetMeasure? measure) =>
        sunset
            .TellFirst.Select(told => new PlanSunsetDay(
                told.On,
                reader.Day(told.On),
                reader.Say($"{told.Who.In(reader.Language)} hear of it, before customers do")
            ))
            .Append(new PlanSunsetDay(sunset.Announced, reader.Day(sunset.Announced), reader.Say("customers are told")))
            .Append(new PlanSunsetDay(sunset.LastOrder, LastOrder(reader, sunset), reader.Say("the last order is taken")))
            .Append(new PlanSunsetDay(sunset.Ends, reader.Day(sunset.Ends), reader.Say("the plan ends")))
            .Concat(
                sunset
                    .Exceptions.OrderBy(exception => exception.Until)
                    .Select(exception => new PlanSunsetDay(
                        exception.Until,
                        reader.Day(exception.Until),
                        reader.Say($"exceptions end: {string.Join(", ", exception.Accounts.Select(id => NameOf(id, measure)))}")
                    ))
            );

    /// <summary>The last order's day, and its hour where one was said.</summary>
    public static string LastOrder(Reader reader, PlanSunset sunset) =>
        sunset.LastOrderTime is { } hour
            ? reader.Say($"moment|{reader.Day(sunset.LastOrder)}, {hour.ToString("HH:mm", CultureInfo.InvariantCulture)}")
            : reader.Day(sunset.LastOrder);

    /// <summary>What is to be done about plans that end, today and in the next days; nothing on most days.</summary>
    public async Task<Html> NextAsync(Reader reader, CancellationToken cancellationToken)
    {
        if (model.PlanSunsets.Count == 0)
            return Html.Empty;
        var measures = (await pass.ReadRevenueAsync(cancellationToken))?.PlanSunsets ?? [];
        var last = reader.Today.AddDays(DaysAhead);
        var next = (
            from sunset in model.PlanSunsets
            from day in Of(reader, sunset, measures.FirstOrDefault(measure => measure.Plan == sunset.Plan))
            where day.Day >= reader.Today && day.Day <= last
            orderby day.Day
            select Html.Of(
                $"""
                <li><strong>{day.When}</strong> {Html.Isolated(sunset.Plan)}: {day.What}. <a href="/revenue#plan-ends">{reader.Say(
                    "The whole plan of it")}</a></li>
                """
            )
        ).ToList();
        return next.Count == 0
            ? Html.Empty
            : $"""<section id="plan-days"><h2>{reader.Say("Plans that end: what comes next")}</h2><ul class="list">{next}</ul></section>""";
    }

    private static string NameOf(string account, PlanSunsetMeasure? measure) =>
        measure?.Excepted.FirstOrDefault(known => known.Id == account)?.Name ?? account;
}

/// <param name="Day">When it is.</param>
/// <param name="When">The same as it reads, with the hour where there is one.</param>
/// <param name="What">What happens.</param>
internal sealed record PlanSunsetDay(DateOnly Day, string When, string What);
