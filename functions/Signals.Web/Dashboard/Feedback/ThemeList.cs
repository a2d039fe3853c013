using Signals.Core.Verbatims;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>What customers speak of, each with how many accounts do and whether kindly.</summary>
internal static class ThemeList
{
    public static Html Of(Reader reader, IReadOnlyList<ThemeCount> themes) => Html.Of(
        $"""
        <table class="themes"><caption class="unseen">{reader.Say("Themes", "Thèmes")}</caption>
        <thead><tr><th scope="col">{reader.Say("Theme", "Thème")}</th><th scope="col" class="number">{reader.Say("Accounts", "Comptes")}</th><th scope="col" class="number">{reader.Say("Kind", "En bien")}</th><th scope="col" class="number">{reader.Say("Unkind", "En mal")}</th></tr></thead>
        <tbody>{themes.Select(theme => Row(reader, theme))}</tbody></table>
        """);

    public static string Address(string theme) => Links.With("/feedback", ("theme", theme)) + "#words";

    private static Html Row(Reader reader, ThemeCount theme) => Html.Of(
        $"""
        <tr><th scope="row"><a href="{Address(theme.Key)}">{Html.Isolated(theme.Name)}</a></th>
        <td class="number">{reader.Whole(theme.Accounts)}</td>
        <td class="number">{Toned(reader, theme.Kind, "healthy")}</td>
        <td class="number">{Toned(reader, theme.Unkind, "critical")}</td></tr>
        """);

    private static Html Toned(Reader reader, int count, string tone) =>
        count == 0 ? Html.Of($"<span class=\"quiet\">–</span>") : Html.Of($"<span class=\"tone {tone}\">{reader.Whole(count)}</span>");
}
