using Signals.Core.Daily.Adoption;
using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Web.Charts;

namespace Signals.Web.Dashboard.Features;

/// <summary>Every feature in the four dimensions, over all accounts whose plan has it.</summary>
internal sealed class FeatureTable(ValueModel model)
{
    public Html Of(Reader reader, ProductMeasures measures)
    {
        var lines =
            from feature in model.Features
            join measure in measures.Features on feature.Id equals measure.Id
            orderby measure.Breadth.Share ?? -1 descending, feature.Key descending
            select Row(reader, feature, measure);
        (string Name, string Note)[] heads =
        [
            (reader.Say("Feature"), ""),
            (reader.Say("feature|Breadth"), reader.Say("who uses it")),
            (reader.Say("Intensity"), reader.Say("how often")),
            (reader.Say("Time to adopt"), reader.Say("how soon")),
            (reader.Say("Duration"), reader.Say("how long")),
        ];
        return $"""
            <div class="scroll" role="region" aria-label="{reader.Say("Adoption")}" tabindex="0">
            <table class="adoption"><caption class="unseen">{reader.Say("Adoption")}</caption>
            <thead><tr>{heads.Select(head => Html.Of($"""<th scope="col">{head.Name} <span class="quiet">{head.Note}</span></th>"""))}</tr>
            </thead>
            <tbody>{lines}</tbody></table></div>
            """;
    }

    private static Html Row(Reader reader, Feature feature, FeatureMeasure measure)
    {
        Html key = feature.Key ? $""" <span class="tag">{reader.Say("key")}</span>""" : Html.Empty;
        string plans = feature.Plans.Count == 0 ? reader.Say("every plan") : string.Join(", ", feature.Plans);
        return $"""
            <tr><th scope="row">{Html.Isolated(feature.Name.In(reader.Language))}{key}<span class="quiet">{Html.Isolated(plans)}</span></th>
            <td>{Breadth(reader, measure)}</td>
            <td>{Cell(
                Uses(reader, measure),
                measure.DaysPerAccount is { } days
                    ? reader.Say($"on {days} of {FeatureUse.Window} days")
                    : "")}</td>
            <td>{Cell(
                Soon(reader, measure),
                measure.Breadth.Of == 0 ? "" : reader.Say(
                    $"{reader.Percent(measure.AdoptedWithin30)} within 30 days"))}</td>
            <td>{Cell(
                Long(reader, measure),
                measure.Ever.Count == 0 ? "" : reader.Say(
                    $"{reader.Percent(measure.KeptAfter90)} after 90 days"))}</td></tr>
            """;
    }

    private static Html Breadth(Reader reader, FeatureMeasure measure)
    {
        if (measure.Breadth.Share is not { } share)
            return $"""<span class="quiet">{reader.Say("nobody’s plan has it")}</span>""";
        string of = reader.Say(
            $"{reader.Whole(measure.Breadth.Count)} of {reader.Whole(measure.Breadth.Of)}; ever {reader.Percent(measure.Ever.Share)}"
        );
        return $"""
            <strong>{reader.Percent(share)}</strong> <span class="quiet">{Interval(reader, measure.Breadth)}</span>
            {Sparks.Share(share, 1)}<span class="quiet">{of}</span>
            """;
    }

    /// <summary>The interval of 95% around a share.</summary>
    public static string Interval(Reader reader, Proportion proportion) =>
        reader.Range(reader.Percent(proportion.Low), reader.Percent(proportion.High));

    private static Html Cell(string value, string note) => $"""<strong>{value}</strong> <span class="quiet">{note}</span>""";

    private static string Uses(Reader reader, FeatureMeasure measure) =>
        measure.UsesPerAccount is { } uses ? reader.Say($"{reader.Amount(uses)} uses an account") : "–";

    private static string Soon(Reader reader, FeatureMeasure measure) =>
        measure switch
        {
            { Breadth.Of: 0 } => "–",
            { DaysToAdopt: 0 } => reader.Say("half on the first day"),
            { DaysToAdopt: { } days } => reader.Say($"half within {reader.Count(days, "{0} day", "{0} days")}"),
            _ => reader.Say("fewer than half"),
        };

    private static string Long(Reader reader, FeatureMeasure measure) =>
        measure switch
        {
            { Ever.Count: 0 } => "–",
            { DaysKept: { } days } => reader.Say($"half stop after {reader.Count(days, "{0} day", "{0} days")}"),
            _ => reader.Say("most keep it"),
        };
}
