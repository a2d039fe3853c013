using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Time;
using Signals.Core.State.Answers;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.SupportUnhappy;

/// <summary>
/// A ticket stands unanswered or open past its time, tickets about one thing come again and again, or somebody's last answer is poor: a low
/// NPS or CSAT, high effort, or negative words. A later, better answer takes the place of an earlier one, and a solved ticket is no
/// complaint any more, but for trouble that comes back.
/// </summary>
/// <remarks>
/// One person's answer is one person's: how much of the account it is about is weighed by who and how many. Scores beyond the limit add
/// confidence in proportion. A ticket's time is looked at by the hour, in working time where the model says so.
/// </remarks>
public sealed class SupportUnhappyRule : IAccountRule
{
    private const double LateTicket = 0.75;
    private const double LateAndNegative = 0.9;
    private const double AtTheLimit = 0.55;
    private const double AgainAndAgain = 0.6;
    private const double EachMore = 0.1;
    private const double MostOfRepeated = 0.9;
    private const double BeyondTheLimit = 0.35;

    public string Cause => CauseIds.SupportUnhappy;

    public RuleFinding? Assess(AccountContext context)
    {
        if (!context.Account.WasHeard)
            return null;
        var complaints = Tickets(context)
            .Concat(Repeated(context))
            .Concat(Answers(context))
            .OrderByDescending(complaint => complaint.Confidence)
            .ToList();
        if (complaints.Count == 0)
            return null;
        bool isOfAccount = complaints.Any(complaint => complaint.Person is null);
        return new RuleFinding(complaints[0].Confidence, null, () => [.. complaints.Take(4).Select(complaint => complaint.Evidence)])
        {
            People = isOfAccount ? null : [.. complaints.Select(complaint => complaint.Person!).Distinct(StringComparer.Ordinal)],
        };
    }

    private static IEnumerable<Complaint> Tickets(AccountContext context)
    {
        var settings = SupportUnhappySettings.Of(context.Model);
        var now = context.Now;
        foreach (var ticket in context.Account.Tickets.All.Where(ticket => ticket.IsOpen))
        {
            if (TicketTimes.Of(context, ticket) is not { } times)
                continue;
            var opened = ticket.OpenedAt!.Value;
            bool negative = IsNegative(ticket.Words, settings.Negative);
            bool unanswered = times.IsUnanswered(now);
            bool late = unanswered || times.IsUnsolved(now);
            if (!late && !(negative && Days.Of(opened) >= context.Today - settings.Days))
                continue;
            var day = Days.Date(Days.Of(opened));
            var words = Quote(ticket.Words, ticket.Text);
            var (what, seen) =
                unanswered ? (Phrase.Of($"ticket {ticket.Id} unanswered since {day}"), Phrase.Of("unanswered"))
                : late ? (Phrase.Of($"ticket {ticket.Id} open since {day}"), Phrase.Of("ticket|open"))
                : (Phrase.Of($"ticket {ticket.Id} of {day}"), Phrase.Of("negative words"));
            var expected = late ? Agreed(context.Model.Tickets, times, unanswered) : Phrase.Of("kind ones");
            double confidence =
                late && negative ? LateAndNegative
                : late ? LateTicket
                : AtTheLimit;
            // A ticket that waits is the account's: whoever opened it did so for the others too.
            yield return new Complaint(
                late ? null : ticket.Person,
                confidence,
                new Evidence(Format.WithWords(what, words), seen, expected, day)
            );
        }
    }

    private static Phrase Agreed(TicketDefinition tickets, TicketTimes times, bool unanswered)
    {
        double hours = (unanswered ? times.Promise.AnswerHours : times.Promise.SolutionHours) ?? tickets.WithinHours;
        var limit = hours < 1 ? Format.Count((long)Math.Ceiling(hours * 60), "{0} minute", "{0} minutes") : HoursOf(hours);
        return (unanswered, tickets.WorkingTime) switch
        {
            (true, true) => Phrase.Of($"answered within {limit} of working days"),
            (true, false) => Phrase.Of($"answered within {limit}"),
            (false, true) => Phrase.Of($"solved within {limit} of working days"),
            _ => Phrase.Of($"solved within {limit}"),
        };
    }

    private static Phrase HoursOf(double hours) => Format.Count((long)Math.Ceiling(hours), "{0} hour", "{0} hours");

