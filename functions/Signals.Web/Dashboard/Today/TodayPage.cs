using Signals.Core.State.Indexes;
using Signals.Web.Api;
using Signals.Web.Dashboard.Revenue;
using Signals.Web.Dashboard.Views;

namespace Signals.Web.Dashboard.Today;

/// <summary>What a CS manager opens every morning: what waits for an answer, and what changed since yesterday.</summary>
internal sealed class TodayPage(
    AlertDesk desk,
    MoveBook moves,
    LevelCounts counts,
    FirstTen ten,
    OwnWork own,
    AccountFacets facets,
    OwnSegments segments,
    PlanSunsetDays ends
) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        int days = Query.OneOf(request.Http, "days", ["1", "7"]) == "7" ? 7 : 1;
        var filter = new TodayFilter(CsmChoice.Of(request), OwnSegments.Of(request), days);
        string? after = Cursor.Alerts.Read(request.Http);
        var cancellation = request.Cancellation;
        var managers = await facets.ReadAsync(AccountFacets.Csm, cancellation);
        var waiting = await desk.ReadAsync(filter, after, cancellation);
        var changes = await moves.ReadAsync(reader, filter, cancellation);
        var figures = after is null ? await counts.OfAsync(reader, filter, cancellation) : Html.Empty;
        var first = after is null ? await ten.ReadAsync(filter, cancellation) : [];
        var todo = after is null ? await own.OfAsync(reader, request.Address, cancellation) : Html.Empty;

        var planDays = after is null ? await ends.NextAsync(reader, cancellation) : Html.Empty;

        CameFrom.Leave(request, waiting.Waiting.Select(alert => alert.AccountId));
        string title = reader.Say("Today");
        return new DashboardPage(
            title,
            $"""
            {Heading.Of(title, reader.LongDay(reader.Today), Filters(reader, filter, managers))}
            {filter.Choice.Unknown(reader, managers)}{segments.Unknown(reader, filter.Segment)}
            {figures}
            {todo}
            {planDays}
            <div class="aside">
            <div>{ten.Of(reader, first, filter)}{desk.Of(reader, waiting, filter, request.Address)}</div>
            <div class="changes">{moves.Of(reader, changes, filter)}</div>
            </div>
            """
        )
        {
            Refreshes = true,
        };
    }

    private Html Filters(Reader reader, TodayFilter filter, IReadOnlyList<string> managers)
    {
        Html both = $"{Managers(reader, filter.Choice, managers)}{Segments(reader, filter.Segment)}";
        if (both.IsEmpty)
            return Html.Empty;
        var kept = filter.Days == 1 ? Html.Empty : Forms.Form.Hidden("days", "7");
        return $"""
            <form method="get" action="/" class="actions">{kept}{both}
            <button type="submit" class="second">{reader.Say("Show")}</button>
            </form>
            """;
    }

    private static Html Managers(Reader reader, CsmChoice choice, IReadOnlyList<string> managers) =>
        managers.Count == 0 && choice.Csm is null
            ? Html.Empty
            : $"""
                <label class="unseen" for="csm">{reader.Say("CS manager")}</label>
                <select id="csm" name="csm">{Forms.Form.Options(
                    choice.Chosen(managers),
                    choice.Choices(reader, managers, reader.Say("Everybody’s accounts"))
                )}</select>
                """;

    private Html Segments(Reader reader, string? chosen) =>
        segments.Any || chosen is not null
            ? $"""
                <label class="unseen" for="segment">{reader.Say("Segment")}</label>
                <select id="segment" name="{OwnSegments.Parameter}">{Forms.Form.Options(
                    chosen,
                    segments.Choices(reader, chosen, reader.Say("All segments"))
                )}</select>
                """
            : Html.Empty;
}
