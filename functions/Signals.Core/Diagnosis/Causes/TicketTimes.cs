using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Answers;
using Signals.Core.State.Histories;
using Signals.Core.State.People;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>
/// By when a ticket was to be answered and solved: what the plan of the day promised on which it was opened, for that is what was agreed.
/// </summary>
/// <param name="Ticket">A ticket whose opening is known.</param>
/// <param name="Promise">What was promised.</param>
/// <param name="SolutionDue">When the time for a solution is over.</param>
/// <param name="AnswerDue">When the time for a first answer is over; null where none was promised, or nothing told of answers then.</param>
public sealed record TicketTimes(Ticket Ticket, TicketPromise Promise, DateTimeOffset SolutionDue, DateTimeOffset? AnswerDue)
{
    /// <summary>Null for a ticket whose opening is not known.</summary>
    public static TicketTimes? Of(AccountContext context, Ticket ticket)
    {
        if (ticket.OpenedAt is not { } opened)
            return null;
        var (tickets, zone) = (context.Model.Tickets, context.Model.TimeZone);
        var promise = tickets.PromiseOf(context.PlanOn(Days.Of(opened)) ?? context.Facts.Plan);
        return new TicketTimes(
            ticket,
            promise,
            tickets.After(opened, promise.SolutionHours ?? tickets.WithinHours, zone),
            promise.AnswerHours is { } hours && KnowsAnswersFrom(context) <= Days.Of(opened) ? tickets.After(opened, hours, zone) : null
        );
    }

    /// <summary>
    /// When an open ticket is past its time for a solution, as far as the account's own row tells. What was to be answered is for
    /// <see cref="Of"/> to say, which knows since when answers are told of.
    /// </summary>
    public static bool IsUnsolved(Ticket ticket, AccountState account, ValueModel model, DateTimeOffset now)
    {
        if (!ticket.IsOpen || ticket.OpenedAt is not { } opened)
            return false;
        string? plan = account.Profile[Traits.Plan];
        var promise = model.Tickets.PromiseOf(account.Plans.On(Days.Of(opened), plan) ?? plan);
        return model.Tickets.After(opened, promise.SolutionHours ?? model.Tickets.WithinHours, model.TimeZone) < now;
    }

    /// <summary>True for an open ticket whose time for a solution is over.</summary>
    public bool IsUnsolved(DateTimeOffset now) => Ticket.IsOpen && SolutionDue <= now;

    /// <summary>True for a ticket that nobody answered, and whose time for that is over.</summary>
    public bool IsUnanswered(DateTimeOffset now) => Ticket.HeardAt is null && AnswerDue <= now;

    public bool WasSolvedLate => !Ticket.IsOpen && Ticket.SolvedAt > SolutionDue;

    public bool WasAnsweredLate => Ticket.HeardAt > AnswerDue;

    /// <summary>
    /// The day from which answers are told of: of tickets before it nobody knows whether a person answered. Nobody's are known while no
    /// such event ever came.
    /// </summary>
    private static int KnowsAnswersFrom(AccountContext context)
    {
        var tickets = context.Model.Tickets;
        int first = tickets.Answered.Select(name => context.Known.EventSince(name) ?? int.MaxValue).DefaultIfEmpty(int.MaxValue).Min();
        return tickets
            .Answered.Where(name => context.Known.EventSince(name) is not null)
            .Select(name => context.Known.SumSince(History.PropertyKey(name, tickets.Id)))
            .Append(first)
            .Max();
    }
}
