using Signals.Core.State.Accounts;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Dashboard.Account;

/// <summary>Says that messages are held, and holds them or lets them go.</summary>
internal static class HoldBox
{
    public const string DaysField = "days";
    public const string ReasonField = "reason";

    private static readonly int[] Choices = [3, 7, 14, 30, 60, 90];

    public static Html Notice(Reader reader, AccountFile file) =>
        Standing(reader, file) is { } hold
            ? $"""
                <p class="note">{reader.SayHtml(
                    $"Messages to this account are held until {Html.Of(
                        $"<strong>{reader.TimeDay(hold.Until)}</strong>")}")}{reader.Colon}<q>{Html.Isolated(hold.Reason)}</q>
                <span class="quiet">{reader.Who(hold.By)}, {reader.TimeAgo(hold.At)}</span></p>
                """
            : Html.Empty;

    public static Html Form(Reader reader, AccountFile file)
    {
        if (!reader.May(DashboardRole.Manager))
            return Html.Empty;
        string address = Links.Account(file.Facts.Id);
        if (Standing(reader, file) is not null)
            return Forms.Form.Post(
                reader,
                address + "/release",
                $"""<button type="submit" class="second">{reader.Say("Let messages go")}</button>"""
            );
        var days = Choices.Select(days => (days.ToString(), reader.Count(days, "{0} day", "{0} days")));
        Html fields = $"""
            {Forms.Form.Select(DaysField, reader.Say("Hold for"), "14", days)}
            <label class="field"><span>{reader.Say("Reason")}</span>
            <input name="{ReasonField}" required maxlength="{MessageHold.MaxReasonChars}" autocomplete="off"></label>
            {Forms.Form.Button(reader.Say("Hold messages"))}
            """;
        return $"""
            <details class="act">
            <summary>{reader.Say("Hold messages")}</summary>
            {Forms.Form.Post(reader, address + "/hold", fields)}</details>
            """;
    }

    private static MessageHold? Standing(Reader reader, AccountFile file) =>
        file.Account.Hold is { } hold && hold.StandsAt(reader.Now) ? hold : null;
}
