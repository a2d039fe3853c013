using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Signals.Core.Daily.Activation;
using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Revenue;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Experiments;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;

namespace Signals.Core.Daily.Measures;

/// <summary>
/// Once a day, reads every account that was ever reviewed and keeps what is true of them together, so that nobody who asks waits for that.
/// Small installations, where it costs nothing, are measured more often. Table system, partition <c>measures</c>, rows <c>latest</c> and,
/// for the segments of a kind, <c>plan</c>, <c>size</c>, <c>stage</c> and <c>segment</c> (the model's own), these beside the rest in
/// <c>own-segments</c>; <c>revenue</c> for the money, <c>use</c> for
/// beginnings, habit and support.
/// </summary>
/// <remarks>
/// A read or two for each account. One host runs it at a time; were there two, the later result stands, and both are right.
/// </remarks>
public sealed class MeasurePass(
    IEntityStore store,
    AccountLists lists,
    FigurePass figures,
    VerbatimBook words,
    RequestBook requests,
    PlaybookTally playbooks,
    KnownEvents known,
    UnreadableRows unreadable,
    WorkSteps steps,
    ValueModel model,
    TimeProvider clock
)
{
    private const string Partition = "measures";
    private const string Row = "latest";
    private const string RevenueRow = "revenue";
    private const string UseRow = "use";
    private const string OwnRow = "own-segments";
    private const string Column = "measures";
    private const int PageSize = 1000;
    private const int ReadsAtOnce = 8;

    /// <summary>Up to so many accounts it is worth measuring every <see cref="Often"/>.</summary>
    public const int FewAccounts = 1000;

    private static readonly TimeSpan Often = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);

    private readonly AccountRows _rows = new(store);

    /// <summary>The latest measures, or null before the first pass of this version of Signals.</summary>
    public Task<ProductMeasures?> ReadAsync(CancellationToken cancellationToken) =>
        ReadAsync(Row, MeasureJson.Default.ProductMeasures, cancellationToken);

    /// <summary>The segments of a kind as of the latest pass; none before the first.</summary>
    public async Task<SegmentMeasures> ReadAsync(SegmentKind by, CancellationToken cancellationToken) =>
        await ReadAsync(by.Name(), MeasureJson.Default.SegmentMeasures, cancellationToken) ?? SegmentMeasures.None(by);

    /// <summary>The model's own segments, each beside the rest, as of the latest pass; none before the first.</summary>
    public async Task<OwnSegmentMeasures> ReadOwnAsync(CancellationToken cancellationToken) =>
        await ReadAsync(OwnRow, MeasureJson.Default.OwnSegmentMeasures, cancellationToken) ?? OwnSegmentMeasures.None;

    /// <summary>The money of all customers as of the latest pass; null before the first.</summary>
    public Task<RevenueMeasures?> ReadRevenueAsync(CancellationToken cancellationToken) =>
        ReadAsync(RevenueRow, MeasureJson.Default.RevenueMeasures, cancellationToken);

    /// <summary>How customers begin, their habit and how fast they are answered, as of the latest pass; null before the first.</summary>
    public Task<UseMeasures?> ReadUseAsync(CancellationToken cancellationToken) =>
        ReadAsync(UseRow, MeasureJson.Default.UseMeasures, cancellationToken);

    /// <summary>Measures when it is time; cheap to call often. Returns how many accounts were looked at.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken) =>
        IsDue(await ReadAsync(cancellationToken)) ? (await MeasureAsync(cancellationToken)).Accounts : 0;

    /// <summary>Measures now. Accounts that cannot be read are passed over and told of.</summary>
    /// <exception cref="FailedStepsException">What stands beside the measures (figures, playbooks, customers' words) failed; the measures
    /// are kept.</exception>
    public async Task<ProductMeasures> MeasureAsync(CancellationToken cancellationToken)
    {
        List<Exception?> faults =
        [
            await steps.TryAsync(BackgroundWork.Figures, figures.RunAsync, cancellationToken),
            await steps.TryAsync(BackgroundWork.Playbooks, playbooks.CountAsync, cancellationToken),
        ];
        var now = clock.GetUtcNow();
        var survey = new MeasureSurvey(model, Days.Of(now));
        var pass = unreadable.Begin(BackgroundWork.Measures);
        var keys = new List<AccountKey>(PageSize);
        await foreach (var (account, _) in lists.KeysAsync(AccountLists.ByRisk, null, PageSize, cancellationToken))
        {
            keys.Add(account);
            if (keys.Count == PageSize)
                await AddAsync(survey, keys, Days.Of(now), pass, cancellationToken);
        }

        await AddAsync(survey, keys, Days.Of(now), pass, cancellationToken);
        var measures = survey.Measure(now);
        faults.Add(
            await steps.TryAsync(
                BackgroundWork.Words,
                async token =>
                {
                    await words.SaveAsync(survey.Words, token);
                    await requests.SaveAsync(survey.Requests, token);
                },
                cancellationToken
            )
        );
        foreach (var kind in Enum.GetValues<SegmentKind>())
            await SaveAsync(
                kind.Name(),
                JsonSerializer.SerializeToUtf8Bytes(survey.Measure(kind), MeasureJson.Default.SegmentMeasures),
                cancellationToken
            );
        await SaveAsync(
            OwnRow,
            JsonSerializer.SerializeToUtf8Bytes(survey.MeasureOwn(), MeasureJson.Default.OwnSegmentMeasures),
            cancellationToken
        );
        await SaveAsync(
            RevenueRow,
            JsonSerializer.SerializeToUtf8Bytes(survey.MeasureRevenue(), MeasureJson.Default.RevenueMeasures),
            cancellationToken
        );
        await SaveAsync(
            UseRow,
            JsonSerializer.SerializeToUtf8Bytes(survey.MeasureUse(), MeasureJson.Default.UseMeasures),
            cancellationToken
        );
        await SaveAsync(Row, JsonSerializer.SerializeToUtf8Bytes(measures, MeasureJson.Default.ProductMeasures), cancellationToken);
        await pass.EndAsync(cancellationToken);
        var failed = faults.OfType<Exception>().ToList();
        return failed.Count == 0 ? measures : throw new FailedStepsException(failed);
    }

    private async Task SaveAsync(string name, byte[] measures, CancellationToken cancellationToken)
    {
        var row = new Entity(Partition, name);
        BlobColumns.Write(row, Column, measures);
        await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Upsert(row)], cancellationToken);
    }

    private async Task<T?> ReadAsync<T>(string name, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (await store.GetAsync(PipelineCounters.Table, Partition, name, cancellationToken) is not { } row)
            return null;
        try
        {
            return JsonSerializer.Deserialize(BlobColumns.Read(row, Column), type);
        }
        catch (JsonException)
        {
            // Another version kept other figures; the next pass writes them anew.
            return null;
        }
    }

    private bool IsDue(ProductMeasures? latest)
    {
        var now = clock.GetUtcNow();
        return latest is null
            || latest.Fingerprint != model.Fingerprint
            || Elapsed.Since(latest.MeasuredAt, latest.Accounts <= FewAccounts ? Often : Daily, now);
    }

    private async Task AddAsync(
        MeasureSurvey survey,
        List<AccountKey> keys,
        int today,
        UnreadablePass pass,
        CancellationToken cancellationToken
    )
    {
        var read = new AccountContext?[keys.Count];
        await Parallel.ForAsync(
            0,
            keys.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                try
                {
                    read[i] = await ReadAsync(keys[i], today, token);
                }
                catch (Exception fault) when (UnreadableRows.IsOwn(fault))
                {
                    pass.Note(keys[i].Value, fault);
                }
            }
        );
        foreach (var account in read.OfType<AccountContext>())
        {
            try
            {
                survey.Add(account);
            }
            catch (Exception fault) when (UnreadableRows.IsOwn(fault))
            {
                pass.Note(account.Account.Key.Value, fault);
            }
        }
        keys.Clear();
    }

    private async Task<AccountContext?> ReadAsync(AccountKey key, int today, CancellationToken cancellationToken)
    {
        if (await _rows.GetAccountAsync(key, cancellationToken) is not { } account)
            return null;
        var person = key.IsGroup ? null : await _rows.GetPersonAsync(key, new PersonKey(key.Value), cancellationToken);
        return AccountContext.Of(account, person?.History, model, known, today) with { Moment = clock.GetUtcNow() };
    }
}
