using Microsoft.Extensions.Logging;
using Signals.Core.Daily.Figures;
using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Core.State.People;

namespace Signals.Core.Daily.Hindsight;

/// <summary>
/// After history was imported, works out how every account was on the days before Signals looked: with each day's use, tickets and answers,
/// today's traits, prices and norms. Levels and health go into the accounts' trails, levels and causes into the figures by day, in place of
/// what stood there. Days from the first live event on are left alone: those were seen. Nobody is written to, and no review changes.
/// </summary>
/// <remarks>
/// The last <see cref="DailyFor"/> days are looked at one by one, the half year before once a week, what is older every four weeks; what
/// was found holds until the next look. Broken off, it begins anew: each account's trail and each day's figures come out the same.
/// </remarks>
public sealed partial class HindsightPass(
    IEntityStore store,
    AccountLists lists,
    CohortStore cohorts,
    KnownEvents known,
    FigureBook figures,
    LiveSince live,
    ImportedHistory imported,
    UnreadableRows unreadable,
    ValueModel model,
    TimeProvider clock,
    ILogger<HindsightPass> logger
)
{
    /// <summary>Days that are looked at one by one.</summary>
    public const int DailyFor = 14;

    private const int WeeklyFor = 182;
    private const int Week = 7;
    private const int FourWeeks = 28;
    private const int PeopleAtOnce = 100;

    /// <summary>An import is over, and everybody was reviewed, when no history came for so long.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    private static readonly IReadOnlyDictionary<string, PersonAssessment> NoDetails = new Dictionary<string, PersonAssessment>(
        StringComparer.Ordinal
    );

    private readonly AccountRows _rows = new(store);
    private readonly CollectionPlan _plan = new(model);

    /// <summary>Looks back when history was imported and no more came lately; cheap to call often. Returns how many accounts.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken) =>
        await imported.WaitingSinceAsync(cancellationToken) is { } since && Elapsed.Since(since, Quiet, clock.GetUtcNow())
            ? await LookBackAsync(null, cancellationToken)
            : 0;

    /// <summary>Looks back now.</summary>
    /// <param name="progress">Told how many accounts are done; null for nobody.</param>
    /// <param name="cancellationToken">Ends it; nothing of the figures was written then.</param>
    /// <returns>How many accounts were looked at.</returns>
    public async Task<int> LookBackAsync(Action<int>? progress, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        int today = Days.Of(now);
        var firstLive = await live.GetAsync(cancellationToken);
        int before = firstLive is { } seen ? Math.Min(today, Days.Of(seen)) : today;
        int from = today - FigureBook.KeepDays + 1;
        await known.RefreshAsync(_plan, now, cancellationToken);
        var survey = new PastSurvey([.. Looks(from, before)]);
        var norms = await cohorts.GetAsync(cancellationToken);
        var pass = unreadable.Begin(BackgroundWork.Hindsight);
        int done = 0;
        await Parallel.ForEachAsync(
            lists.KeysAsync(AccountLists.ByRisk, null, EntityLimits.MaxPage, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (listed, token) =>
            {
                try
                {
                    await LookAtAsync(listed.Account, survey, norms, before, token);
                }
                catch (Exception fault) when (UnreadableRows.IsOwn(fault))
                {
                    lock (pass)
                        pass.Note(listed.Account.Value, fault);
                }
                int count = Interlocked.Increment(ref done);
                progress?.Invoke(count);
            }
        );
        if (before > from)
            await figures.ReplaceAsync(from, before, survey.ToFigures(before), cancellationToken);
        await imported.DoneAsync(now, cancellationToken);
        await pass.EndAsync(cancellationToken);
        LogDone(logger, done, survey.Days.Count);
        return done;
    }

    /// <summary>The days that are looked at, oldest first.</summary>
    private static IEnumerable<int> Looks(int from, int before)
    {
        for (int day = from; day < before; day += Step(before - day))
            yield return day;

        static int Step(int left) =>
            left <= DailyFor ? 1
            : left <= WeeklyFor ? Math.Min(Week, left - DailyFor)
            : Math.Min(FourWeeks, left - WeeklyFor);
    }

    private async Task LookAtAsync(AccountKey key, PastSurvey survey, CohortNorms norms, int before, CancellationToken cancellationToken)
    {
        if (await _rows.GetAccountAsync(key, cancellationToken) is not { Review: not null } account)
            return;
        var own = key.IsGroup ? null : await _rows.GetPersonAsync(key, new PersonKey(key.Value), cancellationToken);
        if ((key.IsGroup ? account.History : own?.History)?.First is not { } first)
            return;
        // A day is looked at as it begins: what is known is what happened before it.
        int[] days = [.. survey.Days.Where(day => day > Days.Of(first))];
        if (days.Length == 0)
            return;
        var contexts = Array.ConvertAll(
            days,
            day => AccountContext.Of(account.AsOf(day - 1), own?.AsOf(day - 1).History, model, known, day) with { Norms = norms }
        );
        var people = await PeopleAsync(key, own, contexts, cancellationToken);
        var points = new List<TrailPoint>(days.Length);
        var level = RiskLevel.Healthy;
        for (int i = 0; i < days.Length; i++)
        {
            var found = AccountAssessor.Assess(contexts[i], people[i], NoDetails, level);
            level = found.Risk.Level;
            points.Add(new TrailPoint(days[i], found.Health.Score, found.Risk.Score, level));
            var review = account.Review with { Assessment = found, People = people[i], Left = contexts[i].IsChurned };
            survey.Add(days[i], AccountSummary.Of(account, contexts[i].Facts, review));
        }
        await SaveAsync(key, points, before, cancellationToken);
    }

    /// <summary>What was to be found in the account's people on each day.</summary>
    private async Task<PeopleSummary[]> PeopleAsync(
        AccountKey key,
        PersonState? own,
        AccountContext[] contexts,
        CancellationToken cancellationToken
    )
    {
        var found = new PeopleSummary[contexts.Length];
        Array.Fill(found, PeopleSummary.None);
        if (own is not null)
        {
            Add(own);
            return found;
        }
        string? after = null;
        while (await _rows.GetPeopleAsync(key, after, PeopleAtOnce, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var person in page)
                Add(person);
            if (page.Count < PeopleAtOnce)
                break;
            after = page[^1].Key.Value;
        }
        return found;

        void Add(PersonState person)
        {
            for (int i = 0; i < contexts.Length; i++)
            {
                if (person.History.First is not { } first || Days.Of(first) >= contexts[i].Today)
                    continue;
                var then = person.AsOf(contexts[i].Today - 1);
                var context = new PersonContext(then, own is null ? new UsageView(then.History, model) : contexts[i].Usage, contexts[i]);
                if (!context.IsNobody)
                    found[i] = found[i].With(person.Key.Value, PersonFinding.None, PersonAssessor.Assess(context).Finding);
            }
        }
    }

    private Task SaveAsync(AccountKey key, IReadOnlyList<TrailPoint> points, int before, CancellationToken cancellationToken) =>
        Optimistic.ChangeAsync(
            $"keep how account '{key}' was",
            clock,
            async () =>
            {
                if (await _rows.GetAccountAsync(key, cancellationToken) is not { Review: { } review } account)
                    return true;
                account.Review = review with { Trail = review.Trail.WithPast(points, before) };
                if (account.FirstLiveAt is null)
                    account.Review = account.Review.StandingByTrail(Days.Of(clock.GetUtcNow()));
                return (await store.CommitAsync(AccountRows.Table, key.Value, [AccountRows.Save(account)], cancellationToken)).Committed;
            },
            cancellationToken
        );

    [LoggerMessage(Level = LogLevel.Information, Message = "Looked back at {Accounts} accounts on {Days} days.")]
    private static partial void LogDone(ILogger logger, int accounts, int days);
}
