using Signals.Core.Platform.Storage;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Audit;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Who changed what, the last first.</summary>
internal sealed class AuditTrailPage(AuditLog audit) : IDashboardPage
{
    private const int PageSize = 50;

    private static readonly string[] AboutAccounts = ["account.", "note.", "step.", "goal.", "work."];

    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var page = await audit.ReadAsync(Cursor.Audit.Read(request.Http), PageSize, request.Cancellation);
        string title = reader.Say("Audit trail");
        string lead = reader.Say("Every change by a person, or by a program with a token. It is kept for good.");
        return new DashboardPage(
            title,
            $"{PipelineHeading.Of(reader, PipelineAddresses.Audit, title, lead)}{Entries(reader, title, page)}"
        );
    }

    private static Html Entries(Reader reader, string title, AuditPage page)
    {
        if (page.Entries.Count == 0)
            return $"""<p class="empty">{reader.Say("Nobody changed anything yet.")}</p>""";
        Html next = page.Next is { } cursor
            ? $"""
              <p class="more"><a href="{Links.With(
                  PipelineAddresses.Audit, ("cursor", Cursor.Audit.Write(cursor)))}">{reader.Say("actions|Older")}</a></p>
              """
            : Html.Empty;
        return $"""
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table><caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("When")}</th><th scope="col">{reader.Say("Who")}</th>
            <th scope="col">{reader.Say("Did what")}</th><th scope="col">{reader.Say("To what")}</th>
            <th scope="col">{reader.Say("In which words")}</th></tr></thead>
            <tbody>{page.Entries.Select(entry => Row(reader, entry))}</tbody></table></div>
            {next}
            """;
    }

    private static Html Row(Reader reader, AuditEntry entry) =>
        $"""
            <tr><th scope="row">{reader.TimeAgo(entry.At)}</th><td>{reader.Who(entry.Who)}</td><td><code>{entry.Action}</code></td>
            <td>{Subject(reader, entry)}</td><td><bdi class="long">{entry.Detail}</bdi></td></tr>
            """;

    /// <summary>What it was done to: an alert is told as its account, and an account leads to its page; a colleague has a name.</summary>
    private static Html Subject(Reader reader, AuditEntry entry)
    {
        if (AlertId.Parse(entry.Subject) is { } alert && StorageKey.Decode(alert.Account.Value[2..]) is var id && !StorageKey.IsHash(id))
            return Account(id);
        return AboutAccounts.Any(kind => entry.Action.StartsWith(kind, StringComparison.Ordinal))
            ? Account(entry.Subject)
            : reader.Who(entry.Subject);
    }

    private static Html Account(string id) => $"""<a href="{Links.Account(id)}">{Html.Isolated(id)}</a>""";
}
