using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Assessments;

namespace Signals.Core.Response.Alerts;

/// <summary>What becomes of an account's alert when the account is reviewed, and as time passes. Pure.</summary>
public sealed class AlertRules(ValueModel model)
{
    /// <summary>
    /// A cause that alerts whatever the level must be about so much of the account, by confidence times share: one in five who is very
    /// unhappy is, one in fifty is not.
    /// </summary>
    private const double MattersFrom = 0.15;

    /// <summary>
    /// What a day's wait may make worse: money that does not come, a customer who is going, the one person who carried them.
    /// </summary>
    private static readonly string[] CannotWaitCauses = [CauseIds.PaymentFailing, CauseIds.NeedsChanged, CauseIds.ChampionLeft];

    /// <summary>The alert after a review: the same one when nothing about it changed, null when there never was reason for one.</summary>
    /// <param name="context">The account now.</param>
    /// <param name="review">The review that is about to be saved.</param>
    /// <param name="alert">The account's last alert, standing or resolved; or null.</param>
    /// <param name="now">The moment of the review.</param>
    public Alert? AfterReview(AccountContext context, AccountReview review, Alert? alert, DateTimeOffset now)
    {
        var assessment = review.Assessment;
        if (!Warrants(context, assessment))
            return alert is null ? null : Ended(alert, context.IsChurned ? AlertReasons.Left : AlertReasons.Recovered, now);
        // An earlier version of Signals told this level and kept no alert: it is shown, and not told again.
        if (alert is null && review.AlertedLevel > RiskLevel.Healthy && review.AlertedLevel >= assessment.Risk.Level)
            return Showing(Raised(context, now), context, review) with { ToTell = null };
        // What was told before a person dealt with it is no news now.
        if (alert is null || (!alert.Stands && IsNews(context, assessment, alert)))
            return Showing(Raised(context, now) with { ToldCauses = alert?.ToldCauses ?? [] }, context, review);
        if (!alert.Stands)
            return alert with { ToldLevel = Lower(alert.ToldLevel, assessment.Risk.Level) };
        return IsNews(context, assessment, alert)
            ? Showing(Worse(alert, now), context, review, alert.Untold is AlertOccasion.Raised or AlertOccasion.Worse)
            : Showing(alert, context, review) with
            {
                Risen = alert.Risen,
                ToldLevel = Lower(alert.ToldLevel, assessment.Risk.Level),
                ToldCauses = alert.ToldCauses,
                NewCauses = alert.NewCauses,
            };
    }

    /// <summary>
    /// The alert after time has passed: a snooze that is over, an answer that did not come. The same one when it is for neither.
    /// </summary>
    public static Alert AfterTime(Alert alert, DateTimeOffset now) =>
        alert switch
        {
            { State: AlertState.Snoozed } when alert.SnoozedUntil <= now => alert with
            {
                State = AlertState.Open,
                SnoozedUntil = null,
                ToTell = AlertOccasion.Reminder,
                AnswerBy = null,
                EscalatedAt = null,
            },
            { State: AlertState.Open, ToTell: null } when alert.AnswerBy <= now => alert with
            {
                ToTell = AlertOccasion.Escalated,
                AnswerBy = null,
                EscalatedAt = now,
            },
            _ => alert,
        };

    /// <summary>
    /// Whether an alert's news are told at once, not with the next morning's list: a payment, a cancellation, a champion who is gone, or a
    /// strategic or high-priced account that has become critical. Reminders and escalations are no news of the customer.
    /// </summary>
    public bool CannotWait(Alert alert) =>
        model.Alerts.Timing == AlertTiming.AtOnce
        || (
            alert.ToTell is AlertOccasion.Raised or AlertOccasion.Worse
            && (
                alert.NewCauses.Any(cause => CannotWaitCauses.Contains(cause, StringComparer.Ordinal))
                || (alert is { Risen: true, Level: RiskLevel.Critical } && (alert.Strategic || model.IsHighPriced(alert.Price)))
            )
        );

