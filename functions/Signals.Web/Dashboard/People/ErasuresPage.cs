using Signals.Core.Daily.Erasure;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Pipeline;

namespace Signals.Web.Dashboard.People;

/// <summary>Who asked to be forgotten: no names, only when, how many and whether it is proved. An admin looks people up here.</summary>
internal sealed class ErasuresPage(ErasureBook book) : IDashboardPage
{
    public const string Path = PipelineAddresses.Erasures;

    private const int Most = 100;

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var requests = await book.ReadAsync(request.Cancellation).ToListAsync(request.Cancellation);
        requests.Reverse();
        string title = reader.Say("Erasures");
        string lead = reader.Say(
            "People and accounts that are to be forgotten. "
                + "Each is proved by a walk through all that is kept, ten minutes after the asking or later."
        );
        return new DashboardPage(
            title,
            $"{PipelineHeading.Of(reader, Path, title, lead)}{Search(reader)}{List(reader, title, [.. requests.Take(Most)])}"
        );
    }

    private static Html Search(Reader reader) =>
        reader.May(DashboardRole.Admin)
            ? $"""
                <form method="get" action="{PersonPage.Path}"><div class="filters">
                <label class="field wide"><span>{reader.Say("All that is known of: a user id, an anonymous id or a mail address")}</span>
                <input name="{PersonPage.IdField}" required maxlength="500" autocomplete="off"></label>
                <button type="submit">{reader.Say("Look up")}</button></div></form>
                """
            : Html.Empty;

    private static Html List(Reader reader, string title, IReadOnlyList<ErasureRequest> requests)
    {
        if (requests.Count == 0)
            return $"""<p class="empty">{reader.Say("Nobody asked to be forgotten yet.")}</p>""";
        return $"""
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table><caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Asked")}</th><th scope="col">{reader.Say("Who")}</th>
            <th scope="col">{reader.Say("State")}</th><th scope="col" class="number">{reader.Say("Removed")}</th></tr></thead>
            <tbody>{requests.Select(request => Row(reader, request))}</tbody></table></div>
            """;
    }

    private static Html Row(Reader reader, ErasureRequest request) =>
        $"""
            <tr><th scope="row">{reader.TimeAgo(request.AskedAt)}</th><td>{Html.Isolated(request.AskedBy)}</td><td>{State(
                reader,
                request
            )}</td>
            <td class="number">{reader.Whole(request.Removed)}</td></tr>
            """;

    private static Html State(Reader reader, ErasureRequest request) =>
        request switch
        {
            { ProvedAt: { } at } => $"""<span class="tag good">{reader.Say("proved")}</span> {reader.TimeAgo(at)}""",
            { Problem: { } problem } => $"""<span class="tag bad">{reader.Say("erasing")}</span> {problem}""",
            _ => $"""<span class="tag warn">{reader.Say("erasing")}</span>""",
        };
}
