using System.Collections.Frozen;
using Signals.Core.Intake.Text;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Answers;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.SupportUnhappy;

/// <summary>
/// Trouble again and again: many tickets about one thing within weeks. Each may have been solved in a day; that it comes back is what the
/// customer remembers. A ticket is trouble when it tells of a problem, or is negative; a question is none.
/// </summary>
/// <param name="Thing">What they are about, in a writer's words.</param>
/// <param name="Tickets">The tickets, oldest first.</param>
internal sealed record RepeatedTrouble(string Thing, IReadOnlyList<Ticket> Tickets)
{
    /// <summary>Remarks less sure to tell of a problem are passed over.</summary>
    private const double LeastConfidence = 0.5;

    private const int LeastChars = 3;

    /// <summary>
    /// Words for trouble itself, in the spelling of <see cref="TextTheme.KeyOf"/>: two tickets that share these share no thing.
    /// </summary>
    private static readonly FrozenSet<string> TroubleWords = FrozenSet.ToFrozenSet(
        [
            .. Words("answer bug crash day error failure hour issue message minute month nothing problem question reply request service"),
            .. Words("support team thing ticket time today trouble week work year yesterday"),
            .. Words("aide annee bogue chose demande echec equipe erreur fois heure hier incident jour jours mois panne probleme question"),
            .. Words("reponse rien semaine souci temps travail"),
        ],
        StringComparer.Ordinal
    );

    /// <summary>The thing with the most tickets of the account's last weeks, where there are enough of them; else null.</summary>
    public static RepeatedTrouble? Of(AccountContext context)
    {
        var settings = SupportUnhappySettings.Of(context.Model);
        int from = context.Today - settings.TicketDays;
        var tickets = context
            .Account.Tickets.All.Where(ticket =>
                ticket.OpenedAt is { } opened && Days.Of(opened) >= from && Days.Of(opened) <= context.Today && IsTrouble(ticket, settings)
            )
            .ToList();
        if (tickets.Count < settings.Tickets)
            return null;
        return tickets
            .SelectMany(ticket => ThingsOf(ticket).Select(thing => (Ticket: ticket, thing.Key, thing.Name)))
            .GroupBy(about => about.Key, StringComparer.Ordinal)
            .Select(about => new RepeatedTrouble(
                about.GroupBy(named => named.Name, StringComparer.Ordinal).OrderByDescending(named => named.Count()).First().Key,
                [.. about.Select(named => named.Ticket).Distinct().OrderBy(ticket => ticket.OpenedAt)]
            ))
            .Where(trouble => trouble.Tickets.Count >= settings.Tickets)
            .OrderByDescending(trouble => trouble.Tickets.Count)
            .ThenByDescending(trouble => trouble.Thing.Length)
            .ThenBy(trouble => trouble.Thing, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    /// <summary>How many, on what, since when, and that each was solved.</summary>
    public Evidence Explain(SupportUnhappySettings settings)
    {
        int first = Days.Of(Tickets[0].OpenedAt!.Value),
            last = Days.Of(Tickets[^1].OpenedAt!.Value);
        var count = Format.Count(Tickets.Count, "{0} ticket", "{0} tickets");
        var thing = Format.Quoted(Thing);
        var span = Format.DayCount(last - first + 1);
        int open = Tickets.Count(ticket => ticket.IsOpen);
        var longest = Format.DayCount(
            Tickets.Max(ticket => ticket.SolvedAt is { } solved ? Math.Max(1, Days.Of(solved) - Days.Of(ticket.OpenedAt!.Value)) : 1)
        );
        return new Evidence(
            open == 0
                ? Phrase.Of($"{count} about {thing} within {span}, each solved, in {longest} at most")
                : Phrase.Of($"{count} about {thing} within {span}, {open} of them open"),
            count,
            Phrase.Of($"fewer than {settings.Tickets} in {Format.DayCount(settings.TicketDays)}"),
            Days.Date(first)
        );
    }

    /// <summary>Whether it tells of a problem, or is as negative as makes somebody unhappy: a question is neither.</summary>
    private static bool IsTrouble(Ticket ticket, SupportUnhappySettings settings) =>
        ticket.Words is { } words
        && (
            words.Remark(RemarkKind.Problem)?.Confidence >= LeastConfidence
            || (words.Sentiment == TextSentiment.Negative && -words.Score >= settings.Negative)
        );

    /// <summary>What a ticket is about: each theme, and each of its words, for "CSV export" is about exports too.</summary>
    private static IEnumerable<(string Key, string Name)> ThingsOf(Ticket ticket) =>
        ticket
            .Words!.Themes.Where(theme => theme.Sentiment != TextSentiment.Positive)
            .SelectMany(theme => theme.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append(theme.Name))
            .Select(name => (Key: TextTheme.KeyOf(name), Name: name))
            .Where(thing => thing.Key.Length >= LeastChars && !thing.Key.Split(' ').All(TroubleWords.Contains))
            .DistinctBy(thing => thing.Key, StringComparer.Ordinal);

    private static string[] Words(string words) => words.Split(' ');
}
