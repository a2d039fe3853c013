using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Indexes;

namespace Signals.Core.Daily.Digests;

/// <summary>
/// Once each working morning, one mail to each CS manager: whose risk grew, who recovered, and on Mondays who still waits; and of each what
/// was answered to its alert.
/// </summary>
/// <remarks>
/// A host that comes back tells the digest of that morning until midnight, and never those of earlier mornings: their news stand in the
/// next one. It reads the list of accounts by risk, a query for each thousand accounts, and the list of alerts.
/// </remarks>
public sealed class DailyDigest(
    AccountLists accounts,
    AlertBook alerts,
    TeamMails mails,
    UnreadableRows unreadable,
    ValueModel model,
    TimeProvider clock
)
{
    /// <summary>The template of digests, and what they stand under in place of a cause.</summary>
    public const string Name = "digest";

    private const int PageSize = 1000;

    /// <summary>What is older was seen on the dashboard, or is no news.</summary>
    private const int MostDaysBack = 14;

    /// <summary>Days whose digests are looked through for the last one that had its end.</summary>
    private const int MemoryDays = 60;

    private int _plannedOn;

    /// <summary>Plans the latest digests that are due, unless that was done; returns how many. Cheap to call often.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var day = DigestDay.Latest(now, model.TimeZone);
        if (day.Day == _plannedOn || now >= day.Until)
            return 0;
        int planned = 0;
        if (!await mails.ArePlannedAsync(Name, day.Day, cancellationToken))
        {
            day = day with { Since = await SinceAsync(day, cancellationToken) };
            var news = (await DraftAsync(day, now, cancellationToken))
                .Where(draft => draft.Value.IsNews)
                .Select(draft => KeyValuePair.Create(draft.Key, Variables(draft.Value)))
                .ToList();
            await mails.PlanAsync(Name, OutreachKind.Digest, day.Day, day.At, day.Next, news, cancellationToken);
            planned = news.Count;
        }
        _plannedOn = day.Day;
        return planned;
    }

    /// <summary>
    /// Since when nobody was told: the last digest that had its end, not the morning before, so that what was missed while the host or the
    /// mail server was away is told once, by one digest. Never more than <see cref="MostDaysBack"/> days.
    /// </summary>
    private async Task<DateTimeOffset> SinceAsync(DigestDay day, CancellationToken cancellationToken)
    {
        var told = await mails.LastToldAsync(
            Name,
            day.Day - MemoryDays,
            day.Day,
            planned => DigestDay.Moment(planned, model.TimeZone),
            cancellationToken
        );
        var since = told is { } last ? DigestDay.Moment(last, model.TimeZone) : day.Since;
        var earliest = day.At.AddDays(-MostDaysBack);
        return since < earliest ? earliest : since;
    }

    private async Task<Dictionary<string, DigestDraft>> DraftAsync(DigestDay day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var answers = await AnswersAsync(now, cancellationToken);
        var drafts = new Dictionary<string, DigestDraft>(StringComparer.OrdinalIgnoreCase);
        var pass = unreadable.Begin(BackgroundWork.Digest);
        await foreach (var (account, _) in accounts.ReadAsync(AccountLists.ByRisk, null, PageSize, pass, cancellationToken))
        {
            if (!DigestDraft.IsTelling(account, day))
                continue;
            foreach (string address in model.AlertAddressesFor(account.Csm))
            {
                if (!drafts.TryGetValue(address, out var draft))
                    drafts[address] = draft = new DigestDraft(day, model.TeamLocale);
                draft.Add(account, answers.GetValueOrDefault(account.Key, MessageAnswer.None));
            }
        }
        await pass.EndAsync(cancellationToken);
        return drafts;
    }

    /// <summary>What became of each account's alert, by the account's key.</summary>
    private async Task<Dictionary<string, MessageAnswer>> AnswersAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<string, MessageAnswer>(StringComparer.Ordinal);
        await foreach (var (alert, _) in alerts.ReadAsync(null, null, PageSize, cancellationToken))
        {
            bool late = alert.State == AlertState.Open && (alert.EscalatedAt is not null || alert.AnswerBy <= now);
            answers[alert.Account] = new MessageAnswer(
                late ? MessageAnswer.Late : alert.State.Name(),
                alert.Answer?.By ?? "",
                DayOf(alert.SnoozedUntil)
            );
        }
        return answers;
    }

    private string DayOf(DateTimeOffset? moment) =>
        moment is { } known ? TimeZoneInfo.ConvertTime(known, model.TimeZone).ToString("yyyy-MM-dd") : "";

    private MessageVariables Variables(DigestDraft draft) =>
        new()
        {
            Product = model.Product,
            Cause = Name,
            Digest = draft.ToMessage(),
        };
}