    /// <summary>The alert after it was told, or was left to the morning: from then on an answer is waited for.</summary>
    /// <param name="alert">The alert, with what was to be told.</param>
    /// <param name="told">Whom it was told at once.</param>
    /// <param name="mornings">Who hears of it with the next morning's list.</param>
    /// <param name="calendar">When those who are to answer work.</param>
    /// <param name="now">The moment.</param>
    public Alert AfterTelling(
        Alert alert,
        IReadOnlyCollection<AlertTelling> told,
        IReadOnlyList<AlertMorning> mornings,
        WorkCalendar calendar,
        DateTimeOffset now
    )
    {
        var atOnce = told.Where(telling => telling.Channel == AlertChannels.Email).Select(telling => telling.To).ToList();
        bool isForMorning = mornings.Any(morning => morning.Channel == AlertChannels.Email) && atOnce.Count == 0;
        return alert with
        {
            ToTell = null,
            SpokeAt = now,
            AtOnce = atOnce,
            // An earlier list that was told, and that perhaps nobody gets, tells whoever has nothing newer to hear.
            Mornings = [.. alert.Mornings.Where(earlier => mornings.All(one => one.To != earlier.To)), .. mornings],
            Told = [.. alert.Told.Concat(told).TakeLast(Alert.MaxEntries)],
            AnswerBy = alert.ToTell == AlertOccasion.Escalated || isForMorning ? null : AnswerBy(now, calendar),
        };
    }

    /// <summary>
    /// The alert after a morning's list told it; the same one where it was told so already, or has other news by now.
    /// </summary>
    /// <param name="alert">The alert now.</param>
    /// <param name="spokeAt">Its <see cref="Alert.SpokeAt"/> when the list was made.</param>
    /// <param name="listed">The outreach that carries the list, and whom it goes to.</param>
    /// <param name="calendar">When they work.</param>
    public Alert AfterMorning(Alert alert, DateTimeOffset spokeAt, OutreachRecord listed, WorkCalendar calendar)
    {
        if (
            alert.SpokeAt != spokeAt
            || alert.Mornings.FirstOrDefault(one => one.Channel == listed.Channel && one.To == listed.To) is not { } morning
            || morning.At >= listed.PlannedAt
        )
            return alert;
        return alert with
        {
            Mornings = [.. alert.Mornings.Select(one => one == morning ? morning with { At = listed.PlannedAt } : one)],
            Told =
            [
                .. alert
                    .Told.Append(new AlertTelling(listed.PlannedAt, morning.Occasion, listed.Channel, listed.To, listed.Id))
                    .TakeLast(Alert.MaxEntries),
            ],
            AnswerBy =
                morning.Occasion == AlertOccasion.Escalated || listed.Channel != AlertChannels.Email
                    ? alert.AnswerBy
                    : alert.AnswerBy ?? AnswerBy(listed.PlannedAt, calendar),
        };
    }

    private DateTimeOffset AnswerBy(DateTimeOffset told, WorkCalendar calendar) =>
        WorkingTime.After(told, model.Alerts.AnswerWithinHours, calendar);

    /// <summary>Who hears of an alert: everybody whom it is for, and those above them once nobody answered.</summary>
    public IReadOnlyList<string> AddressesFor(Alert alert)
    {
        var first = model.AlertAddressesFor(alert.Csm).ToList();
        return alert.ToTell == AlertOccasion.Escalated
            ? [.. model.Alerts.To.Distinct(StringComparer.OrdinalIgnoreCase).Except(first, StringComparer.OrdinalIgnoreCase)]
            : first;
    }

    /// <summary>True where a manager gets only so many alerts a week at once.</summary>
    public bool IsCounted => model.Alerts.Timing != AlertTiming.AtOnce;

    /// <summary>The chat channels that hear of every alert, by kind and label.</summary>
    public IEnumerable<(string Channel, string Label)> Webhooks => model.Alerts.Webhooks.Select(webhook => (webhook.Kind, webhook.Label));

    /// <summary>The alert resolved by Signals itself; the account may be told of anew.</summary>
    public static Alert Ended(Alert alert, string reason, DateTimeOffset now) =>
        alert.Stands
            ? Answered(alert, new AlertAnswer(now, AlertAnswer.BySignals, AlertState.Resolved, Reason: reason)) with
            {
                ToldLevel = RiskLevel.Healthy,
                ToldCauses = [],
            }
            : alert with
            {
                ToldLevel = RiskLevel.Healthy,
                ToldCauses = [],
            };

    /// <summary>The alert with an answer, which ends the waiting for one.</summary>
    public static Alert Answered(Alert alert, AlertAnswer answer) =>
        alert with
        {
            State = answer.State,
            Answer = answer,
            Answers = [.. alert.Answers.Append(answer).TakeLast(Alert.MaxEntries)],
            SnoozedUntil = answer.State == AlertState.Snoozed ? answer.Until : null,
            ResolvedAt = answer.State == AlertState.Resolved ? answer.At : null,
            AnswerBy = null,
            ToTell = null,
            Mornings = [],
        };

    private static Alert Raised(AccountContext context, DateTimeOffset now) =>
        new()
        {
            Id = AlertId.Of(context.Account.Key, now).Value,
            Account = context.Account.Key.Value,
            AccountId = context.Facts.Id,
            AccountName = context.Facts.Name,
            Level = RiskLevel.Healthy,
            Causes = [],
            RaisedAt = now,
            WorseAt = now,
            ToTell = AlertOccasion.Raised,
        };

