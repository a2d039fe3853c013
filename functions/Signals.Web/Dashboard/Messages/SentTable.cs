using Signals.Core.Response.Outreach;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Messages;

/// <summary>Messages and alerts, newest first, each with the way to what was written.</summary>
internal sealed class SentTable(CauseWords causes)
{
    public Html Of(Reader reader, IReadOnlyList<OutreachItem> items)
    {
        string caption = reader.Say("Messages and alerts");
        return $"""
            <div class="scroll" role="region" aria-label="{caption}" tabindex="0">
            <table class="sent"><caption class="unseen">{caption}</caption>
            <thead><tr><th scope="col">{reader.Say("What")}</th><th scope="col">{reader.Say("To")}</th>
            <th scope="col">{reader.Say("Account")}</th><th scope="col">{reader.Say("State")}</th>
            <th scope="col">{reader.Say("When")}</th></tr></thead>
            <tbody>{items.Select(item => Row(reader, item))}</tbody></table></div>
            """;
    }

    /// <summary>Whether what it was sent for came true; nothing while that is open.</summary>
    public static Html Goal(Reader reader, bool? reached) =>
        reached switch
        {
            true => $""" <span class="tag good">{reader.Say("goal reached")}</span>""",
            false => $""" <span class="tag">{reader.Say("goal not reached")}</span>""",
            null => Html.Empty,
        };

    private Html Row(Reader reader, OutreachItem item)
    {
        string about = causes.NameWithKind(reader, item.Cause, item.CauseKind);
        var name = item.Subject is { Length: > 0 } subject ? Html.Isolated(subject) : Html.Isolated(about);
        Html reason = item.Reason is { } why ? $"""<span class="quiet" lang="en">{Html.Isolated(why)}</span>""" : Html.Empty;
        Html account =
            item.Account.Length == 0
                ? Html.Empty
                : $"""
                    <a href="{Links.Account(item.Account)}">{Html.Isolated(
                        item.AccountName.Length > 0 ? item.AccountName : item.Account
                    )}</a>
                    """;
        string kind = item.Kind == "message" ? about : OutreachWords.Kind(reader, KindOf(item)) + " · " + about;
        return $"""
            <tr><th scope="row"><a href="{Links.Message(item.Id)}">{name}</a><span class="quiet">{Html.Isolated(kind)}</span></th>
            <td>{Html.Isolated(item.To)}</td>
            <td>{account}</td>
            <td>{OutreachWords.State(reader, OutreachStates.Parse(item.State)!.Value)}{Goal(reader, item.GoalReached)}{reason}</td>
            <td>{reader.TimeDay(item.SentAt ?? item.PlannedAt)}</td></tr>
            """;
    }

    private static OutreachKind KindOf(OutreachItem item) =>
        item.Kind switch
        {
            "alert" => OutreachKind.Alert,
            "digest" => OutreachKind.Digest,
            _ => OutreachKind.Message,
        };
}
