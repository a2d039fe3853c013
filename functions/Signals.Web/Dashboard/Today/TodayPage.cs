using Signals.Core.State.Indexes;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Today;

/// <summary>What a CS manager opens every morning: what waits for an answer, and what changed since yesterday.</summary>
internal sealed class TodayPage(AlertDesk desk, MoveBook moves, LevelCounts counts, AccountFacets facets) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        string? csm = request.One("csm");
        int days = Query.OneOf(request.Http, "days", ["1", "7"]) == "7" ? 7 : 1;
        string? after = Cursor.Alerts.Read(request.Http);
        var cancellation = request.Cancellation;
        var managers = await facets.ReadAsync(AccountFacets.Csm, cancellation);
        var waiting = await desk.ReadAsync(csm, after, cancellation);
        var changes = await moves.ReadAsync(reader, csm, days, cancellation);
        var figures = after is null ? await counts.OfAsync(reader, cancellation) : Html.Empty;

        string title = reader.Say("Today");
        return new DashboardPage(
            title,
            $"""
            {Heading.Of(title, reader.LongDay(reader.Today), Managers(reader, csm, days, managers))}
            {figures}
            <div class="aside">
            <div>{desk.Of(reader, waiting, csm, request.Address)}</div>
            <div class="changes">{moves.Of(reader, changes, csm, days)}</div>
            </div>
            """
        )
        {
            Refreshes = true,
        };
    }

    private static Html Managers(Reader reader, string? csm, int days, IReadOnlyList<string> managers)
    {
        if (managers.Count == 0)
            return Html.Empty;
        var choices = managers.Select(manager => (manager, manager)).Prepend(("", reader.Say("Everybody’s accounts")));
        var kept = days == 1 ? Html.Empty : Forms.Form.Hidden("days", "7");
        return $"""
            <form method="get" action="/" class="actions">{kept}
            <label class="unseen" for="csm">{reader.Say("CS manager")}</label>
            <select id="csm" name="csm">{Forms.Form.Options(csm, choices)}</select>
            <button type="submit" class="second">{reader.Say("Show")}</button>
            </form>
            """;
    }
}
