using Signals.Core.Daily.Revenue;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Revenue;

/// <summary>
/// Plans that are being retired: how many it is about and what they pay, what ends and by when, who hears of it first, what is guaranteed,
/// who is excepted, what could go wrong, and who still has to move.
/// </summary>
internal sealed class PlanSunsetSections(ValueModel model)
{
    /// <summary>Of who still has to move; the list of accounts has all of them.</summary>
    private const int Shown = 10;

    public Html Of(Reader reader, RevenueMeasures revenue)
    {
        var sections =
            from sunset in model.PlanSunsets
            join measure in revenue.PlanSunsets on sunset.Plan equals measure.Plan
            orderby sunset.Ends
            select One(reader, sunset, measure);
        return model.PlanSunsets.Count == 0 ? Html.Empty : $"""<div id="plan-ends">{sections}</div>""";
    }

    private static Html One(Reader reader, PlanSunset sunset, PlanSunsetMeasure measure)
    {
        int days = sunset.Ends.DayNumber - reader.Today.DayNumber;
        string left = days >= 0 ? reader.Say($"ends in {reader.Count(days, "{0} day", "{0} days")}") : reader.Say("has ended");
        return $"""
            <section class="sunset"><h2>{reader.SayHtml(
                $"The plan {Html.Isolated(sunset.Plan)} ends; {Html.Isolated(sunset.ReplacementPlan)} takes its place")}</h2>
            <p class="lead">{left}, {reader.Day(sunset.Ends)}. {Html.Isolated(sunset.Why.In(reader.Language))}</p>
            {Quantities(reader, sunset, measure)}
            {Warnings(reader, sunset, measure)}
            <div class="columns"><div>{Way(reader, sunset, measure)}</div>
            <div><h3>{reader.Say("What ends")}</h3>{Words(reader, sunset.Varieties)}
            <h3>{reader.Say("What is guaranteed")}</h3>{Words(reader, sunset.Guarantees)}</div></div>
            {Risks(reader, sunset)}
            {Exceptions(reader, sunset, measure)}
            {Left(reader, measure)}
            <details class="behind"><summary>{reader.Say("What customers are told")}</summary>
            <p class="line">{Html.Isolated(sunset.Terms.In(reader.Language))}</p>
            <p class="line">{Html.Isolated(sunset.Differences.In(reader.Language))}</p>{Words(reader, sunset.Steps)}</details>
            </section>
            """;
    }

    private static Html Quantities(Reader reader, PlanSunset sunset, PlanSunsetMeasure measure)
    {
        var figures = new List<Figure>
        {
            new(reader.Say("On the plan now"), reader.Whole(measure.Accounts), reader.Count(measure.People, "{0} person", "{0} people")),
            new(reader.Say("They pay a month"), reader.Money(Math.Round(measure.Revenue))),
        };
        if (sunset.Announced <= reader.Today)
        {
            figures.Add(
                new Figure(
                    reader.Say("Have moved"),
                    reader.Whole(measure.Moved.Count),
                    measure.Moved.Share is { } moved
                        ? reader.Say(
                            $"{reader.Percent(moved)} ({reader.Percent(measure.Moved.Low)} to {reader.Percent(measure.Moved.High)})"
                        )
                        : ""
                )
            );
            figures.Add(new Figure(reader.Say("Went to another plan"), reader.Whole(measure.Elsewhere)));
            figures.Add(new Figure(reader.Say("Left since"), reader.Whole(measure.Gone)));
            if (measure.PaidBefore > 0)
                figures.Add(
                    new Figure(
                        reader.Say("Of who no longer has it"),
                        reader.Money(Math.Round(measure.PaidNow)),
                        reader.Say($"a month, {reader.Money(Math.Round(measure.PaidBefore))} before")
                    )
                );
        }
        Html share = sunset.Announced <= reader.Today ? Sparks.Share(measure.Moved.Count, measure.Moved.Of) : Html.Empty;
        return $"{Figures.Of(figures)}{share}";
    }

    private static Html Warnings(Reader reader, PlanSunset sunset, PlanSunsetMeasure measure)
    {
        string pays = reader.Money(Math.Round(measure.OutlastingRevenue)),
            last = PlanSunsetDays.LastOrder(reader, sunset);
        var told = new List<string>();
        if (measure.Outlasting > 0)
            told.Add(
                reader.Say(
                    Phrase.Counted(
                        measure.Outlasting,
                        $"{measure.Outlasting} contract of {pays} a month runs beyond the end: agree what holds until it renews.",
                        $"{measure.Outlasting} contracts of {pays} a month run beyond the end: agree what holds until they renew."
                    )
                )
            );
        if (measure.OrderedLate > 0)
            told.Add(
                reader.Say(
                    Phrase.Counted(
                        measure.OrderedLate,
                        $"{measure.OrderedLate} account came onto the plan after the last order of {last}.",
                        $"{measure.OrderedLate} accounts came onto the plan after the last order of {last}."
                    )
                )
            );
        return $"""{told.Select(one => Html.Of($"""<p class="note">{one}</p>"""))}""";
    }

