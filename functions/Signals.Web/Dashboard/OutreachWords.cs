using Signals.Core.Response.Outreach;

namespace Signals.Web.Dashboard;

/// <summary>What readers call messages and alerts, and how far they came.</summary>
internal static class OutreachWords
{
    public static string Kind(Reader reader, OutreachKind kind) =>
        kind switch
        {
            OutreachKind.Message => reader.Say("Message", "Message"),
            OutreachKind.Alert => reader.Say("Alert to CS", "Alerte à l’équipe"),
            _ => reader.Say("Note to CS", "Note à l’équipe"),
        };

    public static string StateName(Reader reader, OutreachState state) =>
        state switch
        {
            OutreachState.Planned => reader.Say("planned", "prévu"),
            OutreachState.HeldOut => reader.Say("held out by lot", "écarté par tirage"),
            OutreachState.Suppressed => reader.Say("not sent", "non envoyé"),
            OutreachState.Sending => reader.Say("sending", "en cours d’envoi"),
            OutreachState.Sent => reader.Say("sent", "envoyé"),
            OutreachState.Delivered => reader.Say("delivered", "remis"),
            OutreachState.Bounced => reader.Say("bounced", "refusé"),
            OutreachState.Uncertain => reader.Say("uncertain", "incertain"),
            OutreachState.Failed => reader.Say("failed", "échoué"),
            _ => reader.Say("expired", "périmé"),
        };

    public static Html State(Reader reader, OutreachState state)
    {
        string tone = state switch
        {
            OutreachState.Sent or OutreachState.Delivered => "good",
            OutreachState.Bounced or OutreachState.Failed or OutreachState.Uncertain => "bad",
            OutreachState.Planned or OutreachState.Sending => "warn",
            _ => "",
        };
        return $"""<span class="tag {tone}">{StateName(reader, state)}</span>""";
    }
}
