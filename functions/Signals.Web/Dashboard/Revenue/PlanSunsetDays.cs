using System.Globalization;
using Signals.Core.Model;

namespace Signals.Web.Dashboard.Revenue;

/// <summary>
/// The days of a plan that ends, in their order: who of the company hears of it, then the customers, then the last order and the end.
/// </summary>
internal sealed class PlanSunsetDays(ValueModel model)
{
    /// <summary>What comes within so many days stands on Today.</summary>
    private const int DaysAhead = 14;

    public static IEnumerable<PlanSunsetDay> Of(Reader reader, PlanSunset sunset) =>
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
                        reader.Say($"exceptions end: {string.Join(", ", exception.Accounts)}")
                    ))
            );

    /// <summary>The last order's day, and its hour where one was said.</summary>
    public static string LastOrder(Reader reader, PlanSunset sunset) =>
        sunset.LastOrderTime is { } hour
            ? reader.Say($"moment|{reader.Day(sunset.LastOrder)}, {hour.ToString("HH:mm", CultureInfo.InvariantCulture)}")
            : reader.Day(sunset.LastOrder);

    /// <summary>What is to be done about plans that end, today and in the next days; nothing on most days.</summary>
    public Html Next(Reader reader)
    {
        var last = reader.Today.AddDays(DaysAhead);
        var next = (
            from sunset in model.PlanSunsets
            from day in Of(reader, sunset)
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
}

/// <param name="Day">When it is.</param>
/// <param name="When">The same as it reads, with the hour where there is one.</param>
/// <param name="What">What happens.</param>
internal sealed record PlanSunsetDay(DateOnly Day, string When, string What);
