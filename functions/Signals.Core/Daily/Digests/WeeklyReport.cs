using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Measures;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Experiments;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Indexes;

namespace Signals.Core.Daily.Digests;

/// <summary>
/// On Monday mornings, at the digest's hour, one mail to the default addresses about all accounts together: money at risk, saved and lost,
/// three things to do, what holds most of them back, how that changed within the week, who stays, and what messages achieved.
/// </summary>
/// <remarks>
/// A host that comes back later sends it then, within the days after which outreach expires, from that day's figures where there are none
/// of Monday; it waits until there are some. It reads what the daily passes kept: figures of two months at most, one row of measures, a
/// row a playbook; the list of alerts, and of the lists of moves what is of that week. No account is read.
/// </remarks>
public sealed class WeeklyReport(
    FigureBook figures,
    MeasurePass measures,
    EffectLog effects,
    AlertBook alerts,
    AccountLists accounts,
    TeamMails mails,
    TeamCalendars calendars,
    ValueModel model,
    TimeProvider clock
)
{
    /// <summary>The template of reports, and what they stand under in place of a cause.</summary>
    public const string Name = "report";

    private const int DaysAWeek = 7;

    /// <summary>Figures older than this are not those of the day, nor of the day a week before.</summary>
    private const int Slack = 3;

    private const int PageSize = 1000;

    private int _plannedOn;

    /// <summary>Plans the week's report when it is due, unless that was done; returns to how many addresses. Cheap to call often.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var monday = DigestDay.LatestWeek(now, calendars.Team.Work);
        if (monday.Day == _plannedOn || now >= monday.At.AddDays(model.Outreach.ExpireAfterDays))
            return 0;
        int planned = 0;
        if (!await mails.ArePlannedAsync(Name, monday.Day, cancellationToken))
        {
            var days = await figures.ReadAsync(Days.Of(monday.At) - DaysAWeek - Slack, Days.Of(now), cancellationToken);
            if (days.LastOrDefault(day => day.Day > Days.Of(monday.At) - Slack) is not { } latest)
                return 0;
            var report = latest.Customers > 0 ? await DraftAsync(monday, latest, days, cancellationToken) : null;
            var addresses = report is null ? [] : model.Alerts.To.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            var variables = new MessageVariables
            {
                Product = model.Product,
                Cause = Name,
                Report = report,
            };
            await mails.PlanAsync(
                Name,
                new TeamMailPlan(Name, OutreachKind.Report, monday.Day, monday.At, monday.At.AddDays(model.Outreach.ExpireAfterDays)),
                addresses.ConvertAll(address => new TeamMail(AlertChannels.Email, address, variables)),
                static _ => Task.CompletedTask,
                cancellationToken
            );
            planned = addresses.Count;
        }
        _plannedOn = monday.Day;
        return planned;
    }

    private async Task<MessageReport> DraftAsync(
        DigestDay monday,
        DayFigures now,
        IReadOnlyList<DayFigures> days,
        CancellationToken cancellationToken
    )
    {
        var before = days.LastOrDefault(day => day.Day <= now.Day - DaysAWeek);
        var draft = new ReportDraft(model, now, before);
        var latest = await measures.ReadAsync(cancellationToken);
        var achieved = await effects.ReadAsync(cancellationToken);
        var open = new List<Alert>();
        await foreach (var (alert, _) in alerts.ReadAsync(null, null, PageSize, cancellationToken))
        {
            if (alert.State == AlertState.Open)
                open.Add(alert);
        }
        int late = open.Count(alert => alert.EscalatedAt is not null || alert.AnswerBy <= monday.At);
        var week = new ReportWeek(
            // Who is at risk and was critical is better, and has not recovered.
            await MovedAsync(
                AccountLists.Recovered,
                monday,
                account => account is { Previous: >= RiskLevel.AtRisk, Level: < RiskLevel.AtRisk },
                cancellationToken
            ),
            await MovedAsync(AccountLists.Gone, monday, _ => true, cancellationToken),
            open,
            late
        );
        return draft.ToMessage(latest, achieved, week);
    }

    /// <summary>The accounts that moved so within the week before, each once, and what they pay together.</summary>
    private async Task<(int Accounts, double Price)> MovedAsync(
        string list,
        DigestDay monday,
        Func<AccountSummary, bool> counts,
        CancellationToken cancellationToken
    )
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        double price = 0;
        await foreach (var (account, _) in accounts.ReadAsync(list, null, PageSize, cancellationToken))
        {
            if (account.Since < monday.Since)
                break;
            if (account.Since < monday.At && counts(account) && seen.Add(account.Key))
                price += account.PaidOn(Days.Of(account.Since));
        }
        return (seen.Count, price);
    }
}
