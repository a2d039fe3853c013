using Signals.Core.State.Seen;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>One kind of names that came, what the model uses each for, and what it reads that never came.</summary>
internal static class NameTable
{
    /// <summary>Names beyond these are told in number only.</summary>
    private const int Shown = 100;

    public static Html Of(Reader reader, string id, string title, string empty, SeenList list)
    {
        Html table =
            list.Names.Count == 0
                ? Html.Of($"""<p class="empty">{empty}</p>""")
                : Html.Of(
                    $"""
                    <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table class="names">
                    <caption class="unseen">{title}</caption>
                    <thead><tr><th scope="col">{reader.Say("Name")}</th>
                    <th scope="col" class="number">{reader.Say("Times")}</th>
                    <th scope="col">{reader.Say("Used by the model for")}</th>
                    <th scope="col">{reader.Say("First seen")}</th>
                    <th scope="col">{reader.Say("Last seen")}</th></tr></thead>
                    <tbody>{list.Names.Take(Shown).Select(name => Row(reader, name))}</tbody></table></div>
                    """
                );
        return $"""
            <section><h2 id="{id}">{title}</h2>{table}{Unshown(reader, list)}{Others(reader, list)}{NeverCame(reader, list)}</section>
            """;
    }

    /// <summary>How often, "at least" where it may have been more.</summary>
    public static string Times(Reader reader, long count, bool isAtLeast) =>
        isAtLeast ? reader.Say($"at least {reader.Whole(count)}") : reader.Whole(count);

    /// <summary>Places in the model.</summary>
    public static Html Uses(IReadOnlyList<string> uses) => $"{uses.Select(use => Html.Of($"<code>{use}</code> "))}";

    private static Html Row(Reader reader, SeenName name)
    {
        Html uses = name.Uses.Count == 0 ? Html.Of($"""<span class="quiet">–</span>""") : Uses(name.Uses);
        return $"""
            <tr><th scope="row">{Full(name.Event, name.Name)}</th>
            <td class="number">{Times(reader, name.Count, name.IsAtLeast)}</td><td>{uses}</td>
            <td>{reader.TimeDay(name.FirstSeen)}</td><td>{reader.TimeAgo(name.LastSeen)}</td></tr>
            """;
    }

    private static Html Full(string? eventName, string name) =>
        eventName is null
            ? Html.Of($"<bdi>{name}</bdi>")
            : Html.Of($"""<span class="quiet"><bdi>{eventName}</bdi> ›</span> <bdi>{name}</bdi>""");

    private static Html Unshown(Reader reader, SeenList list) =>
        Html.When(
            list.Names.Count > Shown,
            $"""
            <p class="quiet">{reader.Say(
                $"And {list.Names.Count - Shown} more, seen less often: GET /api/pipeline lists them."
            )}</p>
            """
        );

    private static Html Others(Reader reader, SeenList list)
    {
        if (list.OtherCount == 0)
            return Html.Empty;
        string names = reader.Whole(list.OtherNames),
            times = reader.Whole(list.OtherCount);
        return $"""
            <p class="quiet">{reader.Say(
                $"And about {names} others, seen {times} times together: only the busiest are kept one by one."
            )}</p>
            """;
    }

    private static Html NeverCame(Reader reader, SeenList list)
    {
        var needed = list.NeverCame.Where(name => !name.IsOptional).ToList();
        var optional = list.NeverCame.Where(name => name.IsOptional).ToList();
        string missed = reader.Say("The model reads these, and they never came:");
        string spared = reader.Say("Never came either, and may stay away:");
        return $"{Missing(missed, needed, "note")}{Missing(spared, optional, "quiet")}";
    }

    private static Html Missing(string lead, List<NameInUse> names, string style) =>
        names.Count == 0
            ? Html.Empty
            : Html.Of(
                $"""
                <p class="{style}">{lead}</p>
                <ul class="missing">{names.Select(name => Html.Of($"<li>{Full(name.Event, name.Name)} {Uses(name.Uses)}</li>"))}</ul>
                """
            );
}
