using Signals.Core.Daily.CustomerVoice;

namespace Signals.Web.Dashboard.Feedback;

/// <summary>What customers speak of, each with how many accounts do and whether kindly.</summary>
internal static class ThemeList
{
    /// <param name="reader">Who looks at it.</param>
    /// <param name="themes">Most accounts first.</param>
    /// <param name="current">The key of the one that is looked at, or null.</param>
    public static Html Of(Reader reader, IReadOnlyList<ThemeCount> themes, string? current = null) =>
        $"""
            <table class="themes"><caption class="unseen">{reader.Say("Themes")}</caption>
            <thead><tr><th scope="col">{reader.Say("Theme")}</th>
            <th scope="col" class="number">{reader.Say("Accounts")}</th>
            <th scope="col" class="number">{reader.Say("Kind")}</th>
            <th scope="col" class="number">{reader.Say("Unkind")}</th></tr></thead>
            <tbody>{themes.Select(theme => Row(reader, theme, theme.Key == current))}</tbody></table>
            """;

    public static string Address(string theme) => Links.With("/feedback", ("theme", theme)) + "#words";

    private static Html Row(Reader reader, ThemeCount theme, bool isCurrent) =>
        $"""
            <tr><th scope="row">{Link(theme, isCurrent)}</th>
            <td class="number">{reader.Whole(theme.Accounts)}</td>
            <td class="number">{Toned(reader, theme.Kind, "healthy")}</td>
            <td class="number">{Toned(reader, theme.Unkind, "critical")}</td></tr>
            """;

    private static Html Link(ThemeCount theme, bool isCurrent) =>
        $"""<a href="{Address(theme.Key)}"{Html.When(isCurrent, $" aria-current=\"true\"")}>{Html.Isolated(theme.Name)}</a>""";

    private static Html Toned(Reader reader, int count, string tone) =>
        count == 0 ? Html.Of($"""<span class="quiet">–</span>""") : Html.Of($"""<span class="tone {tone}">{reader.Whole(count)}</span>""");
}
