using Signals.Core.State.Accounts;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Account;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Dashboard.Work;

namespace Signals.Web.Dashboard.Bulk;

/// <summary>
/// What can be done with several rows of a list at once: each has a box, and the bar under the list acts on those ticked.
/// </summary>
internal static class BulkBar
{
    public const string AccountsPath = "/accounts/bulk";
    public const string AlertsPath = "/alerts/bulk";

    public const string PickField = "pick";
    public const string DoField = "do";

    public const string Hand = "hand";
    public const string Hold = "hold";
    public const string Snooze = "snooze";
    public const string Acknowledge = "ack";
    public const string Export = "export";

    private const string FormId = "bulk";

    /// <summary>A row's box; nothing for who may not act.</summary>
    public static Html Box(Reader reader, string value, string name) =>
        reader.May(DashboardRole.Manager)
            ? $"""
                <label class="pick"><input type="checkbox" form="{FormId}" name="{PickField}" value="{value}">
                <span class="unseen">{TickText(reader, name)}</span></label>
                """
            : Html.Empty;

    private static string TickText(Reader reader, string name) => reader.Say($"Tick {name}");

    /// <summary>The bar under a list of accounts.</summary>
    public static Html OfAccounts(Reader reader, string returnTo) =>
        Of(
            reader,
            AccountsPath,
            returnTo,
            $"""
            {HandPart(reader)}
            <div class="part">
            <label class="field"><span>{reader.Say("Reason")}</span>
            <input name="{HoldBox.ReasonField}" maxlength="{MessageHold.MaxReasonChars}" autocomplete="off"></label>
            {Button(Hold, reader.Say("Hold messages for 14 days"))}</div>
            <div class="part">{SnoozePart(reader)}{Button(Export, reader.Say("Save as CSV"))}</div>
            """
        );

    /// <summary>The bar under a list of alerts.</summary>
    public static Html OfAlerts(Reader reader, string returnTo) =>
        Of(
            reader,
            AlertsPath,
            returnTo,
            $"""
            <div class="part">{Button(Acknowledge, reader.Say("Take on"))}{SnoozePart(reader)}</div>
            {HandPart(reader)}
            """
        );

    private static Html Of(Reader reader, string path, string returnTo, Html parts) =>
        reader.May(DashboardRole.Manager)
            ? $"""
                <form method="post" action="{path}" id="{FormId}" class="bulk" aria-label="{reader.Say("With those that are ticked")}">
                {Form.Hidden(FormTokens.Field, reader.FormToken)}{Form.Hidden(FormRequest.ReturnField, returnTo)}
                <p class="quiet">{reader.Say("With those that are ticked")}</p>{parts}</form>
                """
            : Html.Empty;

    private static Html HandPart(Reader reader) =>
        reader.Team.Active.Count == 0
            ? Html.Empty
            : $"""
                <div class="part">{WorkFields.Colleague(
                    reader, WorkFields.To, reader.Say("To"), reader.User?.Address, orNobody: false)}
                {Button(Hand, reader.Say("Hand over"))}</div>
                """;

    private static Html SnoozePart(Reader reader) => Button(Snooze, reader.Say("Put alerts off for 3 days"));

    private static Html Button(string value, string text) =>
        $"""<button type="submit" name="{DoField}" value="{value}" class="second">{text}</button>""";
}
