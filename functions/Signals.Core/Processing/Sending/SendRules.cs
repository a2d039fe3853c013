using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Planning;
using Signals.Core.State.Accounts;
using Signals.Core.State.People;

namespace Signals.Core.Processing.Sending;

/// <summary>
/// What everything known at the moment of sending says about one planned outreach. Pure; suppression, caps and the day's limit follow
/// in the claim, where they can be changed in one step.
/// </summary>
public static class SendRules
{
    /// <summary>While an incident has no known end, what is held is looked at again after this.</summary>
    private static readonly TimeSpan IncidentRest = TimeSpan.FromHours(1);

    /// <param name="record">The planned outreach.</param>
    /// <param name="account">Its account now; null for digests and reports, or when it is gone.</param>
    /// <param name="person">The person now; null for what goes to CS, or when they are gone.</param>
    /// <param name="alert">The account's alert now; null for what tells of none.</param>
    /// <param name="model">The model now.</param>
    /// <param name="liveSince">When the first live event of all arrived.</param>
    /// <param name="now">The moment of sending.</param>
    public static SendDecision Decide(
        OutreachRecord record,
        AccountState? account,
        PersonState? person,
        Alert? alert,
        ValueModel model,
        DateTimeOffset? liveSince,
        DateTimeOffset now
    )
    {
        if (
            (account is null && record.Kind is OutreachKind.Message or OutreachKind.Alert)
            || (record.Kind == OutreachKind.Message && person is null)
        )
            return new SendDecision.Stop(OutreachState.Suppressed, "the account or person is no longer known");
        if (now >= record.ExpiresAt)
            return new SendDecision.Stop(OutreachState.Expired, $"not sent by {record.ExpiresAt:yyyy-MM-dd HH:mm} UTC");
        if (record.AlertId is not null && Answered(record, alert) is { } answer)
            return new SendDecision.Stop(OutreachState.Suppressed, answer);
        if (model.Outreach.Mode == OutreachMode.DryRun)
            return new SendDecision.Stop(OutreachState.Suppressed, "dry-run: everything but the send");
        if ((account is not null && account.FirstLiveAt is null) || liveSince is not { } live)
            return new SendDecision.Stop(OutreachState.Suppressed, "only imported history: no live event yet");
        var warm = live.AddHours(model.Outreach.WarmUpHours);
        if (now < warm)
            return Wait(record, warm, $"warming up until {warm:yyyy-MM-dd HH:mm} UTC");
        return record.Kind == OutreachKind.Message ? DecideMessage(record, account!, person!, model, now) : SendDecision.Now;
    }

    /// <summary>Why an alert has nothing to say any more, or null.</summary>
    private static string? Answered(OutreachRecord record, Alert? alert) =>
        alert switch
        {
            null => "the alert is gone",
            _ when alert.Id != record.AlertId => "a newer alert took its place",
            { State: AlertState.Open } => null,
            _ => $"the alert was {alert.State.Name()} by {alert.Answer?.By}",
        };