    /// <summary>
    /// The next moment after one at which an open ticket's time is over, for an answer or a solution; null when none is ahead.
    /// </summary>
    public static DateTimeOffset? NextLate(AccountContext context, DateTimeOffset now) =>
        context
            .Account.Tickets.All.Where(ticket => ticket.IsOpen)
            .Select(ticket => TicketTimes.Of(context, ticket)!)
            .SelectMany(times => (DateTimeOffset?[])[times.SolutionDue, times.Ticket.HeardAt is null ? times.AnswerDue : null])
            .Where(due => due > now)
            .Min();

    /// <summary>Trouble that comes back is the account's, whoever opened the tickets.</summary>
    private static IEnumerable<Complaint> Repeated(AccountContext context)
    {
        if (RepeatedTrouble.Of(context) is not { } trouble)
            yield break;
        var settings = SupportUnhappySettings.Of(context.Model);
        double confidence = Math.Min(MostOfRepeated, AgainAndAgain + EachMore * (trouble.Tickets.Count - settings.Tickets));
        yield return new Complaint(null, confidence, trouble.Explain(settings));
    }

    private static IEnumerable<Complaint> Answers(AccountContext context)
    {
        var settings = SupportUnhappySettings.Of(context.Model);
        int from = context.Today - settings.Days;
        var latest = context
            .Account.Feedback.Answers.Where(answer => answer.Kind != FeedbackKind.Leaving && Days.Of(answer.At) <= context.Today)
            .GroupBy(answer => (answer.Person, answer.Kind))
            .Select(answers => answers.Last());
        foreach (var answer in latest.Where(answer => Days.Of(answer.At) >= from))
        {
            bool negative = IsNegative(answer.Words, settings.Negative);
            double? beyond = Beyond(answer, settings);
            // Who scores kindly and asks for something is no complaint, however the request is worded.
            if (beyond is null && (!negative || IsKind(answer)))
                continue;
            double confidence = beyond is { } far ? AtTheLimit + BeyondTheLimit * far : AtTheLimit;
            var day = Days.Date(Days.Of(answer.At));
            string name = answer.Kind.ToString().ToUpperInvariant();
            var (score, words) = (Format.Amount(answer.Score), Quote(answer.Words, answer.Comment));
            yield return new Complaint(
                answer.Person,
                confidence,
                beyond is null
                    ? new Evidence(Format.WithWords(Phrase.Of("wrote"), words), Phrase.Of("negative words"), Phrase.Of("kind ones"), day)
                    : new Evidence(
                        Format.WithWords(Phrase.Of($"score|{name} of {score}"), words),
                        score,
                        Expected(answer.Kind, settings),
                        day
                    )
            );
        }
    }

    /// <summary>How far past the limit a score is, from 0 at it to 1 at the worst; null on the good side.</summary>
    private static double? Beyond(FeedbackAnswer answer, SupportUnhappySettings settings) =>
        answer.Kind switch
        {
            FeedbackKind.Nps when answer.Score <= settings.Nps => settings.Nps == 0 ? 1 : (settings.Nps - answer.Score) / settings.Nps,
            FeedbackKind.Csat when answer.Score <= settings.Csat => settings.Csat == 1
                ? 1
                : (settings.Csat - answer.Score) / (settings.Csat - 1),
            FeedbackKind.Ces when answer.Score >= settings.Ces => settings.Ces == 7
                ? 1
                : (answer.Score - settings.Ces) / (7 - settings.Ces),
            _ => null,
        };

    private static Phrase Expected(FeedbackKind kind, SupportUnhappySettings settings) =>
        kind switch
        {
            FeedbackKind.Nps => Phrase.Of($"above {settings.Nps}"),
            FeedbackKind.Csat => Phrase.Of($"above {settings.Csat}"),
            _ => Phrase.Of($"under {settings.Ces}"),
        };

    /// <summary>A score that nobody gives who is unhappy: 7 and more of 10, 4 and 5 of 5, little effort.</summary>
    private static bool IsKind(FeedbackAnswer answer) =>
        answer.Kind switch
        {
            FeedbackKind.Nps => answer.Score >= 7,
            FeedbackKind.Csat => answer.Score >= 4,
            FeedbackKind.Ces => answer.Score <= 3,
            _ => false,
        };

    private static bool IsNegative(CustomerWords? words, double least) =>
        words?.Sentiment == TextSentiment.Negative && -words.Score >= least;

    private static string? Quote(CustomerWords? words, string? text) => words?.Remarks is [var remark, ..] ? remark.Sentence : text;

    private sealed record Complaint(string? Person, double Confidence, Evidence Evidence);
}
