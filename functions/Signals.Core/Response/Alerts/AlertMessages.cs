using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
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
    private const int MostNews = 2;

    private string Locale => model.TeamLocale;

    /// <summary>One outreach for each of those who hear it at once.</summary>
    /// <param name="alert">The alert, with what is to be told.</param>
    /// <param name="account">Its account, whose last review says why.</param>
    /// <param name="recent">The account's outreach, newest first.</param>
    /// <param name="recipients">Who hears it, by mail or chat.</param>
    /// <param name="now">The moment of planning.</param>
    /// <param name="nameOf">What colleagues call whom an answer names; the answer's own word where nobody says.</param>
    public List<OutreachRecord> Write(
        Alert alert,
        AccountState account,
        IReadOnlyList<OutreachRecord> recent,
        IReadOnlyList<AlertRecipient> recipients,
        DateTimeOffset now,
        Func<string, string>? nameOf = null
    )
    {
        var variables = Variables(alert, account, recent, now, nameOf ?? (who => who));
        return [.. recipients.Select(recipient => Record(alert, recipient, variables, now))];
    }

    private OutreachRecord Record(Alert alert, AlertRecipient recipient, MessageVariables variables, DateTimeOffset now) =>
        new()
        {
            Id = OutreachId
                .Of(new AccountKey(alert.Account), $"{recipient.Channel}:{recipient.To}", IdCause, alert.ToTell!.Value.Name(), now)
                .Value,
            Kind = OutreachKind.Alert,
            Account = alert.Account,
            AccountId = alert.AccountId,
            AccountName = alert.AccountName,
            Segments = alert.Segments,
            Cause = variables.Cause,
            Detail = alert.Causes.Count > 0 ? alert.Causes[0].Detail : null,
            Template = Template,
            Locale = Locale,
            Channel = recipient.Channel,
            To = recipient.To,
            AlertId = alert.Id,
            State = OutreachState.Planned,
            PlannedAt = now,
            ExpiresAt = now.AddDays(model.Outreach.ExpireAfterDays),
            Variables = variables with
            {
                Alert = variables.Alert! with { LastOfWeek = recipient.IsLastOfWeek ? model.Alerts.AtOncePerWeek : 0 },
            },
        };

    private MessageVariables Variables(
        Alert alert,
        AccountState account,
        IReadOnlyList<OutreachRecord> recent,
        DateTimeOffset now,
        Func<string, string> nameOf
    )
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
                alert.ToTell == AlertOccasion.Worse ? [.. NewCausesOf(alert)] : [],
                nameOf(alert.Answers.LastOrDefault(answer => answer.State == AlertState.Snoozed)?.By ?? ""),
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
                TrialEndsOn = Date(alert.TrialEndsAt > now ? alert.TrialEndsAt : null),
                News = News(alert, alert.ToTell!.Value),
                Price = Price(alert.Price, alert.TrialEndsAt > now),
                Contacts = alert.Contacts,
                HandedOver = [.. alert.HandedOver.Select(cause => CauseNames.Of(cause).In(Locale))],
            },
        };
    }

    /// <summary>
    /// What is new, for the subject: the causes that came, most telling first, and the level where it rose; in a reminder what it is about.
    /// Never empty.
    /// </summary>
    /// <param name="alert">The alert.</param>
    /// <param name="occasion">Why it speaks.</param>
    public string News(Alert alert, AlertOccasion occasion)
    {
        string came = Came(alert, occasion),
            level = LevelName(alert.Level).In(Locale);
        if (!IsNew(occasion) || (came.Length == 0 && occasion == AlertOccasion.Raised))
            return alert.Causes.Count > 0 ? CauseNames.Of(alert.Causes[0].Id).In(Locale) : level;
        if (came.Length == 0)
            return occasion == AlertOccasion.Worse ? Phrase.Of($"now {level}").In(Locale) : level;
        return HasRisen(alert, occasion) && alert.NewCauses.Count > 0 ? Phrase.Of($"{came}, {level}").In(Locale) : came;
    }

    /// <summary>The causes that are new, for lines that say the level by themselves; empty where only that is new, or nothing.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="occasion">Why it speaks.</param>
    public string Came(Alert alert, AlertOccasion occasion)
    {
        string causes = string.Join(", ", NewCausesOf(alert).Take(MostNews));
        return !IsNew(occasion) ? ""
            : causes.Length > 0 ? causes
            : occasion == AlertOccasion.Worse && !alert.Risen && alert.HandedOver.Count > 0
                ? Phrase.Of($"{CauseNames.Of(alert.HandedOver[0])}, two messages did not help").In(Locale)
            : "";
    }

    /// <summary>True where it speaks because the level rose, be it for that alone.</summary>
    public static bool HasRisen(Alert alert, AlertOccasion occasion) => alert.Risen && IsNew(occasion);

    /// <summary>True where the customer is why it speaks; a reminder tells what was told before.</summary>
    private static bool IsNew(AlertOccasion occasion) => occasion is AlertOccasion.Raised or AlertOccasion.Worse;

    /// <summary>"99 USD a month"; empty for an account that pays nothing.</summary>
    /// <param name="price">What it pays a month, in the model's currency.</param>
    /// <param name="onTrial">True where it pays that once the trial is over, and nothing until then.</param>
    public string Price(double price, bool onTrial = false) =>
        price <= 0 ? ""
        : onTrial ? Phrase.Of($"{Format.Money(price)} {model.Currency} a month after the trial").In(Locale)
        : Phrase.Of($"{Format.Money(price)} {model.Currency} a month").In(Locale);

    private static Phrase LevelName(RiskLevel level) =>
        level switch
        {
            RiskLevel.Critical => Phrase.Of("level|critical"),
            RiskLevel.AtRisk => Phrase.Of("level|at risk"),
            RiskLevel.Watch => Phrase.Of("level|on watch"),
            _ => Phrase.Of("level|healthy"),
        };

    /// <summary>Praise beside trouble is good to know, and no reason to speak.</summary>
    private IEnumerable<string> NewCausesOf(Alert alert) =>
        alert
            .Causes.Select(cause => cause.Id)
            .Distinct(StringComparer.Ordinal)
            .Where(cause => alert.NewCauses.Contains(cause, StringComparer.Ordinal) && !CauseCatalogue.IsPraise(cause))
            .Select(cause => CauseNames.Of(cause).In(Locale));

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
                IsTold(line) ? "" : line.Value.In(Locale),
                line.Expected.In(Locale),
                line.Since is { } since && !line.Text.In(Locale).Contains(Format.Day(since).In(Locale), StringComparison.Ordinal)
                    ? since.ToString("yyyy-MM-dd")
                    : ""
            )
            {
                Person = line.Person,
            }),
        ];

    /// <summary>
    /// A line of evidence as one text, with what was seen where the text does not tell it by itself; empty for none.
    /// </summary>
    public string Said(Evidence? line)
    {
        if (line is null)
            return "";
        string text = line.Text.In(Locale);
        return IsTold(line) ? text : Phrase.Of($"{line.Text}: {line.Value}").In(Locale);
    }

    /// <summary>True where the text tells what was seen, be it as "once" or within other words.</summary>
    private bool IsTold(Evidence line)
    {
        string text = line.Text.In(Locale),
            value = line.Value.In(Locale),
            number = value.Split(' ', '\u00a0', '\u202f')[0];
        return value.Length == 0
            || text.Contains(value, StringComparison.Ordinal)
            || (char.IsDigit(number[0]) && Words(text).Contains(number))
            || (number == "1" && text.Contains(Format.Times(1).In(Locale), StringComparison.Ordinal));
    }

    /// <summary>A text's words and numbers, without the signs that end them.</summary>
    private static IEnumerable<string> Words(string text) =>
        text.Split(' ', '\u00a0', '\u202f').Select(word => word.TrimEnd('.', ',', ':', ';', ')'));

    /// <summary>What to ask the customer first; empty when there is nothing.</summary>
    public string FirstQuestion(string cause) => CauseQuestions.Of(cause) is [var first, ..] ? first.In(Locale) : "";

    /// <summary>The day in the model's zone, for templates to write in the reader's way; empty for none.</summary>
    public string Date(DateTimeOffset? moment) =>
        moment is { } known ? TimeZoneInfo.ConvertTime(known, model.TimeZone).ToString("yyyy-MM-dd") : "";
}
