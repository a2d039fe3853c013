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
        string title = reader.Say("Could not be read", "Illisible");
        return $"""
            <section id="unreadable"><h2>{title}</h2>
            <p class="note">{reader.Say(
                "This was passed over; everything else went on. The log has each fault in full.",
                "Ceci a été laissé de côté ; tout le reste a continué. Le journal détaille chaque erreur.")}</p>
            <div class="scroll" role="region" aria-label="{title}" tabindex="0"><table class="letters">
            <caption class="unseen">{title}</caption>
            <thead><tr><th scope="col">{reader.Say("Work", "Travail")}</th>
            <th scope="col" class="number">{reader.Say("How many", "Combien")}</th>
            <th scope="col">{reader.Say("Which, and why", "Lesquels, et pourquoi")}</th>
            <th scope="col">{reader.Say("Last met", "Vu en dernier")}</th></tr></thead>
            <tbody>{reports.Select(report => Row(reader, report))}</tbody></table></div></section>
            """;
    }

    private static Html Row(Reader reader, UnreadableReport report)
    {
        Html more = Html.When(report.Count > ShownOfEach, $"<p>{reader.Say("and others", "et d’autres")}</p>");
        return $"""
            <tr><th scope="row">{WorkOf(reader, report.Work)}</th><td class="number">{reader.Whole(report.Count)}</td>
            <td>{report.Rows.Take(ShownOfEach).Select(row => Named(reader, row))}{more}</td><td>{reader.TimeAgo(report.At)}</td></tr>
            """;
    }

    private static Html Named(Reader reader, UnreadableRow row)
    {
        Html name =
            row.Key.Length > 0
                ? Html.Of($"<code><bdi>{row.Key}</bdi></code>")
                : Html.Of($"{reader.Say("the whole step", "toute l’étape")}");
        return $"""<p>{name}: <bdi lang="en">{row.Reason}</bdi></p>""";
    }

    private static string WorkOf(Reader reader, BackgroundWork work) =>
        work switch
        {
            BackgroundWork.Model => reader.Say("Putting the model into force", "Mise en vigueur du modèle"),
            BackgroundWork.WakeUps => reader.Say("What is due", "Ce qui est dû"),
            BackgroundWork.Digest => reader.Say("Digest for the managers", "Résumé pour les responsables"),
            BackgroundWork.Report => reader.Say("Weekly report", "Rapport de la semaine"),
            BackgroundWork.Housekeeping => reader.Say("Housekeeping", "Entretien quotidien"),
            BackgroundWork.Counters => reader.Say("Housekeeping: counters", "Entretien : compteurs"),
            BackgroundWork.Minutes => reader.Say("Housekeeping: the pipeline’s minutes", "Entretien : minutes du pipeline"),
            BackgroundWork.Quarantine => reader.Say("Housekeeping: quarantine", "Entretien : quarantaine"),
            BackgroundWork.Moves => reader.Say("Housekeeping: changes of level", "Entretien : changements de niveau"),
            BackgroundWork.OldFigures => reader.Say("Housekeeping: old figures", "Entretien : anciens chiffres"),
            BackgroundWork.Notes => reader.Say("Housekeeping: this list", "Entretien : cette liste"),
            BackgroundWork.Norms => reader.Say("What is usual among accounts alike", "Ce qui est habituel entre comptes semblables"),
            BackgroundWork.Effects => reader.Say("What messages achieved", "Ce que les messages ont obtenu"),
            BackgroundWork.Playbooks => reader.Say("Messages by playbook", "Messages par scénario"),
            BackgroundWork.Figures => reader.Say("Figures of the day", "Chiffres du jour"),
            BackgroundWork.Measures => reader.Say("Measures of all accounts", "Mesures de tous les comptes"),
            BackgroundWork.Words => reader.Say("What customers wrote", "Ce que les clients ont écrit"),
            BackgroundWork.Lists => reader.Say("Lists of accounts", "Listes de comptes"),
            _ => work.ToString(),
        };
}
