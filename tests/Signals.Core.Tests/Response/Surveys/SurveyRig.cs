using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Outreach;
using Signals.Testing.World;

namespace Signals.Core.Tests.Response.Surveys;

/// <summary>
/// Ann and her like, who get value on every working day since day 0: their first days are over on day 14, a Monday. All have had their turn
/// of the first quarter by day 0, which is 3 March; the second begins on day 29.
/// </summary>
internal static class SurveyRig
{
    public const string Ann = "ann";

    /// <summary>The first day on which somebody who came on day 0 may be asked.</summary>
    public const int First = 14;

    public static Survey Nps { get; } = new() { Id = "nps", Kind = SurveyKind.Nps };

    public static Survey AfterTicket { get; } =
        new()
        {
            Id = "support",
            Kind = SurveyKind.Csat,
            After = SurveyMoment.Ticket,
        };

    public static Survey Effort { get; } = new() { Id = "effort", Kind = SurveyKind.Ces };

    public static ValueModel Asking(this ValueModel model, params Survey[] surveys) =>
        model with
        {
            Fingerprint = $"{model.Fingerprint}+surveys",
            Feedback = new FeedbackDefinition
            {
                Nps = ["NPS Answered"],
                Csat = ["CSAT Answered"],
                Ces = ["CES Answered"],
            },
            Tickets = new TicketDefinition { Opened = ["Ticket Opened"], Solved = ["Ticket Solved"] },
            Surveys = surveys,
        };

    public static ValueModel OfPeople(params Survey[] surveys) => StoryModels.OfPeople.Asking(surveys.Length == 0 ? [Nps] : surveys);

    public static ValueModel OfGroups(params Survey[] surveys) => StoryModels.OfGroups.Asking(surveys.Length == 0 ? [Nps] : surveys);

    /// <summary>What somebody, or an account, was asked.</summary>
    public static async Task<IReadOnlyList<OutreachRecord>> AskedAsync(this SignalsWorld world, string account = Ann) =>
        [.. (await world.MessagesAsync(account)).Where(record => record.Cause == OutreachTemplates.Survey)];

    public static PersonStory Opens(this PersonStory person, string ticket, int day, double hour = 10) =>
        person.Tracks("Ticket Opened").With("ticketId", ticket).At(hour).On(day);

    public static PersonStory IsHelped(this PersonStory person, string ticket, int day, double hour = 11) =>
        person.Tracks("Ticket Solved").With("ticketId", ticket).At(hour).On(day);

    public static LocalText Words(string text) => new(text);
}
