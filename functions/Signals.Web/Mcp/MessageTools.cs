using System.ComponentModel;
using ModelContextProtocol.Server;
using Signals.Core.Response.Outreach;
using Signals.Web.Api;

namespace Signals.Web.Mcp;

/// <summary>What was sent to whom, and what waits for a person.</summary>
[McpServerToolType]
internal sealed class MessageTools(OutreachPages pages, OutreachApi outreach, AccountFinder finder, AlertPages alerts)
{
    [McpServerTool(Name = "list_messages", Title = "What was sent", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description(
        "Lists help messages and alert mails, newest first: to whom, about which cause, what became of each and "
            + "whether its goal was reached. 50 at a time."
    )]
    public async Task<MessagesTold> ListAsync(
        [Description("Only this account's (its id).")] string? account = null,
        [Description("Only in this state: planned, held-out, suppressed, sent, delivered, bounced, uncertain, failed or expired.")]
            string? state = null,
        [Description("The 'next' of an earlier answer to the same question.")] string? cursor = null,
        CancellationToken cancellationToken = default
    )
    {
        var asked = OutreachStates.Parse(ToolInput.OneOf("state", state, OutreachStates.Names));
        var page = ToolInput.Text("account", account) is { } id
            ? await pages.OfAccountAsync(
                (await finder.GetAsync(id, cancellationToken)).Key,
                asked,
                Cursor.OutreachOfAccount.Read(cursor) is { } before ? new OutreachId(before) : null,
                cancellationToken
            )
            : await pages.ReadAsync(asked, Cursor.Outreach.Read(cursor), cancellationToken);
        return new MessagesTold([.. page.Items.Select(MessageTold.Of)], page.Next);
    }

    [McpServerTool(Name = "read_message", Title = "One message", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Gives the subject and text of one message as it was sent, or as it would be.")]
    public async Task<MessageRead> ReadAsync(
        [Description("The message's id, as list_messages gives it.")] string id,
        CancellationToken cancellationToken = default
    )
    {
        var message = await outreach.ReadAsync(ToolInput.Needed("id", id), cancellationToken);
        return new MessageRead(MessageTold.Of(message), message.Preview, message.Message?.Subject, message.Message?.Text);
    }

    [McpServerTool(Name = "list_alerts", Title = "What waits for a person", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("Lists alerts that stand: strategic accounts first, then by level and what is at stake. 50 at a time.")]
    public async Task<AlertsTold> AlertsAsync(
        [Description("Only of this CS manager (mail address).")] string? csm = null,
        [Description("The 'next' of an earlier answer.")] string? cursor = null,
        CancellationToken cancellationToken = default
    )
    {
        var page = await alerts.ReadAsync(ToolInput.Text("csm", csm), null, [], Cursor.Alerts.Read(cursor), cancellationToken);
        return new AlertsTold(
            [.. page.Items.Select(alert => new ListedAlert(alert.AccountId, alert.AccountName, alert.Csm, AlertTold.Of(alert)))],
            page.Next
        );
    }
}
