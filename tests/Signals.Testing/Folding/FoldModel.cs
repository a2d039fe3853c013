using Signals.Core.Model;

namespace Signals.Testing.Folding;

/// <summary>A model that collects one of everything: sums, a fact, distinct values, feedback, tickets, an urgent step.</summary>
public static class FoldModel
{
    public const string Watched = "Video Watched";
    public const string Delivered = "Message Delivered";
    public const string Imported = "Users Imported";
    public const string Rated = "NPS Answered";
    public const string TicketOpened = "Ticket Opened";
    public const string TicketAnswered = "Ticket Answered";
    public const string TicketSolved = "Ticket Solved";
    public const string Charged = "Invoice Paid";

    public static ValueModel Of(AccountsMode mode) =>
        new()
        {
            Product = "Nimbus",
            Accounts = mode,
            Value = new ValueDefinition("minutes", [new ValueSource(Watched, null, "seconds", 1 / 60d)], new Floor()),
            Reach = new ReachDefinition([Delivered], "recipientId"),
            Onboarding = [new OnboardingStep("import", "Import", StepScope.Account, [Imported], [], [], 7, null, [])],
            Feedback = new FeedbackDefinition { Nps = [Rated] },
            Tickets = new TicketDefinition
            {
                Opened = [TicketOpened],
                Answered = [TicketAnswered],
                Solved = [TicketSolved],
            },
            Facts = [new FactDefinition(Charged, new Dictionary<string, string>(StringComparer.Ordinal) { ["price"] = "amount" })],
        };

    public static ValueModel Groups { get; } = Of(AccountsMode.Group);

    public static ValueModel People { get; } = Of(AccountsMode.Person);
}
