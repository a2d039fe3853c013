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
        if (alert is null || (!alert.Stands && IsNews(context, assessment, alert)))
            return Showing(Raised(context, now), context, review);
        if (!alert.Stands)
            return alert with { ToldLevel = Lower(alert.ToldLevel, assessment.Risk.Level) };
        return IsNews(context, assessment, alert)
            ? Showing(Worse(alert, now), context, review)
            : Showing(alert, context, review) with
            {
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

    /// <summary>The alert after it was told: from now on an answer is waited for.</summary>
    public Alert AfterTelling(Alert alert, IEnumerable<AlertTelling> told, DateTimeOffset now) =>
        alert with
        {
            ToTell = null,
            Told = [.. alert.Told.Concat(told).TakeLast(Alert.MaxEntries)],
            AnswerBy =
                alert.ToTell == AlertOccasion.Escalated ? null : WorkingTime.After(now, model.Alerts.AnswerWithinHours, model.TimeZone),
        };

    /// <summary>Who hears of an alert: everybody whom it is for, and those above them once nobody answered.</summary>
    public IReadOnlyList<string> AddressesFor(Alert alert)
    {
        var first = model.AlertAddressesFor(alert.Csm).ToList();
        return alert.ToTell == AlertOccasion.Escalated
            ? [.. model.Alerts.To.Distinct(StringComparer.OrdinalIgnoreCase).Except(first, StringComparer.OrdinalIgnoreCase)]
            : first;
    }

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
            ToTell = alert.ToTell is AlertOccasion.Raised ? AlertOccasion.Raised : AlertOccasion.Worse,
        };

    private static Alert Showing(Alert alert, AccountContext context, AccountReview review)
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
            RenewalAt = context.Facts.RenewalAt,
            Level = assessment.Risk.Level,
            PreviousLevel = review.PreviousLevel,
            Score = assessment.Risk.Score,
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
                    .Except(alert.ToldCauses, StringComparer.Ordinal),
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
