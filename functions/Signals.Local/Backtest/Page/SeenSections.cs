using Signals.Core.State.Seen;
using Signals.Web.Markup;

namespace Signals.Local.Backtest.Page;

/// <summary>
/// What came by name, beside what the model reads: before any figure, for a name that is written otherwise counts for nothing.
/// </summary>
internal static class SeenSections
{
    private static readonly string[] Columns = ["name", "seen", "first", "last", "used by the model for"];

    public static Html Of(SeenReport seen)
    {
        var missing = seen.Lists.SelectMany(list => list.NeverCame).Where(name => !name.IsOptional).ToList();
        Html misses =
            seen.NearMisses.Count == 0
                ? Html.Empty
                : Html.Of($"""<ul class="note">{seen.NearMisses.Select(miss => Html.Of($"<li>{SeenText.Of(miss)}</li>"))}</ul>""");
        Html never =
            missing.Count == 0
                ? Html.Empty
                : Html.Of($"""<p class="note">Never came: {string.Join(", ", missing.Select(SeenText.Of))}.</p>""");
        return PageSection.Of(
            "names",
            "Does the model read what came?",
            $"{SeenText.Sum(seen)}.",
            misses,
            never,
            PageSection.Behind(PageSection.Numbers(Columns, seen.Lists.SelectMany(list => list.Names).Select(Row)), "All names"),
            LeftOut(seen)
        );
    }

    private static Html LeftOut(SeenReport seen)
    {
        string[] rules =
        [
            .. seen.Quarantined.Select(rule => $"{Words.Count(rule.Count)} by {rule.Name}"),
            .. seen.LeftOut.Select(SeenText.Of),
        ];
        return rules.Length == 0 ? Html.Empty : Html.Of($"<p>Left out: {string.Join("; ", rules)}.</p>");
    }

    private static IReadOnlyList<string> Row(SeenName name) =>
        [SeenText.Of(name), SeenText.Times(name), $"{name.FirstSeen:yyyy-MM-dd}", $"{name.LastSeen:yyyy-MM-dd}", SeenText.Uses(name.Uses)];
}
