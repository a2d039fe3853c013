namespace Signals.Web.Dashboard.Account;

/// <summary>What happened with the account, newest first: one line each, whatever it was and wherever it is kept.</summary>
internal sealed class TimelineSection(IEnumerable<ITimelineSource> sources)
{
    public const int MostOfSource = 120;

    private const int Shown = 15;
    private const int Most = 120;

    private readonly IReadOnlyList<ITimelineSource> _sources = [.. sources];

    public async Task<Html> OfAsync(Reader reader, AccountFile file, CancellationToken cancellationToken)
    {
        var entries = new List<TimelineEntry>();
        foreach (var source in _sources)
            entries.AddRange(await source.ReadAsync(reader, file, cancellationToken));
        if (entries.Count == 0)
            return Html.Empty;
        var newest = entries.OrderByDescending(entry => entry.At).Take(Most).ToList();
        Html earlier =
            newest.Count > Shown
                ? $"""
                    <details class="earlier"><summary>{reader.Count(newest.Count - Shown, "{0} earlier", "{0} earlier")}</summary>
                    <ul class="list timeline">{newest.Skip(Shown).Select(entry => Row(reader, entry))}</ul></details>
                    """
                : Html.Empty;
        return $"""
            <section id="timeline"><h2>{reader.Say("Timeline")}</h2>
            <ul class="list timeline">{newest.Take(Shown).Select(entry => Row(reader, entry))}</ul>{earlier}</section>
            """;
    }

    private static Html Row(Reader reader, TimelineEntry entry)
    {
        Html more = entry.More.IsEmpty ? Html.Empty : $"""<p class="line quiet">{entry.More}</p>""";
        return $"""
            <li><p class="when">{reader.TimeDay(entry.At)}</p>
            <div><p><span class="dot {entry.Tone}" aria-hidden="true"></span>{entry.What}</p>{more}</div></li>
            """;
    }
}
