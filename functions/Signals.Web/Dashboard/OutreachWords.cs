using Signals.Core.Response.Outreach;

namespace Signals.Web.Dashboard;

/// <summary>What readers call messages and alerts, and how far they came.</summary>
internal static class OutreachWords
{
    public static string Kind(Reader reader, OutreachKind kind) =>
        kind switch
        {
            OutreachKind.Message => reader.Say("Message"),
            OutreachKind.Alert => reader.Say("Alert to CS"),
            _ => reader.Say("Note to CS"),
        };

    public static string StateName(Reader reader, OutreachState state) =>
        state switch
        {
            OutreachState.Planned => reader.Say("planned"),
            OutreachState.HeldOut => reader.Say("held out by lot"),
            OutreachState.Suppressed => reader.Say("not sent"),
            OutreachState.Sending => reader.Say("sending"),
            OutreachState.Sent => reader.Say("sent"),
            OutreachState.Delivered => reader.Say("mail|delivered"),
            OutreachState.Bounced => reader.Say("bounced"),
            OutreachState.Uncertain => reader.Say("uncertain"),
            OutreachState.Failed => reader.Say("failed"),
            _ => reader.Say("expired"),
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
