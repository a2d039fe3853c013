using Microsoft.Extensions.Logging;
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

namespace Signals.Core.Daily.Norms;

/// <summary>
/// Works out the day's cohort norms: walks the list of accounts, reads a sample of them, and adds each to a survey that is saved every so
/// often with the place it got to, so that another run goes on there. Table system, partition <c>cohorts</c>, row <c>pass</c>.
/// </summary>
/// <remarks>
/// Norms need no more than some thousands of accounts: of more, a stable lot by the account's key and the day takes that many. So a pass
/// costs a page of the list for each thousand accounts and three reads for each account of the sample, however many there are.
/// </remarks>
public sealed partial class CohortPass(
    IEntityStore store,
    AccountLists lists,
    CohortStore norms,
    KnownEvents known,
    UnreadableRows unreadable,
    ValueModel model,
    TimeProvider clock,
    ILogger<CohortPass> logger
)
{
    /// <summary>Accounts that are read, about.</summary>
    public const int SampleSize = 4000;

    /// <summary>People that are read of one account: the norms are of many accounts' people, not of one account's many.</summary>
    private const int PeopleOfAccount = 20;

    private const string Row = "pass";
    private const string SurveyColumn = "survey";

    private readonly AccountRows _rows = new(store);

    /// <summary>What another run has to read again at most.</summary>
    public int AccountsBetweenSaves { get; init; } = 500;

    /// <summary>Does what is left of today's pass; returns true when this run finished it, false when there was nothing to do.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var last = await norms.ReadAsync(cancellationToken);
        return !(last?.Day == Days.Of(clock.GetUtcNow()) && last.Fingerprint == model.Fingerprint) && await WorkOutAsync(cancellationToken);
    }

    /// <summary>
    /// Works out norms though today's may be there; false when another process is at it too. One that was begun today goes on.
    /// </summary>
    public async Task<bool> WorkOutAsync(CancellationToken cancellationToken)
    {
        int today = Days.Of(clock.GetUtcNow());
        var progress = await ReadAsync(today, cancellationToken);
        var pass = unreadable.Begin(BackgroundWork.Norms);
        while (await AdvanceAsync(progress, pass, cancellationToken))
        {
            if (!await SaveAsync(progress, cancellationToken))
                return false;
        }
        var found = progress.Survey.ToNorms(model, today, progress.Listed, clock.GetUtcNow().ToUnixTimeMilliseconds());
        await norms.SaveAsync(found, cancellationToken);
        progress.Survey = new CohortSurvey();
        progress.IsDone = true;
        await SaveAsync(progress, cancellationToken);
        await pass.EndAsync(cancellationToken);
        LogDone(logger, progress.Listed);
        return true;
    }

    /// <summary>Adds the accounts up to the next save; false at the end of the list.</summary>
    private async Task<bool> AdvanceAsync(Progress progress, UnreadablePass pass, CancellationToken cancellationToken)
    {
        int added = 0;
        await foreach (
            var (account, cursor) in lists.KeysAsync(AccountLists.ByName, progress.Cursor, EntityLimits.MaxPage, cancellationToken)
        )
        {
            progress.Cursor = cursor;
            progress.Listed++;
            if (!progress.Takes(account.Value))
                continue;
            try
            {
                await AddAsync(progress, account, cancellationToken);
            }
            catch (Exception fault) when (UnreadableRows.IsOwn(fault))
            {
                pass.Note(account.Value, fault);
            }
            if (++added == AccountsBetweenSaves)
                return true;
        }
        return false;
    }

    private async Task AddAsync(Progress progress, AccountKey key, CancellationToken cancellationToken)
    {
        if (await _rows.GetAccountAsync(key, cancellationToken) is not { } account)
            return;
        var people = await _rows.GetPeopleAsync(key, null, PeopleOfAccount, cancellationToken);
        var own = key.IsGroup ? null : people.FirstOrDefault(person => person.Key.Value == key.Value);
        if (!key.IsGroup && own is null)
            return;
        var context = AccountContext.Of(account, own?.History, model, known, progress.Day);
        if (!context.IsChurned && account.Review is { } review && review.Assessment != Assessment.Unknown)
            progress.Survey.AddRisk(review.Assessment.Risk.LogOdds, context.Facts.Price, model);
        progress.Survey.Add(
            context,
            people
                .Select(person => new PersonContext(person, key.IsGroup ? new UsageView(person.History, model) : context.Usage, context))
                .Where(person => !person.IsNobody)
        );
    }

    private async Task<Progress> ReadAsync(int today, CancellationToken cancellationToken)
    {
        var row = await store.GetAsync(PipelineCounters.Table, CohortStore.Partition, Row, cancellationToken);
        int? listedBefore = row?.GetInt32("listed");
        if (row?.GetInt32("day") == today && row.GetString("model") == model.Fingerprint && row.GetInt32("done") == 0)
        {
            return new Progress(today, row.GetInt32("expected") ?? 0)
            {
                Cursor = row.GetString("cursor"),
                Listed = listedBefore ?? 0,
                Survey = CohortSurvey.Unpack(BlobColumns.Read(row, SurveyColumn)),
                ETag = row.ETag,
            };
        }
        return new Progress(today, row?.GetInt32("done") == 1 ? listedBefore ?? 0 : row?.GetInt32("expected") ?? 0)
        {
            ETag = row?.ETag ?? "",
        };
    }

    /// <summary>Saves how far the pass is; false when another process is at it too, who goes on alone.</summary>
    private async Task<bool> SaveAsync(Progress progress, CancellationToken cancellationToken)
    {
        var row = new Entity(CohortStore.Partition, Row)
        {
            ETag = progress.ETag,
            ["day"] = progress.Day,
            ["model"] = model.Fingerprint,
            ["expected"] = progress.Expected,
            ["listed"] = progress.Listed,
            ["done"] = progress.IsDone ? 1 : 0,
        };
        if (progress.Cursor is { } cursor)
            row["cursor"] = cursor;
        BlobColumns.Write(row, SurveyColumn, progress.Survey.Pack());
        var commit = await store.CommitAsync(
            PipelineCounters.Table,
            CohortStore.Partition,
            [progress.ETag.Length == 0 ? EntityOperation.Insert(row) : EntityOperation.Replace(row)],
            cancellationToken
        );
        if (commit.Committed)
            progress.ETag = commit.ETags[0];
        return commit.Committed;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Cohort norms are worked out anew from a list of {Accounts} accounts.")]
    private static partial void LogDone(ILogger logger, int accounts);

    /// <summary>A pass under way: <paramref name="expected"/> is how many accounts the last one listed.</summary>
    private sealed class Progress(int day, int expected)
    {
        public int Day { get; } = day;

        public int Expected { get; } = expected;

        public string? Cursor { get; set; }

        public int Listed { get; set; }

        public bool IsDone { get; set; }

        public CohortSurvey Survey { get; set; } = new();

        public string ETag { get; set; } = "";

        /// <summary>A lot that falls the same for an account all day.</summary>
        public bool Takes(string account) =>
            Expected <= SampleSize || MessageHash.Of($"{account}|{Day}") / (double)ulong.MaxValue < (double)SampleSize / Expected;
    }
}
