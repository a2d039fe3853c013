using System.Text.Json;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Intake.Text;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Daily.CustomerVoice;

/// <summary>
/// What customers wrote, across accounts, as of the last pass over them: the newest texts of all, of each sentiment and of each theme, a
/// page a row, so that whoever looks reads that page alone. Table system, partition <c>verbatims</c>, rows <c>overview</c>,
/// <c>{all|negative|mixed|neutral|positive}:{page}</c> and <c>theme:{key}</c>.
/// </summary>
public sealed class VerbatimBook(IEntityStore store)
{
    public const int PageSize = 40;

    /// <summary>Pages of all texts, and of each sentiment.</summary>
    public const int MaxPages = VerbatimSurvey.Newest / PageSize;

    private const string Partition = "verbatims";
    private const string Overview = "overview";
    private const string Column = "texts";
    private const string HashColumn = "hash";

    /// <summary>A page of long texts in a script of three bytes a letter is some 100 KiB: so many stay well within a transaction.</summary>
    private const int RowsPerTransaction = 8;

    public async Task<VerbatimOverview> ReadOverviewAsync(CancellationToken cancellationToken) =>
        await store.GetAsync(PipelineCounters.Table, Partition, Overview, cancellationToken) is { } row ? Read(row) : VerbatimOverview.None;

    /// <summary>The newest texts of a sentiment (null: all), a page of them; pages start with 0 and end with an empty one.</summary>
    public Task<IReadOnlyList<Verbatim>> ReadAsync(TextSentiment? sentiment, int page, CancellationToken cancellationToken) =>
        ReadAsync(PageRow(NameOf(sentiment), page), cancellationToken);

    /// <summary>The newest texts that speak of a theme, one page at most.</summary>
    public Task<IReadOnlyList<Verbatim>> ReadThemeAsync(string theme, CancellationToken cancellationToken) =>
        ReadAsync(ThemeRow(theme), cancellationToken);

    /// <summary>Keeps what a survey gathered, in place of what was there; writes nothing when that is the same.</summary>
    public async Task SaveAsync(VerbatimSurvey survey, CancellationToken cancellationToken)
    {
        var overview = new VerbatimOverview(survey.Counts, survey.Themes());
        var kept = survey.Kept();
        byte[] written = JsonSerializer.SerializeToUtf8Bytes(overview, VerbatimJson.Default.VerbatimOverview);
        long hash = unchecked(
            (long)(
                MessageHash.Of(JsonSerializer.SerializeToUtf8Bytes(kept, VerbatimJson.Default.IReadOnlyListVerbatim))
                ^ MessageHash.Of(written)
            )
        );
        var before = await store.GetAsync(PipelineCounters.Table, Partition, Overview, cancellationToken);
        if (before?.GetInt64(HashColumn) == hash)
            return;

        foreach (var chunk in Rows(overview, kept).Select(EntityOperation.Upsert).Chunk(RowsPerTransaction))
            await store.CommitAsync(PipelineCounters.Table, Partition, chunk, cancellationToken);
        var known = before is null ? VerbatimOverview.None : Read(before);
        foreach (var theme in known.Themes.ExceptBy(overview.Themes.Select(theme => theme.Key), theme => theme.Key, StringComparer.Ordinal))
            await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Delete(ThemeRow(theme.Key))], cancellationToken);
        // The overview comes last: a pass that a crash cut short is made up for by the next.
        var row = new Entity(Partition, Overview) { [HashColumn] = hash };
        BlobColumns.Write(row, Column, written);
        await store.CommitAsync(PipelineCounters.Table, Partition, [EntityOperation.Upsert(row)], cancellationToken);
    }

    /// <summary>Forgets all of it until the next pass: themes are made of people's own words, and do not say whose.</summary>
    public Task<int> ForgetAsync(CancellationToken cancellationToken) =>
        store.RemoveAllAsync(new EntityQuery(PipelineCounters.Table, Partition), cancellationToken);

    private async Task<IReadOnlyList<Verbatim>> ReadAsync(string row, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(PipelineCounters.Table, Partition, row, cancellationToken) is not { } entity)
            return [];
        byte[] texts = BlobColumns.Read(entity, Column);
        return texts.Length == 0 ? [] : JsonSerializer.Deserialize(texts, VerbatimJson.Default.IReadOnlyListVerbatim) ?? [];
    }

    private static VerbatimOverview Read(Entity overview) =>
        JsonSerializer.Deserialize(BlobColumns.Read(overview, Column), VerbatimJson.Default.VerbatimOverview) ?? VerbatimOverview.None;

    private static IEnumerable<Entity> Rows(VerbatimOverview overview, IReadOnlyList<Verbatim> kept)
    {
        foreach (TextSentiment? sentiment in Enum.GetValues<TextSentiment>().Select(value => (TextSentiment?)value).Prepend(null))
        {
            var texts = kept.Where(text => sentiment is null || text.Sentiment == sentiment).ToList();
            for (int page = 0; page < MaxPages; page++)
                yield return RowOf(PageRow(NameOf(sentiment), page), [.. texts.Skip(page * PageSize).Take(PageSize)]);
        }
        foreach (var theme in overview.Themes)
        {
            yield return RowOf(
                ThemeRow(theme.Key),
                [
                    .. kept.Where(text =>
                            text.Themes.Any(mention => string.Equals(TextTheme.KeyOf(mention.Name), theme.Key, StringComparison.Ordinal))
                        )
                        .Take(PageSize),
                ]
            );
        }
    }

    private static Entity RowOf(string key, IReadOnlyList<Verbatim> texts)
    {
        var row = new Entity(Partition, key);
        if (texts.Count > 0)
            BlobColumns.Write(row, Column, JsonSerializer.SerializeToUtf8Bytes(texts, VerbatimJson.Default.IReadOnlyListVerbatim));
        return row;
    }

    private static string NameOf(TextSentiment? sentiment) => sentiment is { } one ? one.ToString().ToLowerInvariant() : "all";

    private static string PageRow(string list, int page) => $"{list}:{page:D2}";

    private static string ThemeRow(string theme) => $"theme:{StorageKey.Encode(theme)}";
}
