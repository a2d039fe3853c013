using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Web.Dashboard.Accounts;
using Signals.Web.Dashboard.Retention;

namespace Signals.Web.Dashboard.Segments;

/// <summary>The model's own segments: who is in each, what is true of them, and one side by side with all others.</summary>
internal sealed class SegmentsPage(
    MeasurePass pass,
    ValueModel model,
    OwnSegments segments,
    SegmentTerms terms,
    SegmentComparison comparison
) : IDashboardPage
{
    public const string Path = "/segments";
    public const string CsvPath = Path + ".csv";

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        string title = reader.Say("Segments compared");
        string lead = reader.Say("Accounts that have something in common, as the value model says, each beside all the others.");
        if (!segments.Any)
            return new DashboardPage(title, $"{Back(reader)}{Heading.Of(title, lead)}{None(reader)}");
        var measures = await pass.ReadAsync(request.Cancellation);
        var own = await pass.ReadOwnAsync(request.Cancellation);
        string? chosen = OwnSegments.Of(request);
        return new DashboardPage(
            title,
            $"""
            {Back(reader)}
            {Heading.Of(title, lead, Downloads.Csv(reader, CsvPath))}
            {MeasuredAt.Of(reader, measures)}
            {segments.Unknown(reader, chosen)}
            {Table(reader, own)}
            {(chosen is not null && model.SegmentOf(chosen) is { } segment ? Compared(reader, segment, own) : Html.Empty)}
            """
        );
    }

    private static Html Back(Reader reader) => Heading.Back("/retention", reader.Say("Retention"));

    private static Html None(Reader reader) =>
        $"""
            <p class="empty">{reader.Say(
                "The value model names no segments. They stand under “segments”: by plan, trait, price, what was done, "
                    + "and how people feel.")}</p>
            """;

    private Html Table(Reader reader, OwnSegmentMeasures own)
    {
        string caption = reader.Say("Segments");
        return $"""
            <div class="scroll" role="region" aria-label="{caption}" tabindex="0">
            <table class="scores"><caption class="unseen">{caption}</caption>
            <thead><tr><th scope="col">{reader.Say("Segment")}</th>
            <th scope="col" class="number">{reader.Say("Customers")}</th>
            <th scope="col" class="number">{reader.Say("column|Paid a month")}</th>
            <th scope="col" class="number">{reader.Say("column|At risk")}</th>
            <th scope="col" class="number">{reader.Say("Activated")}</th>
            <th scope="col" class="number">{reader.Say("Stayed, 30 days")}</th></tr></thead>
            <tbody>{model.Segments.Select(segment => Row(reader, segment, own))}</tbody></table></div>
            """;
    }

    private Html Row(Reader reader, SegmentDefinition segment, OwnSegmentMeasures own)
    {
        var side = own.Segments.FirstOrDefault(one => one.Id == segment.Id)?.In;
        Html count = $"–";
        if (side is not null)
            count = $"""<a href="{Accounts(segment.Id)}">{reader.Whole(side.All.Accounts)}</a>""";
        return $"""
            <tr><th scope="row"><a href="{OwnSegments.Address(segment.Id)}#compared">{Html.Isolated(segments.Name(reader, segment.Id))}</a>
            <span class="quiet">{string.Join(" · ", terms.Of(reader, segment))}</span></th>
            <td class="number">{count}</td>
            <td class="number">{(side is null ? "–" : reader.Money(Math.Round(side.All.Price)))}</td>
            <td class="number">{(side is null ? "–" : reader.Whole(side.AtRisk.Accounts))}</td>
            <td class="number">{reader.Percent(side?.Start.Activated.Share)}</td>
            <td class="number">{reader.Percent(StayedOf(side)?.Share)}</td></tr>
            """;
    }

    /// <summary>Customers who stayed; those who kept getting value where nothing says who left.</summary>
    private static Proportion? StayedOf(SegmentSide? side) => side?.Latest is { } latest ? latest.Customers ?? latest.Value : null;

    private Html Compared(Reader reader, SegmentDefinition segment, OwnSegmentMeasures own)
    {
        string name = segments.Name(reader, segment.Id);
        Html body = own.Segments.FirstOrDefault(one => one.Id == segment.Id) is { } measure
            ? comparison.Of(reader, measure)
            : $"""<p class="empty">{reader.Say("Segments come with the next measuring.")}</p>""";
        return $"""
            <section id="compared"><h2>{Html.Isolated(name)}</h2>
            <p class="lead">{string.Join(" · ", terms.Of(reader, segment))}</p>
            {body}
            <p class="more"><a href="{Accounts(segment.Id)}">{reader.Say("Its accounts")}</a>
            <a href="{Links.With("/", (OwnSegments.Parameter, segment.Id))}">{reader.Say("Its alerts")}</a>
            <a href="{Links.With("/messages", (OwnSegments.Parameter, segment.Id))}#sent">{reader.Say("Its messages")}</a>
            <a href="{Links.With(BeginningsPage.Path, (OwnSegments.Parameter, segment.Id))}#way">{reader.Say(
                "Its way to first value")}</a></p></section>
            """;
    }

    private static string Accounts(string segment) =>
        Links.With(AccountFilters.Path, (CsmChoice.Parameter, CsmChoice.Everybody), (OwnSegments.Parameter, segment));
}
