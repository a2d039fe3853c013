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
        string title = reader.Say("Is this one name?", "Est-ce un seul nom ?");
        int more = isBrief ? misses.Count - Few : 0;
        Html rest = isBrief
            ? $"""
              <p class="more"><a href="{PipelineAddresses.Names}">{(more > 0
                  ? reader.Say($"{more} more, and all names that came", $"{more} de plus, et tous les noms reçus")
                  : reader.Say("All names that came", "Tous les noms reçus"))}</a></p>
              """
            : Html.Empty;
        return $"""
            <section aria-labelledby="near"><h2 id="near">{title}</h2>
            <p class="note">{reader.Say(
                "A name counts only as the model writes it. Mend the sender, or name it in the model too.",
                "Un nom ne compte que tel que le modèle l’écrit. Corrigez l’émetteur, ou nommez-le aussi dans le modèle.")}</p>
            <ul class="list">{misses.Take(isBrief ? Few : int.MaxValue).Select(miss => Item(reader, miss))}</ul>
            {rest}</section>
            """;
    }

    private static Html Item(Reader reader, NearMiss miss)
    {
        Html of = miss.Seen.Event is { } name ? Html.Of($" {reader.Say("of", "de")} <code><bdi>{name}</bdi></code>") : Html.Empty;
        string times = NameTable.Times(reader, miss.Seen.Count, miss.Seen.IsAtLeast);
        string seen =
            miss.Seen.Count == 1
                ? reader.Say("was seen once", "a été vu une fois")
                : reader.Say($"was seen {times} times", $"a été vu {times} fois");
        string own =
            miss.ModelCount == 0 ? reader.Say("never seen", "jamais vu")
            : miss.ModelCount == 1 ? reader.Say("seen once", "vu une fois")
            : reader.Say($"seen {reader.Whole(miss.ModelCount)} times", $"vu {reader.Whole(miss.ModelCount)} fois");
        return $"""
            <li><code><bdi>{miss.Seen.Name}</bdi></code>{of} {seen}{reader.Say(";", " ;")} {reader.Say(
                "the model has", "le modèle a")} <code><bdi>{miss.Model.Name}</bdi></code>, {own}
            <span class="quiet">{NameTable.Uses(miss.Model.Uses)}</span></li>
            """;
    }
}
