using Signals.Core.State.Seen;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>Names that came and that the model has in another spelling; nothing where there are none.</summary>
internal static class NearMissSection
{
    /// <summary>So many on a page that is about something else.</summary>
    private const int Few = 5;

    public static Html Of(Reader reader, SeenReport report, bool isBrief)
    {
        var misses = report.NearMisses;
        if (misses.Count == 0)
            return Html.Empty;
        string title = reader.Say("Is this one name?");
        int more = isBrief ? misses.Count - Few : 0;
        Html rest = isBrief
            ? $"""
              <p class="more"><a href="{PipelineAddresses.Names}">{(more > 0
                  ? reader.Say($"{more} more, and all names that came")
                  : reader.Say("All names that came"))}</a></p>
              """
            : Html.Empty;
        return $"""
            <section aria-labelledby="near"><h2 id="near">{title}</h2>
            <p class="note">{reader.Say("A name counts only as the model writes it. Mend the sender, or name it in the model too.")}</p>
            <ul class="list">{misses.Take(isBrief ? Few : int.MaxValue).Select(miss => Item(reader, miss))}</ul>
            {rest}</section>
            """;
    }

    private static Html Item(Reader reader, NearMiss miss)
    {
        Html of = miss.Seen.Event is { } name ? Html.Of($" {reader.Say("of")} <code><bdi>{name}</bdi></code>") : Html.Empty;
        string times = NameTable.Times(reader, miss.Seen.Count, miss.Seen.IsAtLeast);
        string seen = miss.Seen.Count == 1 ? reader.Say("was seen once") : reader.Say($"was seen {times} times");
        string own =
            miss.ModelCount == 0 ? reader.Say("never seen")
            : miss.ModelCount == 1 ? reader.Say("seen once")
            : reader.Say($"seen {reader.Whole(miss.ModelCount)} times");
        return $"""
            <li><code><bdi>{miss.Seen.Name}</bdi></code>{of} {seen}{reader.Say(";")} {reader.Say(
                "the model has"
            )} <code><bdi>{miss.Model.Name}</bdi></code>, {own}
            <span class="quiet">{NameTable.Uses(miss.Model.Uses)}</span></li>
            """;
    }
}
