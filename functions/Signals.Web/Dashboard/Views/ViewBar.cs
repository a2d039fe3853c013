using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Accounts;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Views;

/// <summary>
/// The saved views above the list of accounts: pinned ones as links, all of them behind a button, and how to save this one.
/// </summary>
internal static class ViewBar
{
    public const string SavePath = "/accounts/views";
    public const string ChangePath = "/accounts/views/change";

    public const string NameField = "name";
    public const string QueryField = "query";
    public const string SharedField = "shared";
    public const string PinnedField = "pinned";
    public const string DoField = "do";
    public const string Remove = "remove";
    public const string Pin = "pin";
    public const string Unpin = "unpin";

    public static Html Of(Reader reader, IReadOnlyList<SavedView> views, AccountFilters filters)
    {
        string address = filters.Address();
        string query = address.Contains('?', StringComparison.Ordinal)
            ? address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..]
            : "";
        var pinned = views.Where(view => view.IsPinned).ToList();
        Html tabs =
            pinned.Count == 0
                ? Html.Empty
                : Choices.Of(
                    reader.Say("Saved views"),
                    pinned.Select(view => new Choice(view.Name, AddressOf(view), ViewQuery.AreSame(view.Query, query, reader)))
                );
        Html all = views.Count == 0 ? Html.Empty : All(reader, views, address);
        Html save = Save(reader, query, address);
        return tabs.IsEmpty && all.IsEmpty && save.IsEmpty
            ? Html.Empty
            : $"""<div class="views">{tabs}<div class="actions">{all}{save}</div></div>""";
    }

    /// <summary>The page that a view opens.</summary>
    public static string AddressOf(SavedView view) => view.Query.Length == 0 ? AccountFilters.Path : $"{AccountFilters.Path}?{view.Query}";

    private static Html All(Reader reader, IReadOnlyList<SavedView> views, string address) =>
        $"""
            <details class="act saved"><summary>{reader.Say("Saved views")} <span class="quiet">{views.Count}</span></summary>
            <div class="sheet"><ul class="list">{views.Select(view => Row(reader, view, address))}</ul></div></details>
            """;

    private static Html Row(Reader reader, SavedView view, string address)
    {
        bool may = view.By == reader.Name || (view.IsShared && reader.May(DashboardRole.Admin));
        Html kind = view.IsShared ? Html.Of($""" <span class="tag">{reader.Say("shared")}</span>""") : Html.Empty;
        Html buttons = may
            ? Form.Post(
                reader,
                ChangePath,
                $"""
                {Form.Hidden(FormRequest.IdField, view.Id)}
                <button type="submit" name="{DoField}" value="{(view.IsPinned ? Unpin : Pin)}" class="plain">{(view.IsPinned
                    ? reader.Say("Unpin")
                    : reader.Say("Pin"))}<span class="unseen"> {view.Name}</span></button>
                <button type="submit" name="{DoField}" value="{Remove}" class="plain">{reader.Say(
                    "Remove")}<span class="unseen"> {view.Name}</span></button>
                """,
                address
            )
            : Html.Empty;
        return $"""<li><a href="{AddressOf(view)}">{Html.Isolated(view.Name)}</a>{kind} {buttons}</li>""";
    }

    private static Html Save(Reader reader, string query, string address)
    {
        if (!reader.May(DashboardRole.Manager) || query.Length == 0)
            return Html.Empty;
        Html shared = reader.User is null
            ? Html.Empty
            : $"""
                <label class="check"><input type="checkbox" name="{SharedField}" value="yes"><span>{reader.Say(
                    "For the whole team")}</span></label>
                """;
        return $"""
            <details class="act"><summary>{reader.Say("Save this view")}</summary>
            {Form.Post(reader, SavePath, $"""
            {Form.Hidden(QueryField, query)}
            <label class="field"><span>{reader.Say("Name")}</span>
            <input name="{NameField}" required maxlength="{SavedView.MaxNameChars}" autocomplete="off"></label>
            {shared}
            <label class="check"><input type="checkbox" name="{PinnedField}" value="yes" checked><span>{reader.Say(
                "Pinned above the list")}</span></label>
            {Form.Button(reader.Say("Save"))}
            """, address)}</details>
            """;
    }
}
