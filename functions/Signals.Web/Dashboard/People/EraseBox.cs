using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.People;

/// <summary>Erases a person or an account, for admins: whoever sends it opens it first, and then types whom it is about.</summary>
internal static class EraseBox
{
    public static Html Of(Reader reader, string action, string field, string id, string title)
    {
        if (!reader.May(DashboardRole.Admin))
            return Html.Empty;
        Html fields = $"""
            {Form.Hidden(field, id)}
            <p>{reader.Say("Everything that is kept goes for good, and what comes later is dropped. It cannot be taken back.")}</p>
            <label class="field wide"><span>{reader.SayHtml($"Type {Html.Isolated(id)} to confirm")}</span>
            <input name="{PersonPage.ConfirmField}" required autocomplete="off"></label>
            {Form.Button(reader.Say("Erase for good"))}
            """;
        return $"""
            <details class="act"><summary>{title}</summary>
            {Form.Post(reader, action, fields)}</details>
            """;
    }

    /// <summary>True when the id was typed as it is.</summary>
    public static bool IsConfirmed(FormRequest request, string id) =>
        string.Equals(request.Text(PersonPage.ConfirmField, PersonPage.MaxIdChars), id, StringComparison.Ordinal);

    public static string NotConfirmed(Reader reader) => reader.Say("Nothing was erased: what was typed is another id.");

    public static string Done(Reader reader) => reader.Say("Erased. A later walk through everything proves it.");
}
