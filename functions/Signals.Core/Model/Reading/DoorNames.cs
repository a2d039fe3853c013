using Signals.Core.Model.Doors;

namespace Signals.Core.Model.Reading;

/// <summary>
/// What a model with doors need not say: a door that tells of failed payments tells it by the model's name of such an event, and where the
/// model has none, by the usual one, which the model has then.
/// </summary>
internal static class DoorNames
{
    public static BillingDefinition Complete(BillingDefinition billing, IReadOnlyList<Door> doors) =>
        billing with
        {
            Failed = Usual(billing.Failed, doors, DoorTarget.PaymentFailed, "Payment Failed"),
            Recovered = Usual(billing.Recovered, doors, DoorTarget.PaymentRecovered, "Payment Succeeded"),
        };

    public static TicketDefinition Complete(TicketDefinition tickets, IReadOnlyList<Door> doors) =>
        tickets with
        {
            Opened = Usual(tickets.Opened, doors, DoorTarget.TicketOpened, "Ticket Opened"),
            Answered = Usual(tickets.Answered, doors, DoorTarget.TicketAnswered, "Ticket Answered"),
            Solved = Usual(tickets.Solved, doors, DoorTarget.TicketSolved, "Ticket Solved"),
        };

    public static FeedbackDefinition Complete(FeedbackDefinition feedback, IReadOnlyList<Door> doors) =>
        feedback with
        {
            Nps = Usual(feedback.Nps, doors, DoorTarget.Nps, "NPS Answered"),
            Csat = Usual(feedback.Csat, doors, DoorTarget.Csat, "CSAT Answered"),
            Ces = Usual(feedback.Ces, doors, DoorTarget.Ces, "CES Answered"),
        };

    public static ValueModel Complete(ValueModel model)
    {
        var doors = model.Doors;
        if (doors.Count == 0)
            return model;
        return model with
        {
            LeaveIntent = Usual(model.LeaveIntent, doors, DoorTarget.LeaveIntent, "Cancellation Scheduled"),
            Churn = model.Churn with
            {
                Events = Usual(model.Churn.Events, doors, DoorTarget.Left, "Subscription Cancelled"),
                Returned = Usual(model.Churn.Returned, doors, DoorTarget.Returned, "Subscription Reactivated"),
            },
            Facts = FactsOf(model.Facts, doors),
        };
    }

    private static IReadOnlyList<string> Usual(IReadOnlyList<string> own, IReadOnlyList<Door> doors, DoorTarget target, string usual) =>
        own.Count > 0 || !doors.Any(door => door.Rules.Any(rule => rule.To == target)) ? own : [usual];

    private static IReadOnlyList<FactDefinition> FactsOf(IReadOnlyList<FactDefinition> own, IReadOnlyList<Door> doors)
    {
        if (own.Any(fact => fact.Event == DoorTargets.AccountEvent) || !doors.Any(door => door.Rules.Any(IsOfAccounts)))
            return own;
        var facts = FactDefinition.Names.ToDictionary(name => name, StringComparer.Ordinal);
        return [.. own, new FactDefinition(DoorTargets.AccountEvent, facts)];
    }

    private static bool IsOfAccounts(DoorRule rule) => rule.To == DoorTarget.Account;
}
