using Signals.Core.Response.Alerts;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Alerts;

/// <summary>What a manager can answer to an alert: at it, later, done.</summary>
internal static class AlertActions
{
    /// <param name="reader">Who looks at it; who may not answer sees nothing here.</param>
    /// <param name="alert">An alert that stands.</param>
    /// <param name="returnTo">The page it is shown on.</param>
    public static Html Of(Reader reader, Alert alert, string returnTo)
    {
        if (!reader.May(DashboardRole.Manager) || !alert.Stands)
            return Html.Empty;
        string about = reader.Say($" the alert about {alert.AccountName}");
        return $"""
            <div class="actions">{Acknowledge(reader, alert, returnTo, about)}{Snooze(reader, alert, returnTo, about)}
            {Resolve(reader, alert, returnTo, about)}</div>
            """;
    }

    public static string Address(string action, string id) => $"/alerts/{Uri.EscapeDataString(id)}/{action}";

    private static Html Acknowledge(Reader reader, Alert alert, string returnTo, string about) =>
        alert.State == AlertState.Acknowledged
            ? Act(
                reader.Say("Note"),
                about,
                Form.Post(reader, Address("ack", alert.Id), $"{Note(reader)}{Form.Button(reader.Say("Save the note"))}", returnTo)
            )
            : Form.Post(
                reader,
                Address("ack", alert.Id),
                $"""
                <button type="submit">{reader.Say("Take on")}<span class="unseen">{about}</span></button>
                """,
                returnTo
            );

    private static Html Snooze(Reader reader, Alert alert, string returnTo, string about)
    {
        (string, string)[] days =
        [
            ("1", reader.Say("until tomorrow")),
            ("3", reader.Say("for 3 days")),
            ("7", reader.Say("for a week")),
            ("14", reader.Say("for 2 weeks")),
            ("30", reader.Say("for 30 days")),
        ];
        return Act(
            reader.Say("Later"),
            about,
            Form.Post(
                reader,
                Address("snooze", alert.Id),
                $"""
                {Form.Select("days", reader.Say("Put off"), "3", days)}
                {Note(reader)}{Form.Button(reader.Say("button|Put off"))}
                """,
                returnTo
            )
        );
    }

    private static Html Resolve(Reader reader, Alert alert, string returnTo, string about)
    {
        var reasons = AlertReasons.OfPeople.Select(reason => (reason, AlertWords.Reason(reader, reason)));
        return Act(
            reader.Say("Close"),
            about,
            Form.Post(
                reader,
                Address("resolve", alert.Id),
                $"""
                {Form.Select("reason", reader.Say("Reason"), null, reasons)}
                {Note(reader)}{Form.Button(reader.Say("Close the alert"))}
                """,
                returnTo
            )
        );
    }

    private static Html Act(string name, string about, Html form) =>
        $"""<details class="act"><summary>{name}<span class="unseen">{about}</span></summary>{form}</details>""";

    private static Html Note(Reader reader) =>
        $"""
            <label class="field"><span>{reader.Say("Note (optional)")}</span>
            <textarea name="note" rows="2" maxlength="{AlertAnswer.MaxNoteChars}"></textarea></label>
            """;
}
