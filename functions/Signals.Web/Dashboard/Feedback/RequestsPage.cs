using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Daily.Measures;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>
/// What customers ask for, with the accounts and the money behind each: open ones first, and those that are closed with their note.
/// </summary>
internal sealed class RequestsPage(RequestBook book, MeasurePass pass) : IDashboardPage
{
    public const string Path = "/feedback/requests";
    public const string CsvPath = "/feedback/requests.csv";

    public static string Address(string key) => Path + "/" + Uri.EscapeDataString(key);

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var decisions = await book.ReadDecisionsAsync(request.Cancellation);
        var requests = RequestBook.Merged(await book.ReadAsync(request.Cancellation), decisions);
        var open = requests.Where(one => decisions.GetValueOrDefault(one.Key)?.ClosedAt is null).ToList();
        var closed = requests.Except(open).ToList();
        string title = reader.Say("What customers ask for");
        string lead = reader.Say(
            $"Requests of the last {RequestSurvey.KeepDays} days, put together by likeness of words. Who pays most comes first."
        );
        Html empty = $"""
            <p class="empty">{reader.Say("Nobody asked for anything yet, or nothing was measured yet.")}</p>
            """;
        Html done =
            closed.Count == 0
                ? Html.Empty
                : $"""
                    <section><h2>{reader.Say("Closed")}</h2>
                    <ul class="list requests">{closed.Select(one => Closed(reader, one, decisions[one.Key]))}</ul></section>
                    """;
        return new DashboardPage(
            title,
            $"""
            {Heading.Back("/feedback", reader.Say("Feedback"))}
            {Heading.Of(title, lead, Downloads.Csv(reader, CsvPath))}
            {MeasuredAt.Of(reader, await pass.ReadAsync(request.Cancellation))}
            {(open.Count == 0 ? empty : Html.Of($"""<ul class="list requests">{open.Select(one => Row(reader, one))}</ul>"""))}
            {done}
            """
        );
    }

    private static Html Row(Reader reader, FeatureRequest one) =>
        $"""
            <li><p><a href="{Address(one.Key)}">{Html.Isolated(one.Title)}</a></p>
            <p class="line quiet"><strong>{reader.Price(one.Price)}</strong> · {reader.Count(
                one.Accounts, "{0} account", "{0} accounts")} · {reader.SayHtml($"asked last {reader.TimeAgo(one.Last)}")}</p></li>
            """;

    private static Html Closed(Reader reader, FeatureRequest one, RequestDecision decision) =>
        $"""
            <li><p><a href="{Address(one.Key)}">{Html.Isolated(one.Title)}</a></p>
            <p class="line quiet">{reader.SayHtml(
                $"closed by {reader.Who(decision.By)} {reader.TimeAgo(decision.ClosedAt!.Value)}"
            )}{reader.Colon}
            <q>{Html.Isolated(decision.Note)}</q></p></li>
            """;
}
