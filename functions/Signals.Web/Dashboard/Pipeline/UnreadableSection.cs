using Signals.Core.Intake.Monitoring;

namespace Signals.Web.Dashboard.Pipeline;

/// <summary>What Signals passed over because it could not be read, and steps that failed; nothing where all is well.</summary>
internal static class UnreadableSection
{
    private const int ShownOfEach = 10;

    public static Html Of(Reader reader, IReadOnlyList<UnreadableReport> reports)
    {
        if (reports.Count == 0)
            return Html.Empty;
        string title = reader.Say("Could not be read");
        return $"""
            <section id="unreadable"><h2>{title}</h2>
            <p class="note">{reader.Say(
                "This was passed over; everything else went on. The log has each fault in full.")}</p>
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table class="letters">
            <caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Work")}</th>
            <th scope="col" class="number">{reader.Say("How many")}</th>
            <th scope="col">{reader.Say("Which, and why")}</th>
            <th scope="col">{reader.Say("Last met")}</th></tr></thead>
            <tbody>{reports.Select(report => Row(reader, report))}</tbody></table></div></section>
            """;
    }

    private static Html Row(Reader reader, UnreadableReport report)
    {
        Html more = Html.When(report.Count > ShownOfEach, $"<p>{reader.Say("and others")}</p>");
        return $"""
            <tr><th scope="row">{WorkOf(reader, report.Work)}</th><td class="number">{reader.Whole(report.Count)}</td>
            <td>{report.Rows.Take(ShownOfEach).Select(row => Named(reader, row))}{more}</td><td>{reader.TimeAgo(report.At)}</td></tr>
            """;
    }

    private static Html Named(Reader reader, UnreadableRow row)
    {
        Html name = row.Key.Length > 0 ? Html.Of($"<code><bdi>{row.Key}</bdi></code>") : Html.Of($"{reader.Say("the whole step")}");
        return $"""<p>{name}: <bdi lang="en">{row.Reason}</bdi></p>""";
    }

    private static string WorkOf(Reader reader, BackgroundWork work) =>
        work switch
        {
            BackgroundWork.Model => reader.Say("Putting the model into force"),
            BackgroundWork.WakeUps => reader.Say("What is due"),
            BackgroundWork.Digest => reader.Say("Digest for the managers"),
            BackgroundWork.Report => reader.Say("Weekly report"),
            BackgroundWork.Housekeeping => reader.Say("Housekeeping"),
            BackgroundWork.Counters => reader.Say("Housekeeping: counters"),
            BackgroundWork.Minutes => reader.Say("Housekeeping: the pipeline’s minutes"),
            BackgroundWork.Quarantine => reader.Say("Housekeeping: quarantine"),
            BackgroundWork.Clock => reader.Say("Looking whether the clock went back"),
            BackgroundWork.Moves => reader.Say("Housekeeping: changes of level"),
            BackgroundWork.OldFigures => reader.Say("Housekeeping: old figures"),
            BackgroundWork.OldMessages => reader.Say("Housekeeping: old messages"),
            BackgroundWork.OldAudit => reader.Say("Housekeeping: the audit trail"),
            BackgroundWork.OldAccess => reader.Say("Housekeeping: sessions and links that ended"),
            BackgroundWork.SilentPeople => reader.Say("Housekeeping: silent people and accounts"),
            BackgroundWork.Erasure => reader.Say("Erasures"),
            BackgroundWork.Notes => reader.Say("Housekeeping: this list"),
            BackgroundWork.Norms => reader.Say("What is usual among accounts alike"),
            BackgroundWork.Effects => reader.Say("What messages achieved"),
            BackgroundWork.Playbooks => reader.Say("Messages by playbook"),
            BackgroundWork.Figures => reader.Say("Figures of the day"),
            BackgroundWork.Hindsight => reader.Say("Looking back after an import of history"),
            BackgroundWork.Measures => reader.Say("Measures of all accounts"),
            BackgroundWork.Words => reader.Say("What customers wrote"),
            BackgroundWork.Lists => reader.Say("Lists of accounts"),
            _ => work.ToString(),
        };
}
