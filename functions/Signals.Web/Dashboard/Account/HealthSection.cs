using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Account;

/// <summary>How the account is: the score and the three dimensions it is made of, and how it moved.</summary>
internal static class HealthSection
{
    private const int TrailDays = 90;

    public static Html Of(Reader reader, AccountFile file)
    {
        if (file.Review is not { } review)
            return Html.Empty;
        var health = review.Assessment.Health;
        Html raise = health.Raise is { } advice
            ? $"""
              <p class="note">{reader.Say(
                  $"Most to gain, {advice.Points} points:")} {Html.Isolated(reader.Say(advice.Text))}</p>
              """
            : Html.Empty;
        return $"""
            <section><h2>{reader.Say("Health")}</h2>
            <div class="columns">
            <div>
            <dl class="figures">
            <div><dt>{reader.Say("Health")}</dt><dd>{health.Score} <span class="quiet">{reader.Say("of 100")}</span>
            </dd></div>
            <div><dt>{reader.Say("Value, last 14 days")}</dt><dd>{reader.Change(health.Trend)}</dd></div>
            <div><dt>{reader.Say("Value per price")}</dt><dd>{Worth(reader, file, health)}</dd></div>
            </dl>
            {Parts(reader, file, health)}
            {raise}{KnownSince(reader, file)}
            </div>
            <div>{Moves(reader, review.Trail, file.Context.Today)}
            {CauseCharts.Value(reader, file)}</div>
            </div></section>
            """;
    }

    private static Html Worth(Reader reader, AccountFile file, HealthScore health)
    {
        if (health.ValuePerPrice is not { } value)
            return $"–";
        Html against = health.Worth is { } share
            ? $"""
               <span class="quiet">{reader.Say(
                   $"more than {reader.Percent(share)} of customers like them")}</span>
              """
            : Html.Empty;
        return $"""{reader.Amount(value, 2)} <span class="quiet">{file.Model.Value.Unit}/{file.Model.Currency}</span>{against}""";
    }

    private static Html Parts(Reader reader, AccountFile file, HealthScore health)
    {
        if (health.Parts.Count == 0)
            return $"""
                <p class="empty">{reader.Say("No dimension can be measured yet.")}</p>
                """;
        var rows = health.Parts.Select(part =>
            Html.Of(
                $"""
            <tr><th scope="row">{Name(reader, part)}<span class="under">{Amount(reader, part)}</span></th>
            <td class="number">{PerPrice(reader, file, part)}</td>
            <td class="number">{(part.Standing is { } standing ? reader.Percent(standing) : "–")}</td>
            <td class="points"><span>{(part.Most == 0
                ? "–"
                : reader.Say($"{part.Points} of {part.Most}"))}</span>{Sparks.Share(
                    part.Points, part.Most)}</td></tr>
            """
            )
        );
        return $"""
            <table class="parts"><caption class="unseen">{reader.Say("What health is made of")}</caption>
            <thead><tr><th scope="col">{reader.Say("Dimension")}</th>
            <th scope="col" class="number">{reader.Say($"For each 100 {file.Model.Currency}")}</th>
            <th scope="col" class="number">{reader.Say("Better than")}</th>
            <th scope="col">{reader.Say("Points")}</th></tr></thead>
            <tbody>{rows}</tbody></table>
            """;
    }

    private static string Name(Reader reader, HealthPart part) =>
        part.Id switch
        {
            HealthPart.Depth => reader.Say("Depth"),
            HealthPart.Breadth => reader.Say("Breadth"),
            HealthPart.Start => reader.Say("Start"),
            _ => reader.Say("Reach"),
        };

    private static string Amount(Reader reader, HealthPart part)
    {
        string amount = reader.Amount(part.Amount),
            of = part.Of is { } most ? reader.Amount(most) : "";
        return part.Id switch
        {
            HealthPart.Depth => reader.Say($"{amount} of {of} paid key features used"),
            HealthPart.Breadth => reader.Say($"{amount} of {of} seats active"),
            HealthPart.Start => reader.Say($"{amount} of {of} done: set-up steps and first value"),
            _ => reader.Say($"{amount} of their own customers reached"),
        };
    }

    private static string PerPrice(Reader reader, AccountFile file, HealthPart part) =>
        file.Facts.Price > 0 && part.PerPrice is { } amount ? reader.Amount(amount, 2) : "–";

    private static Html KnownSince(Reader reader, AccountFile file)
    {
        if (file.Usage.FirstDay is null || file.Context.KnowsValueFrom(0))
            return Html.Empty;
        string day = reader.Day(Days.Date(file.Context.ValueKnownSince));
        return $"""
            <p class="note">{reader.Say(
                $"Value is wholly known since {day}: what counts as value was extended that day.")}</p>
            """;
    }

    /// <summary>Health and risk by day: each point of the trail holds until the next.</summary>
    private static Html Moves(Reader reader, Trail trail, int today)
    {
        if (trail.Points.Count == 0)
            return Html.Empty;
        int from = Math.Max(trail.Points[0].Day, today - TrailDays + 1);
        if (from > today)
            return Html.Empty;
        var days = Enumerable.Range(from, today - from + 1).ToList();
        var points = days.Select(day => trail.Points.Last(point => point.Day <= day)).ToList();
        var text = new ChartText(
            reader.Say("Health and risk"),
            reader.Say("Day"),
            [.. days.Select(day => reader.ShortDay(Days.Date(day)))],
            value => reader.Whole((long)value)
        )
        {
            Unit = reader.Say("0 to 100"),
        };
        return LineChart.Of(
            reader.Charts,
            text,
            [
                new Series(reader.Say("Health"), [.. points.Select(point => (double?)point.Health)]) { Tone = "healthy" },
                new Series(reader.Say("Risk"), [.. points.Select(point => (double?)point.Score)]) { Tone = "critical" },
            ]
        );
    }
}
