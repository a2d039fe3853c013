using Signals.Core.State.Seen;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>
/// The names that came, beside those that the model reads: a name that is written otherwise counts for nothing, and nothing else says so.
/// </summary>
internal sealed class NamesPage(SeenBook seen) : IDashboardPage
{
    public async Task<DashboardPage> ShowAsync(PageRequest request)
    {
        var reader = request.Reader;
        var report = await seen.ReadAsync(request.Cancellation);
        string title = reader.Say("Names seen");
        string lead = reader.Say("What senders call things, and what the model makes of it. Names only: no value is kept here.");
        string none = reader.Say("None yet.");
        return new DashboardPage(
            title,
            $"""
            {PipelineHeading.Of(reader, PipelineAddresses.Names, title, lead)}
            {NearMissSection.Of(reader, report, isBrief: false)}
            {NameTable.Of(reader, "events", reader.Say("Events"), none, report.Events)}
            {NameTable.Of(
                reader,
                "properties",
                reader.Say("Properties of events"),
                none,
                report.Properties)}
            {NameTable.Of(reader, "people", reader.Say("Traits of people"), none, report.PersonTraits)}
            {NameTable.Of(reader, "accounts", reader.Say("Traits of accounts"), none, report.AccountTraits)}
            {Quarantined(reader, report.Quarantined)}
            {LeftOutSection.Of(reader, report.LeftOut)}
            """
        );
    }

    private static Html Quarantined(Reader reader, IReadOnlyList<NameCount> rules)
    {
        string title = reader.Say("Put into quarantine, by rule");
        if (rules.Count == 0)
            return Html.Empty;
        return $"""
            <section><h2 id="rules">{title}</h2>
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table class="names">
            <caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Where, and what was expected")}</th>
            <th scope="col" class="number">{reader.Say("Events")}</th>
            <th scope="col">{reader.Say("First seen")}</th>
            <th scope="col">{reader.Say("Last seen")}</th></tr></thead>
            <tbody>{rules.Select(rule => Html.Of(
                $"""
                <tr><th scope="row"><bdi lang="en">{rule.Name}</bdi></th>
                <td class="number">{NameTable.Times(reader, rule.Count, rule.IsAtLeast)}</td>
                <td>{reader.TimeDay(rule.FirstSeen)}</td><td>{reader.TimeAgo(rule.LastSeen)}</td></tr>
                """))}</tbody></table></div>
            <p class="more"><a href="{PipelineAddresses.Quarantine}">{reader.Say("The events themselves")}</a></p></section>
            """;
    }
}
