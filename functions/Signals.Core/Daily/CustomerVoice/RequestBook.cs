using System.Text.Json;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Daily.CustomerVoice;

/// <summary>
/// What customers ask for, as of the last pass (row <c>requests</c> beside their words, with which an erasure forgets it), and what the
/// team decided: table system, partition <c>requests</c>, a row a request. A decision goes a year after it was made, once nobody asks for
/// the thing any more.
/// </summary>
public sealed class RequestBook(IEntityStore store, TimeProvider clock)
{
    public const string Decisions = "requests";

    /// <summary>A row takes 1 MiB with Azure's tables, names and all.</summary>
    private const int MaxBytes = 900 * 1024;

    private const string Words = "verbatims";
    private const string Row = "requests";
    private const string Column = "requests";

    public async Task<IReadOnlyList<FeatureRequest>> ReadAsync(CancellationToken cancellationToken)
    {
        if (await store.GetAsync(PipelineCounters.Table, Words, Row, cancellationToken) is not { } row)
            return [];
        return JsonSerializer.Deserialize(BlobColumns.Read(row, Column), VerbatimJson.Default.IReadOnlyListFeatureRequest) ?? [];
    }

    public async Task SaveAsync(RequestSurvey survey, CancellationToken cancellationToken)
    {
        var requests = survey.Measure();
        var row = new Entity(Words, Row);
        BlobColumns.Write(row, Column, Written(requests));
        await store.CommitAsync(PipelineCounters.Table, Words, [EntityOperation.Upsert(row)], cancellationToken);
        await ForgetDecisionsAsync([.. requests.Select(request => request.Key)], cancellationToken);
    }

    /// <summary>As many voices of each request as a row has room for, those who pay most.</summary>
    internal static byte[] Written(IReadOnlyList<FeatureRequest> requests)
    {
        for (int voices = FeatureRequest.MaxVoices; ; voices--)
        {
            byte[] written = JsonSerializer.SerializeToUtf8Bytes(
                [.. requests.Select(request => request with { Voices = [.. request.Voices.Take(voices)] })],
                VerbatimJson.Default.IReadOnlyListFeatureRequest
            );
            if (written.Length <= MaxBytes || voices == 0)
                return written;
        }
    }

    /// <summary>By the request's key.</summary>
    public async Task<IReadOnlyDictionary<string, RequestDecision>> ReadDecisionsAsync(CancellationToken cancellationToken)
    {
        var decisions = new Dictionary<string, RequestDecision>(StringComparer.Ordinal);
        await foreach (var row in store.ReadAllAsync(new EntityQuery(PipelineCounters.Table, Decisions), cancellationToken))
        {
            if (JsonSerializer.Deserialize(BlobColumns.Read(row, Column), VerbatimJson.Default.RequestDecision) is { } decision)
                decisions[decision.Key] = decision;
        }
        return decisions;
    }

    public async Task DecideAsync(RequestDecision decision, CancellationToken cancellationToken)
    {
        var row = new Entity(Decisions, StorageKey.Encode(decision.Key));
        BlobColumns.Write(row, Column, JsonSerializer.SerializeToUtf8Bytes(decision, VerbatimJson.Default.RequestDecision));
        await store.CommitAsync(PipelineCounters.Table, Decisions, [EntityOperation.Upsert(row)], cancellationToken);
    }

    /// <summary>Opens it again, or lets it stand for itself.</summary>
    public async Task UndecideAsync(string key, CancellationToken cancellationToken) =>
        await store.CommitAsync(PipelineCounters.Table, Decisions, [EntityOperation.Delete(StorageKey.Encode(key))], cancellationToken);

    /// <summary>
    /// Requests with those that a person merged into them: accounts count once, money likewise; most money first.
    /// </summary>
    public static IReadOnlyList<FeatureRequest> Merged(
        IReadOnlyList<FeatureRequest> requests,
        IReadOnlyDictionary<string, RequestDecision> decisions
    )
    {
        var known = requests.Select(request => request.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. requests
                .GroupBy(request => RootOf(request.Key, known, decisions), StringComparer.Ordinal)
                .Select(group => Together(requests.First(request => request.Key == group.Key), [.. group]))
                .OrderByDescending(request => request.Price)
                .ThenByDescending(request => request.Accounts)
                .ThenBy(request => request.Key, StringComparer.Ordinal),
        ];
    }

    private async Task ForgetDecisionsAsync(HashSet<string> asked, CancellationToken cancellationToken)
    {
        var old = clock.GetUtcNow().AddDays(-RequestSurvey.KeepDays);
        foreach (var decision in (await ReadDecisionsAsync(cancellationToken)).Values)
        {
            if (decision.At < old && !asked.Contains(decision.Key))
                await UndecideAsync(decision.Key, cancellationToken);
        }
    }

    private static string RootOf(string key, HashSet<string> known, IReadOnlyDictionary<string, RequestDecision> decisions)
    {
        var way = new List<string> { key };
        while (decisions.GetValueOrDefault(key)?.MergedInto is { } into && known.Contains(into))
        {
            // Two who merged at once may have made a circle: one of it stands for all, whoever asks.
            int begin = way.IndexOf(into);
            if (begin >= 0)
                return way[begin..].Order(StringComparer.Ordinal).First();
            way.Add(into);
            key = into;
        }
        return key;
    }

    private static FeatureRequest Together(FeatureRequest root, IReadOnlyList<FeatureRequest> all)
    {
        if (all.Count == 1)
            return all[0] with { Key = root.Key };
        var voices = all.SelectMany(request => request.Voices)
            .GroupBy(voice => voice.Account, StringComparer.Ordinal)
            .Select(account => account.MaxBy(voice => voice.At)!)
            .ToList();
        // Beyond the voices that are kept nobody is told apart: such accounts count with each.
        int hidden = all.Sum(request => request.Accounts - request.Voices.Count);
        double hiddenPrice = all.Sum(request => request.Price - request.Voices.Sum(voice => voice.Price));
        return root with
        {
            Accounts = voices.Count + hidden,
            Price = Math.Round(voices.Sum(voice => voice.Price) + hiddenPrice, 2),
            First = all.Min(request => request.First),
            Last = all.Max(request => request.Last),
            Voices =
            [
                .. voices
                    .OrderByDescending(voice => voice.Price)
                    .ThenBy(voice => voice.Account, StringComparer.Ordinal)
                    .Take(FeatureRequest.MaxVoices),
            ],
        };
    }
}