    /// <summary>Who hears of it when, and what happens when: what is over is marked as such.</summary>
    private static Html Way(Reader reader, PlanSunset sunset, PlanSunsetMeasure measure) =>
        $"""
            <h3>{reader.Say("The way there")}</h3>
            <ol class="list">{PlanSunsetDays
                .Of(reader, sunset, measure)
                .Select(day => Html.Of($"<li><strong>{day.When}</strong> {Html.Isolated(day.What)}{Over(reader, day)}</li>"))}</ol>
            """;

    private static Html Over(Reader reader, PlanSunsetDay day) =>
        day.Day < reader.Today ? $""" <span class="tag good">{reader.Say("sunset|over")}</span>""" : Html.Empty;

    private static Html Words(Reader reader, IReadOnlyList<LocalText> words) =>
        $"""<ul class="list">{words.Select(word => Html.Of($"<li>{Html.Isolated(word.In(reader.Language))}</li>"))}</ul>""";

    private static Html Risks(Reader reader, PlanSunset sunset) =>
        sunset.Risks.Count == 0
            ? Html.Empty
            : $"""
              <h3>{reader.Say("What could go wrong")}</h3><ul class="list">{sunset.Risks.Select(risk => Html.Of(
                  $"""
                  <li><strong>{Html.Isolated(risk.What.In(reader.Language))}</strong>
                  <p class="line quiet">{Html.Isolated(risk.Answer.In(reader.Language))}</p></li>
                  """))}</ul>
              """;

    private static Html Exceptions(Reader reader, PlanSunset sunset, PlanSunsetMeasure measure)
    {
        if (sunset.Exceptions.Count == 0)
            return Html.Empty;
        var known = measure.Excepted.ToDictionary(account => account.Id, StringComparer.Ordinal);
        var rows = sunset.Exceptions.SelectMany(exception => exception.Accounts.Select(account => (Id: account, Exception: exception)));
        return $"""
            <h3>{reader.Say("Who is excepted")}</h3>
            <div class="scroll" role="region" aria-label="{reader.Say("Who is excepted")}" tabindex="0">
            <table class="scores"><caption class="unseen">{reader.Say("Who is excepted")}</caption>
            <thead><tr><th scope="col">{reader.Say("Account")}</th><th scope="col" class="number">{reader.Say("Pays a month")}</th>
            <th scope="col">{reader.Say("Keeps it until")}</th><th scope="col">{reader.Say("What was agreed")}</th></tr></thead>
            <tbody>{rows.Select(row => Html.Of(
                $"""
                <tr><th scope="row"><a href="{Links.Account(row.Id)}">{Html.Isolated(
                    known.GetValueOrDefault(row.Id)?.Name ?? row.Id)}</a></th>
                <td class="number">{(known.TryGetValue(row.Id, out var account) ? reader.Money(account.Price) : "–")}</td>
                <td>{reader.Day(row.Exception.Until)}</td><td>{Html.Isolated(row.Exception.Terms.In(reader.Language))}</td></tr>
                """))}</tbody></table></div>
            """;
    }

    private static Html Left(Reader reader, PlanSunsetMeasure measure)
    {
        if (measure.Left.Count == 0)
            return $"""<p class="empty">{reader.Say("Nobody has to move any more.")}</p>""";
        string title = reader.Say("Who still has to move"),
            which = measure.Waiting > Shown ? reader.Say($"The {Shown} who pay most of {reader.Whole(measure.Waiting)}.") : "";
        return $"""
            <h3>{title}</h3><p class="line">{which} <a href="{Links.With("/accounts", ("plan", measure.Plan))}">{reader.Say(
                "All accounts on the plan")}</a></p>
            <div class="scroll" role="region" aria-label="{title}" tabindex="0">
            <table class="sunset-accounts"><caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Account")}</th><th scope="col" class="number">{reader.Say("Pays a month")}</th>
            <th scope="col" class="number">{reader.Say("People")}</th><th scope="col">{reader.Say("Renews")}</th></tr></thead>
            <tbody>{measure.Left.Take(Shown).Select(account => Row(reader, account))}</tbody></table></div>
            """;
    }

    private static Html Row(Reader reader, PlanSunsetAccount account)
    {
        Html late = account.OrderedLate ? $""" <span class="tag warn">{reader.Say("after the last order")}</span>""" : Html.Empty;
        return $"""
            <tr><th scope="row"><a href="{Links.Account(account.Id)}">{Html.Isolated(account.Name)}</a>{late}</th>
            <td class="number">{reader.Money(account.Price)}</td><td class="number">{reader.Whole(account.People)}</td>
            <td>{(account.RenewsOn is { } day ? reader.Day(day) : "–")}</td></tr>
            """;
    }
}
