using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Alerts;

/// <summary>Writes what an alert says to each of those who hear it. Pure.</summary>
public sealed class AlertMessages(ValueModel model)
{
    public const string Template = "alert";

    /// <summary>What an alert's outreach stands under where a message's has its cause's detail.</summary>
    private const string IdCause = "alert";

    /// <summary>A message older than this is no news to a CS manager.</summary>
    private const int RecentDays = 30;

    private const int MostMessages = 3;

    private string Locale => model.TeamLocale;

    /// <summary>One outreach for each address and each webhook.</summary>
    /// <param name="alert">The alert, with what is to be told.</param>
    /// <param name="account">Its account, whose last review says why.</param>
    /// <param name="recent">The account's outreach, newest first.</param>
    /// <param name="addresses">Who hears it by mail.</param>
    /// <param name="now">The moment of planning.</param>
    public IReadOnlyList<OutreachRecord> Write(
        Alert alert,
        AccountState account,
        IReadOnlyList<OutreachRecord> recent,
        IReadOnlyList<string> addresses,
        DateTimeOffset now
    )
    {
        var variables = Variables(alert, account, recent, now);
        return
        [
            .. addresses.Select(address => Record(alert, AlertChannels.Email, address, variables, now)),
            .. model.Alerts.Webhooks.Select(webhook => Record(alert, webhook.Kind, webhook.Label, variables, now)),
        ];
    }

    private OutreachRecord Record(Alert alert, string channel, string to, MessageVariables variables, DateTimeOffset now) =>
        new()
        {
            Id = OutreachId.Of(new AccountKey(alert.Account), $"{channel}:{to}", IdCause, alert.ToTell!.Value.Name(), now).Value,
            Kind = OutreachKind.Alert,
            Account = alert.Account,
            AccountId = alert.AccountId,
            AccountName = alert.AccountName,
            Cause = variables.Cause,
            Detail = alert.Causes.Count > 0 ? alert.Causes[0].Detail : null,
            Template = Template,
            Locale = Locale,
            Channel = channel,
            To = to,
            AlertId = alert.Id,
            State = OutreachState.Planned,
            PlannedAt = now,
            ExpiresAt = now.AddDays(model.Outreach.ExpireAfterDays),
            Variables = variables,
        };

    private MessageVariables Variables(Alert alert, AccountState account, IReadOnlyList<OutreachRecord> recent, DateTimeOffset now)
    {
        var facts = AccountFacts.Of(account, model);
        var assessment = account.Review?.Assessment ?? Assessment.Unknown;
        string primary = alert.Causes.Count > 0 ? alert.Causes[0].Id : "";
        return new MessageVariables
        {
            Product = model.Product,
            Cause = primary,
            AccountId = alert.AccountId,
            AccountName = alert.AccountName,
            Plan = alert.Plan ?? "",
            Goal = facts.Goal ?? "",
            RiskLevel = alert.Level.Name(),
            PreviousRiskLevel = alert.PreviousLevel.Name(),
            RiskScore = alert.Score,
            RaisedBy =
            [
                .. assessment
                    .Risk.RaisedBy.Where(reason => !reason.Feature.StartsWith(RiskFeatureIds.CausePrefix, StringComparison.Ordinal))
                    .Select(reason => reason.Text.In(Locale)),
            ],
            ValueUnit = model.Value.Unit,
            Causes =
            [
                .. assessment.Causes.Select(cause => new MessageCause(
                    cause.Id,
                    CauseNames.Of(cause.Id).In(Locale),
                    (int)Math.Round(cause.Confidence * 100),
                    cause.Affected,
                    Lines(cause)
                )),
            ],
            Questions = [.. CauseQuestions.Of(primary).Select(question => question.In(Locale))],
            Alert = new MessageAlert(
                alert.ToTell!.Value.Name(),
                alert.Csm ?? "",
                alert.Strategic,
                Date(alert.RenewalAt),
                Date(alert.RaisedAt),
                alert.ToTell == AlertOccasion.Worse ? [.. alert.NewCauses.Select(cause => CauseNames.Of(cause).In(Locale))] : [],
                alert.Answers.LastOrDefault(answer => answer.State == AlertState.Snoozed)?.By ?? "",
                Unanswered(alert),
                model.Alerts.AnswerWithinHours.ToString("0.#"),
                [
                    .. recent
                        .Where(record => record.Kind == OutreachKind.Message && record.PlannedAt > now.AddDays(-RecentDays))
                        .Take(MostMessages)
                        .Select(Sent),
                ]
            )
            {
                HandedOver = [.. alert.HandedOver.Select(cause => CauseNames.Of(cause).In(Locale))],
            },
        };
    }

    /// <summary>Who did not answer: those who were told last.</summary>
    private static string Unanswered(Alert alert) =>
        alert.ToTell == AlertOccasion.Escalated
            ? string.Join(
                ", ",
                alert
                    .Told.Where(telling => telling.Channel == AlertChannels.Email && telling.At >= alert.Told[^1].At)
                    .Select(telling => telling.To)
            )
            : "";

    private MessageSent Sent(OutreachRecord record) =>
        new(
            CauseNames.Of(record.Cause).In(Locale),
            record.To,
            Date(record.SentAt ?? record.PlannedAt),
            record.State.Name(),
            record.Message?.Subject ?? "",
            record.GoalReached == true
        );

    private List<MessageEvidence> Lines(FoundCause cause) =>
        [
            .. cause.Evidence.Select(line => new MessageEvidence(
                line.Text.In(Locale),
                line.Value.In(Locale),
                line.Expected.In(Locale),
                line.Since?.ToString("yyyy-MM-dd") ?? ""
            )),
        ];

    /// <summary>The day in the model's zone, for templates to write in the reader's way; empty for none.</summary>
    private string Date(DateTimeOffset? moment) =>
        moment is { } known ? TimeZoneInfo.ConvertTime(known, model.TimeZone).ToString("yyyy-MM-dd") : "";
}
