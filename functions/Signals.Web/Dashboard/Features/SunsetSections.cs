using Signals.Core.Daily.Adoption;
using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Features;

/// <summary>What is being retired, who has moved, and who still has to.</summary>
internal sealed class SunsetSections(ValueModel model, ModelWords words)
{
    public IEnumerable<Html> Of(Reader reader, ProductMeasures measures) =>
        from sunset in model.Sunsets
        join measure in measures.Sunsets on sunset.Feature equals measure.Feature
        orderby sunset.Ends
        select One(reader, sunset, measure);

    private Html One(Reader reader, Sunset sunset, SunsetMeasure measure)
    {
        string name = words.Kind(reader, sunset.Feature)!,
            replacement = words.Kind(reader, sunset.ReplacementFeature)!;
        int days = sunset.Ends.DayNumber - reader.Today.DayNumber;
        string left = days >= 0 ? reader.Say($"ends in {reader.Count(days, "{0} day", "{0} days")}") : reader.Say("has ended");
        return $"""
            <section class="sunset"><h2>{Html.Isolated(name)} → {Html.Isolated(replacement)}</h2>
            <p class="lead">{left}, {reader.Day(sunset.Ends)}. {Html.Isolated(sunset.Why.In(reader.Language))}</p>
            {Figures.Of(
                new Figure(
                    reader.Say("Have moved"), reader.Whole(measure.Moved.Count),
                    measure.Moved.Share is { } share ? reader.Percent(share) : ""),
                new Figure(reader.Say("Use both"), reader.Whole(measure.Moving)),
                new Figure(reader.Say("Have not moved"), reader.Whole(measure.Waiting)))}
            {Sparks.Share(measure.Moved.Count, measure.Moved.Of)}
            {Left(reader, sunset, measure)}
            {Arrived(reader, measure)}
            </section>
            """;
    }

    private static Html Left(Reader reader, Sunset sunset, SunsetMeasure measure)
    {
        if (measure.Left.Count == 0)
        {
            string nobody =
                measure.Moved.Of > 0
                    ? reader.Say("Everybody who used it has moved.")
                    : reader.Say("Nobody uses it, so nobody has to move.");
            return $"""<p class="empty">{nobody}</p>""";
        }
        int all = measure.Moving + measure.Waiting;
        string which = all > measure.Left.Count ? reader.Say($"The {measure.Left.Count} who pay most of {reader.Whole(all)}.") : "";
        var everybody = Links.With("/causes/feature-sunset", ("about", sunset.Feature));
        return $"""
            <h3>{reader.Say("Who still has to move")}</h3>
            <p class="line">{which} <a href="{everybody}">{reader.Say("Accounts that this holds back")}</a></p>
            {Table(reader, measure.Left, reader.Say("Who still has to move"))}
            """;
    }

    private static Html Arrived(Reader reader, SunsetMeasure measure) =>
        measure.Arrived.Count == 0
            ? Html.Empty
            : $"""
        <details class="behind">
        <summary>{reader.Say("Who has moved")}</summary>{Table(
            reader, measure.Arrived, reader.Say("Who has moved"))}</details>
        """;

    private static Html Table(Reader reader, IReadOnlyList<SunsetAccount> accounts, string caption) =>
        $"""
            <table class="sunset-accounts"><caption class="unseen">{caption}</caption>
            <thead><tr><th scope="col">{reader.Say("Account")}</th>
            <th scope="col" class="number">{reader.Say("Pays a month")}</th>
            <th scope="col">{reader.Say("Last used")}</th>
            <th scope="col">{reader.Say("Uses the replacement")}</th></tr></thead>
            <tbody>{accounts.Select(account => Row(reader, account))}</tbody></table>
            """;

    private static Html Row(Reader reader, SunsetAccount account) =>
        $"""
            <tr><th scope="row"><a href="{Links.Account(account.Id)}">{Html.Isolated(account.Name)}</a></th>
            <td class="number">{reader.Money(account.Price)}</td>
            <td>{reader.Day(account.LastUsed)}</td><td>{Since(reader, account)}</td></tr>
            """;

    private static string Since(Reader reader, SunsetAccount account) =>
        account.ReplacedSince is { } day ? reader.Say($"since {reader.Day(day)}") : reader.Say("not yet");
}