    /// <summary>Whatever was answered was answered to less: it is open again.</summary>
    private static Alert Worse(Alert alert, DateTimeOffset now) =>
        alert with
        {
            State = AlertState.Open,
            Answer = null,
            SnoozedUntil = null,
            WorseAt = now,
            AnswerBy = null,
            EscalatedAt = null,
            // What was not told yet is told as what it is now.
            ToTell = alert.Untold is AlertOccasion.Raised ? AlertOccasion.Raised : AlertOccasion.Worse,
            Mornings = [],
        };

    /// <param name="alert">The alert with its new state.</param>
    /// <param name="context">The account now.</param>
    /// <param name="review">Its review.</param>
    /// <param name="untold">True when nobody has heard yet of what was news before.</param>
    private static Alert Showing(Alert alert, AccountContext context, AccountReview review, bool untold = false)
    {
        var assessment = review.Assessment;
        var causes = assessment.Causes.Select(cause => cause.Id).Distinct(StringComparer.Ordinal).ToList();
        return alert with
        {
            AccountId = context.Facts.Id,
            AccountName = context.Facts.Name,
            Plan = context.Facts.Plan,
            Csm = context.Facts.Csm,
            Strategic = context.Facts.Strategic,
            Segments = review.Segments,
            RenewalAt = context.Facts.RenewalAt,
            TrialEndsAt = context.Facts.TrialEndsAt,
            Price = context.Facts.Price,
            Risen = assessment.Risk.Level > alert.ToldLevel || (untold && alert.Risen),
            Level = assessment.Risk.Level,
            PreviousLevel = review.PreviousLevel,
            Score = assessment.Risk.Score,
            StakeSteps = Stake.Steps(Stake.Of(context.Facts.Price, assessment.Risk.LogOdds)),
            Causes =
            [
                .. assessment.Causes.Select(cause => new AlertCause(
                    cause.Id,
                    cause.Detail,
                    cause.Affected,
                    cause.Confidence,
                    cause.Evidence.Count > 0 ? cause.Evidence[0] : null
                )),
            ],
            ToldLevel = assessment.Risk.Level,
            HandedOver = HandOvers.Of(context, assessment),
            ToldCauses = [.. alert.ToldCauses.Union(causes, StringComparer.Ordinal)],
            NewCauses =
            [
                .. assessment
                    .Causes.Where(cause => PersonAssessor.IsSure(cause.Confidence))
                    .Select(cause => cause.Id)
                    .Except(alert.ToldCauses, StringComparer.Ordinal)
                    .Union(untold ? alert.NewCauses.Intersect(causes, StringComparer.Ordinal) : [], StringComparer.Ordinal),
            ],
        };
    }

    private bool Warrants(AccountContext context, Assessment assessment) =>
        context.Account.FirstLiveAt is not null && assessment.Causes.Any(cause => Alerts(context, cause, assessment.Risk.Level));

    /// <summary>A level above what was told, or a sure cause that nobody was told of and that alerts at this level.</summary>
    private bool IsNews(AccountContext context, Assessment assessment, Alert told) =>
        assessment.Risk.Level > told.ToldLevel
        || HandOvers.Of(context, assessment).Except(told.HandedOver, StringComparer.Ordinal).Any()
        || assessment.Causes.Any(cause =>
            PersonAssessor.IsSure(cause.Confidence)
            && Alerts(context, cause, assessment.Risk.Level)
            && !told.ToldCauses.Contains(cause.Id, StringComparer.Ordinal)
        );

    /// <summary>
    /// Whether a cause's playbook alerts at a level: strategic accounts one level earlier, but healthy ones only where somebody must hear
    /// of it whatever the level. What matters little then waits for the level of most causes.
    /// </summary>
    private bool Alerts(AccountContext context, FoundCause cause, RiskLevel level)
    {
        if (HandOvers.Includes(context, cause))
            return true;
        if (model.PlaybookFor(cause.Id).Alert is not { } from)
            return false;
        if (from == RiskLevel.Healthy)
        {
            if (PersonAssessor.IsSure(cause.Confidence) && cause.Confidence * cause.Share >= MattersFrom)
                return true;
            from = RiskLevel.AtRisk;
        }
        return (int)level >= Math.Max((int)RiskLevel.Watch, (int)from - (context.Facts.Strategic ? 1 : 0));
    }

    private static RiskLevel Lower(RiskLevel a, RiskLevel b) => a < b ? a : b;
}
