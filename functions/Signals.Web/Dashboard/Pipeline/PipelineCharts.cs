using Signals.Core.Intake.Monitoring;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Events a minute, and how long they wait to be folded.</summary>
internal static class PipelineCharts
{
    public static Html Of(Reader reader, PipelineSpan span, IReadOnlyList<MinuteCount> minutes)
    {
        var places = minutes.Chunk(span.Together).Select(chunk => chunk.Aggregate((sum, minute) => sum + minute)).ToList();
        string along = reader.Say("clock|Time");
        string[] names = [.. places.Select(place => reader.Clock(place.Minute))];
        var events = new ChartText(reader.Say("Events a minute"), along, names, value => reader.Amount(value));
        var lag = new ChartText(reader.Say("Longest wait until folded"), along, names, value => reader.Amount(value, 2))
        {
            Unit = reader.Say("seconds"),
        };
        Series[] counted =
        [
            new(reader.Say("Accepted"), Rates(places, span, place => place.Accepted)),
            new(reader.Say("Folded"), Rates(places, span, place => place.Folded)),
            new(reader.Say("Quarantined"), Rates(places, span, place => place.Quarantined)),
        ];
        Series[] waited = [new(reader.Say("Seconds"), [.. places.Select(place => place.LongestLag?.TotalSeconds)])];
        var quiet = minutes.All(minute => minute.Accepted + minute.Folded + minute.Duplicates + minute.Quarantined == 0)
            ? $"""<p class="empty">{reader.Say("No events came in this time.")}</p>"""
            : Html.Empty;
        return $"""
            <section aria-labelledby="rates"><h2 id="rates">{reader.Say("Lately")}</h2>
            <p class="more">{Choice(span, "hour", reader.Say("The last hour"))} {Choice(
                span, "day", reader.Say("The last 24 hours"))}</p>
            {quiet}
            <div class="columns">{LineChart.Of(reader.Charts, events, counted)}{LineChart.Of(reader.Charts, lag, waited)}</div></section>
            """;
    }

    private static Html Choice(PipelineSpan span, string name, string text) =>
        span.Name == name
            ? Html.Of($"<strong>{text}</strong>")
            : Html.Of($"""<a href="{Links.With(PipelineAddresses.Overview, ("span", name))}">{text}</a>""");

    private static IReadOnlyList<double?> Rates(List<MinuteCount> places, PipelineSpan span, Func<MinuteCount, long> count) =>
        [.. places.Select(place => (double?)((double)count(place) / span.Together))];
}
