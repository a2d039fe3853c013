using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Core.State.Team;
using Signals.Core.State.Work;

namespace Signals.Core.Daily.Digests;

/// <summary>
/// Once each working morning, one mail to each of the team, and one message to each chat channel: the alerts that could wait, those that
/// nobody answered, their own next steps that are due, whose risk grew, who recovered, and on the week's first morning who still waits.
/// What was told at once is not in it.
/// </summary>
/// <remarks>
/// A host that comes back tells the digest of that morning until midnight, and never those of earlier mornings: their news stand in the
/// next one. It reads the list of alerts, the list of accounts by risk, a query for each thousand of either, and the alert of each account
/// that got worse and has none that stands. Everybody's morning comes in their own zone and country; those of one calendar are a series.
/// </remarks>
public sealed class DailyDigest(
    AccountLists accounts,
    AlertBook alerts,
    AlertKeeper keeper,
    AlertMessages words,
    TeamMails mails,
    TeamCalendars calendars,
    TeamDirectory team,
    WorkBook work,
    UnreadableRows unreadable,
    ValueModel model,
    TimeProvider clock
)
{
    /// <summary>The template of digests, and what they stand under in place of a cause.</summary>
    public const string Name = "digest";

    private const int PageSize = 1000;

    /// <summary>Of somebody's next steps so many are listed, the earliest due.</summary>
    private const int MostSteps = 20;

    /// <summary>What is older was seen on the dashboard, or is no news.</summary>
    private const int MostDaysBack = 14;

    /// <summary>Days whose digests are looked through for the last one that had its end.</summary>
    private const int MemoryDays = 60;

    private readonly Dictionary<string, int> _plannedOn = new(StringComparer.Ordinal);

    /// <summary>Plans the latest digests that are due, unless that was done; returns how many. Cheap to call often.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int planned = 0;
        foreach (var calendar in calendars.All)
            planned += await RunAsync(calendar, cancellationToken);
        return planned;
    }

    private async Task<int> RunAsync(TeamCalendar calendar, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var day = DigestDay.Latest(now, calendar.Work);
        if (_plannedOn.GetValueOrDefault(calendar.Name) == day.Day || now >= day.Until)
            return 0;
        string series = calendar.Name.Length == 0 ? Name : $"{Name}-{calendar.Name}";
        int planned = 0;
        if (!await mails.ArePlannedAsync(series, day.Day, cancellationToken))
        {
            day = day with { Since = await SinceAsync(series, day, calendar.Work, cancellationToken) };
            var news = (await DraftAsync(calendar, day, now, cancellationToken))
                .Where(draft => draft.IsNews)
                .Select(draft => new TeamMail(draft.Channel, draft.To, Variables(draft)))
                .ToList();
            await mails.PlanAsync(
                series,
                new TeamMailPlan(Name, OutreachKind.Digest, day.Day, day.At, day.Next),
                news,
                record => NoteToldAsync(record, cancellationToken),
                cancellationToken
            );
            planned = news.Count;
        }
        _plannedOn[calendar.Name] = day.Day;
        return planned;
    }

    /// <summary>
    /// Since when nobody was told: the last digest that had its end, not the morning before, so that what was missed while the host or the
    /// mail server was away is told once, by one digest. Never more than <see cref="MostDaysBack"/> days.
    /// </summary>
    private async Task<DateTimeOffset> SinceAsync(string series, DigestDay day, WorkCalendar work, CancellationToken cancellationToken)
    {
        var told = await mails.LastToldAsync(
            series,
            day.Day - MemoryDays,
            day.Day,
            planned => DigestDay.Moment(planned, work.Zone),
            cancellationToken
        );
        var since = told is { } last ? DigestDay.Moment(last, work.Zone) : day.Since;
        var earliest = day.At.AddDays(-MostDaysBack);
        return since < earliest ? earliest : since;
    }

    /// <summary>Has the alerts of a digest know that it told them.</summary>
    private async Task NoteToldAsync(OutreachRecord record, CancellationToken cancellationToken)
    {
        if (record.Variables.Digest is not { } digest)
            return;
        foreach (var line in digest.Alerts.Concat(digest.Unanswered))
        {
            if (AlertId.Parse(line.AlertId) is { } id && line.SpokeAt is { } spokeAt)
                await keeper.ToldInListAsync(id, spokeAt, record, cancellationToken);
        }
    }

    private async Task<IReadOnlyCollection<DigestDraft>> DraftAsync(
        TeamCalendar calendar,
        DigestDay day,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var drafts = new Dictionary<string, DigestDraft>(StringComparer.OrdinalIgnoreCase);
        DigestDraft DraftFor(string channel, string to)
        {
            if (!drafts.TryGetValue(to, out var draft))
                drafts[to] = draft = new DigestDraft(day, channel, to, model, words);
            return draft;
        }

        await team.ReadAsync(cancellationToken);
        var standing = await StandingAsync(cancellationToken);
        foreach (var alert in standing.Values)
        {
            foreach (var morning in alert.Mornings)
            {
                if (calendars.Of(morning.To) == calendar && (morning.At is null || morning.At > day.Since))
                    DraftFor(morning.Channel, morning.To).Add(alert, morning, AnswerOf(alert, now));
            }
        }
        var pass = unreadable.Begin(BackgroundWork.Digest);
        await foreach (var (account, _) in accounts.ReadAsync(AccountLists.ByRisk, null, PageSize, pass, cancellationToken))
        {
            if (!DigestDraft.IsTelling(account, day))
                continue;
            var addresses = model.AlertAddressesFor(account.Csm).Where(address => calendars.Of(address) == calendar).ToList();
            if (addresses.Count == 0)
                continue;
            var alert = standing.GetValueOrDefault(account.Key);
            if (alert is null && DigestDraft.IsWorse(account, day) && await IsDealtWithAsync(account, day, cancellationToken))
                continue;
            foreach (string address in addresses)
                DraftFor(AlertChannels.Email, address).Add(account, alert, AnswerOf(alert, now));
        }
        await pass.EndAsync(cancellationToken);
        foreach (var user in team.Names.Active.Where(user => calendars.Of(user.Address) == calendar))
        {
            foreach (var step in await work.StepsAsync(user.Address, Days.Date(day.Day), MostSteps, cancellationToken))
                DraftFor(AlertChannels.Email, user.Address).Add(step);
        }
        return drafts.Values;
    }

    /// <summary>The alerts that stand, by their accounts' keys.</summary>
    private async Task<Dictionary<string, Alert>> StandingAsync(CancellationToken cancellationToken)
    {
        var standing = new Dictionary<string, Alert>(StringComparer.Ordinal);
        await foreach (var (alert, _) in alerts.ReadAsync(null, null, PageSize, cancellationToken))
            standing[alert.Account] = alert;
        return standing;
    }

    /// <summary>Whether somebody was told of it and has dealt with it since: that is no news any more.</summary>
    private async Task<bool> IsDealtWithAsync(AccountSummary account, DigestDay day, CancellationToken cancellationToken) =>
        await alerts.OfAccountAsync(new AccountKey(account.Key), cancellationToken) is { Stands: false } alert
        && alert.SpokeAt >= day.Since
        && alert.ResolvedAt >= day.Since;

    /// <summary>What became of an account's alert.</summary>
    private MessageAnswer AnswerOf(Alert? alert, DateTimeOffset now)
    {
        if (alert is null)
            return MessageAnswer.None;
        bool late = alert.State == AlertState.Open && (alert.EscalatedAt is not null || alert.AnswerBy <= now);
        return new MessageAnswer(
            late ? MessageAnswer.Late : alert.State.Name(),
            team.Names.NameOf(alert.Answer?.By ?? ""),
            words.Date(alert.SnoozedUntil)
        );
    }

    private MessageVariables Variables(DigestDraft draft) =>
        new()
        {
            Product = model.Product,
            Cause = Name,
            Digest = draft.ToMessage(),
        };
}
