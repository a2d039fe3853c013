using Signals.Core.Model;

namespace Signals.Web.Dashboard.Account;

/// <summary>
/// Earlier and now side by side: health tells of a whole window, risk of what changed lately, so that one may be high beside the other.
/// </summary>
internal static class ThenAndNowSection
{
    private const int NowDays = 14;
    private const int EarlierDays = 2 * NowDays;

    /// <summary>Health from here on seems to contradict a risk.</summary>
    private const int GoodHealth = 60;

    public static Html Of(Reader reader, AccountFile file)
    {
        if (file.Review is not { Left: false } review || review.Assessment.Risk.Level < RiskLevel.Watch)
            return Html.Empty;
        int yesterday = file.Context.Yesterday,
            now = yesterday - NowDays + 1,
            earlier = now - EarlierDays;
        if (file.Usage.FirstDay is not { } first || first > earlier)
            return Html.Empty;
        // Of as many days each: of two earlier fortnights the mean.
        Fortnight after = Of(file, now, yesterday),
            before = Fortnight.Mean(Of(file, earlier, earlier + NowDays - 1), Of(file, earlier + NowDays, now - 1));
        Html why =
            review.Assessment.Health.Score >= GoodHealth && review.Assessment.Risk.Level >= RiskLevel.AtRisk
                ? $"""
                    <p class="note">{reader.Say(
                        $"Health ({review.Assessment.Health.Score}) looks at {file.Model.Value.Floor.Days} whole days, the risk "
                            + $"({review.Assessment.Risk.Score}) at what changed lately: that is why both can be high.")}</p>
                    """
                : Html.Empty;
        string title = reader.Say("Earlier and now");
        return $"""
            <section><h2>{title}</h2>{why}
            <div class="scroll" role="region" aria-label="{title}" tabindex="0">
            <table class="then"><caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("In two weeks")}</th>
            <th scope="col" class="number">{reader.Say("Earlier")} <span class="quiet">{Span(reader, earlier, now - 1)}</span></th>
            <th scope="col" class="number">{reader.Say("Now")} <span class="quiet">{Span(reader, now, yesterday)}</span></th>
            <th scope="col" class="number">{reader.Say("earlier|Change")}</th></tr></thead>
            <tbody>
            {Row(reader, reader.Say($"Value, {file.Model.Value.Unit}"), before.Value, after.Value)}
            {Row(reader, reader.Say("Days with value"), before.Days, after.Days)}
            {(before.People + after.People > 0
                ? Row(reader, reader.Say("Visits: people, each day they came"), before.People, after.People)
                : Html.Empty)}
            {Row(reader, reader.Say("Key features used"), before.Features, after.Features)}
            </tbody></table></div></section>
            """;
    }

    private static string Span(Reader reader, int from, int to) =>
        $"{reader.ShortDay(Core.Platform.Time.Days.Date(from))} – {reader.ShortDay(Core.Platform.Time.Days.Date(to))}";

    private static Html Row(Reader reader, string name, double before, double after)
    {
        double? change = before > 0 ? after / before - 1 : null;
        string tone = change <= -0.25 ? "critical" : "";
        return $"""
            <tr><th scope="row">{name}</th><td class="number">{reader.Amount(before)}</td><td class="number">{reader.Amount(after)}</td>
            <td class="number"><span class="tone {tone}">{reader.Change(change)}</span></td></tr>
            """;
    }

    private static Fortnight Of(AccountFile file, int from, int to) =>
        new(
            Math.Max(0, file.Usage.Value(from, to)),
            file.Usage.ValueDays(from, to),
            file.Usage.Buckets.Where(bucket => bucket.Day >= from && bucket.Day <= to).Sum(bucket => bucket.People),
            file.Model.FeaturesOf(file.Facts.Plan).Count(feature => feature.Key && file.Usage.Count(feature.Events, from, to) > 0)
        );

    private sealed record Fortnight(double Value, double Days, double People, double Features)
    {
        public static Fortnight Mean(Fortnight one, Fortnight other) =>
            new(
                (one.Value + other.Value) / 2,
                (one.Days + other.Days) / 2,
                (one.People + other.People) / 2,
                (one.Features + other.Features) / 2
            );
    }
}
