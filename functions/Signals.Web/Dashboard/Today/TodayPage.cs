using Signals.Core.State.Indexes;
using Signals.Web.Api;
using Signals.Web.Dashboard.Views;

namespace Signals.Web.Dashboard.Today;

/// <summary>What a CS manager opens every morning: what waits for an answer, and what changed since yesterday.</summary>
internal sealed class TodayPage(AlertDesk desk, MoveBook moves, LevelCounts counts, FirstTen ten, OwnWork own, AccountFacets facets)
    : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var choice = CsmChoice.Of(request);
        string? csm = choice.Csm;
        int days = Query.OneOf(request.Http, "days", ["1", "7"]) == "7" ? 7 : 1;
        string? after = Cursor.Alerts.Read(request.Http);
        var cancellation = request.Cancellation;
        var managers = await facets.ReadAsync(AccountFacets.Csm, cancellation);
        var waiting = await desk.ReadAsync(csm, after, cancellation);
        var changes = await moves.ReadAsync(reader, csm, days, cancellation);
        var figures = after is null ? await counts.OfAsync(reader, csm, cancellation) : Html.Empty;
        var first = after is null ? await ten.ReadAsync(csm, cancellation) : [];
        var todo = after is null ? await own.OfAsync(reader, request.Address, cancellation) : Html.Empty;

        CameFrom.Leave(request, waiting.Waiting.Select(alert => alert.AccountId));
        string title = reader.Say("Today");
        return new DashboardPage(
            title,
            $"""
            {Heading.Of(title, reader.LongDay(reader.Today), Managers(reader, choice, days, managers))}
            {choice.Unknown(reader, managers)}
            {figures}
            {todo}
            <div class="aside">
            <div>{ten.Of(reader, first, choice.Value)}{desk.Of(reader, waiting, choice.Value, request.Address)}</div>
            <div class="changes">{moves.Of(reader, changes, choice.Value, days)}</div>
            </div>
            """
        )
        {
            Refreshes = true,
        };
    }

    private static Html Managers(Reader reader, CsmChoice choice, int days, IReadOnlyList<string> managers)
    {
        if (managers.Count == 0 && choice.Csm is null)
            return Html.Empty;
        var choices = choice.Choices(reader, managers, reader.Say("Everybody’s accounts"));
        var kept = days == 1 ? Html.Empty : Forms.Form.Hidden("days", "7");
        return $"""
            <form method="get" action="/" class="actions">{kept}
            <label class="unseen" for="csm">{reader.Say("CS manager")}</label>
            <select id="csm" name="csm">{Forms.Form.Options(choice.Chosen(managers), choices)}</select>
            <button type="submit" class="second">{reader.Say("Show")}</button>
            </form>
            """;
    }
}