    private static SendDecision DecideMessage(
        OutreachRecord record,
        AccountState account,
        PersonState person,
        ValueModel model,
        DateTimeOffset now
    )
    {
        if (NoCustomers.RuleOf(person, model) is { } rule)
            return new SendDecision.Stop(OutreachState.Suppressed, $"no customer, by the rule '{rule.Name}'");
        if (model.OptOut.Stops(CauseCatalogue.IsNotice(record.Cause)) && ProductWish.RefusalOf(person, model.OptOut) is { } refusal)
            return new SendDecision.Stop(OutreachState.Suppressed, refusal.Words);
        bool isCard = record.Channel == CustomerChannels.InApp;
        if (!isCard && (person.Email is not { } email || !Mailbox.AreSame(email, record.To)))
            return new SendDecision.Stop(OutreachState.Suppressed, "the person's address changed since the message was planned");
        if (account.Tickets.All.Any(ticket => TicketTimes.IsUnsolved(ticket, account, model, now)))
            return new SendDecision.Stop(OutreachState.Suppressed, "a support ticket is open past its time: a person should answer first");

        var usage = new UsageView(person.History, model);
        var accountUsage = account.Key.IsGroup ? new UsageView(account.History, model) : usage;
        if (accountUsage.LastOf(model.Churn.Events) is { } left && !(accountUsage.LastOf(model.Churn.Returned) > left))
            return new SendDecision.Stop(OutreachState.Suppressed, "the customer has left");
        bool hasCause = !OutreachTemplates.HasNoCause(record.Cause);
        if (QuestionEnd(record, account, person, model) is { } end)
            return new SendDecision.Stop(OutreachState.Suppressed, end);
        if (hasCause && Goals.IsReached(model.PlaybookFor(record.Cause).Goal, record, usage, accountUsage, model, Days.Of(now)))
            return new SendDecision.Stop(OutreachState.Suppressed, "the goal is already reached");

        if (hasCause && !StillHolds(record, account, person))
            return new SendDecision.Stop(OutreachState.Suppressed, "the cause no longer holds");
        // What came between planning and sending silences the rest as it would have then.
        if (Blocks.Of(account.Key, account.Review, model, accountUsage).Silencing(record.Cause, record.Detail, record.Person) is { } block)
            return new SendDecision.Stop(OutreachState.Suppressed, block);
        if (account.Hold is { } hold && hold.StandsAt(now))
        {
            string held = $"held by {hold.By} until {hold.Until:yyyy-MM-dd HH:mm} UTC: {hold.Reason}";
            return isCard && record.State is OutreachState.Sent or OutreachState.Delivered
                ? new SendDecision.TakeBack(held)
                : Wait(record, hold.Until, held);
        }

        if (CauseCatalogue.IsPraise(record.Cause) && Complaints.IsOpen(account))
            return new SendDecision.Stop(OutreachState.Suppressed, "there is something to complain about: no time for thanks");

        var incident = model.Incidents.FirstOrDefault(incident => incident.IsOn(now));
        if (incident is not null && (isCard || !incident.Apologises || record.Cause == OutreachTemplates.Survey))
            return Wait(record, incident.Until ?? now + IncidentRest, $"held while something is broken: {incident.What}");
        // Nobody is disturbed by what waits where they come by themselves.
        if (isCard)
            return SendDecision.Now;
        var allowed = LocalHours.NextAllowed(now, model.Outreach.QuietHours, model.Outreach.Weekends, LocalHours.ZoneOf(person, model));
        if (allowed > now)
            return Wait(record, allowed, $"quiet hours or weekend until {allowed:yyyy-MM-dd HH:mm} UTC");
        return incident is null || !hasCause ? SendDecision.Now : new SendDecision.Send(incident);
    }

    /// <summary>Why a question that no cause is behind is not asked any more, or null.</summary>
    private static string? QuestionEnd(OutreachRecord record, AccountState account, PersonState person, ValueModel model) =>
        record.Cause switch
        {
            OutreachTemplates.ConfirmAddress when !model.Outreach.ConfirmAddresses => "the model asks for no address any more",
            OutreachTemplates.ConfirmAddress => AddressChecks.StillWaits(person, record.Detail) ? null : "the cause no longer holds",
            OutreachTemplates.Survey when model.SurveyOf(record.Detail) is null => "the model has no such survey any more",
            OutreachTemplates.Survey => SurveyRules.HindranceOf(account, person),
            _ => null,
        };

    /// <summary>Whether the last review, or the last look at the person, still finds what the message is about.</summary>
    private static bool StillHolds(OutreachRecord record, AccountState account, PersonState person) =>
        person.Finding.Causes.Any(cause => cause.Cause == record.Cause && cause.Detail == record.Detail)
        || account.Review?.Assessment.Causes.Any(cause => cause.Id == record.Cause && cause.Detail == record.Detail) == true
        || account.Review?.People.Affected.ContainsKey(PeopleSummaries.Key(record.Cause, record.Detail)) == true;

    /// <summary>Waits for a moment, unless the outreach is stale by then.</summary>
    public static SendDecision Wait(OutreachRecord record, DateTimeOffset until, string reason) =>
        until >= record.ExpiresAt
            ? new SendDecision.Stop(OutreachState.Expired, $"{reason}; stale by then")
            : new SendDecision.Wait(until, reason);
}

/// <summary>Send now, wait until a moment, or stop for good; with the reason.</summary>
public abstract record SendDecision
{
    private SendDecision() { }

    public static SendDecision Now { get; } = new Send(null);

    /// <summary>Send the message, or for an incident the apology in its place.</summary>
    public sealed record Send(Incident? Apology) : SendDecision;

    public sealed record Wait(DateTimeOffset Until, string Reason) : SendDecision;

    public sealed record Stop(OutreachState State, string Reason) : SendDecision;

    /// <summary>Of a card that stands: show it no more. What it says is true, so that the mail may still come in its place.</summary>
    public sealed record TakeBack(string Reason) : SendDecision;
}
