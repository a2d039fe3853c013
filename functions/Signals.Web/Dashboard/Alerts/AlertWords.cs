using Signals.Core.Response.Alerts;

namespace Signals.Web.Dashboard.Alerts;

/// <summary>What readers call an alert's states and ends.</summary>
internal static class AlertWords
{
    public static string Reason(Reader reader, string? reason) =>
        reason switch
        {
            AlertReasons.Helped => reader.Say("The customer was helped"),
            AlertReasons.FalseAlarm => reader.Say("It was no risk"),
            AlertReasons.Accepted => reader.Say("Nothing can be done"),
            AlertReasons.Other => reader.Say("Another reason"),
            AlertReasons.Recovered => reader.Say("The account recovered"),
            AlertReasons.Left => reader.Say("The customer left"),
            AlertReasons.Gone => reader.Say("It became part of another account"),
            _ => reason ?? "",
        };

    /// <summary>What somebody answered, when and in which words.</summary>
    public static Html Answered(Reader reader, AlertAnswer answer)
    {
        var who = reader.Who(answer.By);
        var when = reader.TimeAgo(answer.At);
        var what = answer.State switch
        {
            AlertState.Acknowledged => reader.SayHtml($"Taken on by {who} {when}"),
            AlertState.Snoozed => reader.SayHtml($"Put off by {who} {when}"),
            _ => reader.SayHtml($"Closed by {who} {when}"),
        };
        Html until = answer.Until is { } end ? $" {reader.SayHtml($"until {reader.TimeDay(end)}")}" : Html.Empty;
        Html reason = answer.Reason is { } why ? $"{reader.Colon}{Reason(reader, why)}" : Html.Empty;
        Html note = answer.Note is { } words ? $" <q>{Html.Isolated(words)}</q>" : Html.Empty;
        return $"{what}{until}{reason}{note}";
    }
}
