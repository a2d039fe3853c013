using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Outreach;

namespace Signals.Core.Response.Cards;

/// <summary>How long a card of some outreach stands, and what comes after it: as its playbook says, or its survey.</summary>
/// <param name="ShowsCard">False where the model says it by mail alone by now.</param>
/// <param name="SendsMail">Whether a mail goes where nobody saw the card.</param>
/// <param name="Stand">How long it is shown: until the mail goes in its place, else for as long as its goal counts.</param>
/// <param name="MailsAfterDismissed">Whether a mail follows a card that was put away.</param>
public sealed record CardTerms(bool ShowsCard, bool SendsMail, TimeSpan Stand, bool MailsAfterDismissed)
{
    /// <summary>Of what the model knows no more.</summary>
    private static readonly CardTerms None = new(ShowsCard: false, SendsMail: false, TimeSpan.Zero, MailsAfterDismissed: false);

    /// <param name="cause">What the outreach is about.</param>
    /// <param name="detail">What of it: of a survey its id.</param>
    /// <param name="model">The model.</param>
    public static CardTerms Of(string cause, string? detail, ValueModel model)
    {
        if (cause == OutreachTemplates.Survey && model.SurveyOf(detail) is { } survey)
            return Of(survey.Channels, survey.MailAfterHours, Survey.CardDays, mailsAfterDismissed: false);
        if (!CauseCatalogue.Ids.Contains(cause))
            return None;
        var playbook = model.PlaybookFor(cause);
        return Of(playbook.Channels, playbook.MailAfterHours, playbook.GoalDays, playbook.AfterDismissed == AfterDismissed.Mail);
    }

    /// <summary>The longest that a card can stand after it was planned.</summary>
    public TimeSpan LongestStand(ValueModel model) => TimeSpan.FromDays(model.Outreach.ExpireAfterDays) + Stand;

    private static CardTerms Of(MessageChannels channels, int hours, int days, bool mailsAfterDismissed)
    {
        bool sendsMail = channels != MessageChannels.InApp;
        return new CardTerms(
            channels != MessageChannels.Mail,
            sendsMail,
            sendsMail ? TimeSpan.FromHours(hours) : TimeSpan.FromDays(days),
            sendsMail && mailsAfterDismissed
        );
    }
}
