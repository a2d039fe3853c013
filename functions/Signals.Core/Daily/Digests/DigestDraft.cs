using System.Globalization;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Indexes;
using Signals.Core.State.Work;

namespace Signals.Core.Daily.Digests;

/// <summary>
/// What one of the team hears this morning, while alerts and accounts are read. An account stands in one section only, and what was told at
/// once in none.
/// </summary>
internal sealed class DigestDraft(DigestDay day, string channel, string to, ValueModel model, AlertMessages words)
{
    private readonly DigestSection _alerts = new();
    private readonly DigestSection _unanswered = new();
    private readonly DigestSection _worse = new();
    private readonly DigestSection _open = new();
    private readonly DigestSection _recovered = new();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly List<MessageDigestAccount> _steps = [];
    private bool _stepsAreNews;
    private bool _budgetReached;

    /// <summary>True when there is something to tell: silence is the default.</summary>
    public bool IsNews =>
        _stepsAreNews
        || _alerts.Count + _unanswered.Count + _worse.Count + _recovered.Count > 0
        || (day.IsFirstOfWeek && _open.Count + _steps.Count > 0);

    public string Channel => channel;

    public string To => to;

    /// <summary>What a manager has to hear of an account, if anything.</summary>
    public static bool IsTelling(AccountSummary account, DigestDay day) => account.Level >= RiskLevel.Watch || IsRecovered(account, day);

    public static bool IsWorse(AccountSummary account, DigestDay day) => account.Since >= day.Since && account.Level > account.Previous;

    /// <summary>An alert that waited for this morning, or whose list of an earlier one nobody got.</summary>
    public void Add(Alert alert, AlertMorning morning, MessageAnswer answer)
    {
        _told.Add(alert.Account);
        _budgetReached |= morning.CannotWait;
        bool isUnanswered = morning.Occasion == AlertOccasion.Escalated;
        // What is new is what the evidence tells of.
        var cause =
            alert.Causes.FirstOrDefault(cause => !isUnanswered && alert.NewCauses.Contains(cause.Id, StringComparer.Ordinal))
            ?? (alert.Causes.Count > 0 ? alert.Causes[0] : null);
        (isUnanswered ? _unanswered : _alerts).Add(
            alert.Level,
            alert.Price,
            alert.Score,
            new MessageDigestAccount(
                alert.AccountId,
                alert.AccountName,
                "",
                alert.Level.Name(),
                alert.PreviousLevel.Name(),
                alert.Score,
                cause is null ? "" : CauseNames.Of(cause.Id).In(model.TeamLocale),
                AsSentence(words.Said(cause?.Evidence)),
                alert.Strategic,
                words.Date(alert.RaisedAt),
                answer
            )
            {
                AlertId = alert.Id,
                SpokeAt = alert.SpokeAt,
                Occasion = morning.Occasion.Name(),
                Person = cause?.Evidence?.Person,
                News = words.News(alert, morning.Occasion),
                Came = words.Came(alert, morning.Occasion),
                Risen = AlertMessages.HasRisen(alert, morning.Occasion) && alert.PreviousLevel < alert.Level,
                Price = words.Price(alert.Price, alert.TrialEndsAt > day.At),
                Plan = alert.Plan ?? "",
                RenewsOn = words.Date(alert.RenewalAt),
                TrialEndsOn = words.Date(alert.TrialEndsAt > day.At ? alert.TrialEndsAt : null),
                Contacts = alert.Contacts,
                Ask = cause is null ? "" : words.FirstQuestion(cause.Id),
                ToldTo = isUnanswered ? string.Join(", ", model.AlertAddressesFor(alert.Csm)) : "",
            }
        );
    }

    /// <param name="account">The account.</param>
    /// <param name="alert">Its alert, if one stands.</param>
    /// <param name="answer">What became of its alert.</param>
    public void Add(AccountSummary account, Alert? alert, MessageAnswer answer)
    {
        if (_told.Contains(account.Key))
            return;
        bool wasTold = alert is not null && alert.SpokeAt >= day.Since && alert.AtOnce.Contains(to, StringComparer.OrdinalIgnoreCase);
        var section =
            IsRecovered(account, day) ? _recovered
            : IsWorse(account, day) ? (wasTold ? null : _worse)
            : account.Level >= RiskLevel.AtRisk ? _open
            : null;
        section?.Add(account.Level, account.Price, account.Score, Line(account, answer));
    }

    /// <summary>
    /// A next step of theirs that is due by this day. It is news once, when its day comes; until it is done it stands in what they hear
    /// anyway, and in the week's first digest.
    /// </summary>
    public void Add(ListedWork step)
    {
        var today = Days.Date(day.Day);
        var due = step.Due ?? today;
        _stepsAreNews |= due > DateOnly.FromDateTime(day.Since.UtcDateTime) || due == today;
        _steps.Add(
            new MessageDigestAccount(step.AccountId, step.AccountName, "", "", "", 0, "", "", Strategic: false, "")
            {
                Step = AsSentence(step.Text),
                StepDue = due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                StepLate = due < today,
            }
        );
    }

    public MessageDigest ToMessage() =>
        new(
            _worse.Lines,
            _worse.Unlisted,
            day.IsFirstOfWeek ? _open.Lines : [],
            day.IsFirstOfWeek ? _open.Unlisted : 0,
            _recovered.Lines,
            _recovered.Unlisted,
            _worse.Count,
            day.IsFirstOfWeek ? _open.Count : 0,
            _recovered.Count
        )
        {
            Alerts = _alerts.Lines,
            AlertsUnlisted = _alerts.Unlisted,
            AlertsCount = _alerts.Count,
            AlertsPay = words.Price(_alerts.Price),
            Unanswered = _unanswered.Lines,
            UnansweredUnlisted = _unanswered.Unlisted,
            UnansweredCount = _unanswered.Count,
            Steps = _steps,
            StepsCount = _steps.Count,
            BudgetReached = _budgetReached ? model.Alerts.AtOncePerWeek : 0,
        };

    private static bool IsRecovered(AccountSummary account, DigestDay day) =>
        account.Since >= day.Since
        && account.Previous >= RiskLevel.AtRisk
        && account.Level < account.Previous
        && account.Level < RiskLevel.AtRisk;

    private MessageDigestAccount Line(AccountSummary account, MessageAnswer answer)
    {
        var cause = account.Causes.Count > 0 ? account.Causes[0] : null;
        return new MessageDigestAccount(
            account.Id,
            account.Name,
            "",
            account.Level.Name(),
            account.Previous.Name(),
            account.Score,
            cause is null ? "" : CauseNames.Of(cause.Id).In(model.TeamLocale),
            AsSentence(cause?.Evidence.In(model.TeamLocale) ?? ""),
            account.Strategic,
            account.Since.ToString("yyyy-MM-dd"),
            answer
        )
        {
            Person = cause?.Person,
            Price = words.Price(account.Price, account.TrialEndsAt > day.At),
            Plan = account.Plan ?? "",
            RenewsOn = words.Date(account.RenewalAt),
            TrialEndsOn = words.Date(account.TrialEndsAt > day.At ? account.TrialEndsAt : null),
        };
    }

    /// <summary>With a large letter first and a sign at its end, unless the words it quotes have theirs.</summary>
    private static string AsSentence(string text)
    {
        if (text.Length == 0)
            return "";
        bool ends = text.TrimEnd('"', '”', '“', '»', ' ', '\u00a0', '\u202f') is [.., '.' or '!' or '?' or '…'];
        return char.ToUpperInvariant(text[0]) + text[1..] + (ends ? "" : ".");
    }
}
