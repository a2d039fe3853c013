using Signals.Core.Platform.Storage;

namespace Signals.Core.Intake.Monitoring;

/// <summary>
/// Which SDKs sent events, in which versions, since when and until when. Table system, partition <c>sdks</c>, a row an SDK and version; the
/// first
/// <see cref="MaxSdks"/> are kept, for anybody with a write key can name any number.
/// </summary>
public sealed class SdkList(IEntityStore store) : IDisposable
{
    public const int MaxSdks = 200;

    private const string Partition = "sdks";

    /// <summary>How exactly it is known when an SDK was last seen: a process writes that no more often.</summary>
    private static readonly TimeSpan Exactness = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, SdkSeen> _known = new(StringComparer.Ordinal);
    private bool _loaded;

    /// <summary>Those that are known, the last seen first.</summary>
    public async Task<IReadOnlyList<SdkSeen>> ReadAsync(CancellationToken cancellationToken)
    {
        var sdks = await store
            .ReadAllAsync(new EntityQuery(PipelineCounters.Table, Partition), cancellationToken)
            .ToListAsync(cancellationToken);
        return [.. sdks.Select(Read).OrderByDescending(sdk => sdk.LastSeen).ThenBy(sdk => sdk.Name, StringComparer.Ordinal)];
    }

    /// <summary>Notes that events of these libraries ("name/version") were folded.</summary>
    internal async Task NoteAsync(IReadOnlyCollection<string> libraries, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (libraries.Count == 0)
            return;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!_loaded)
            {
                foreach (var sdk in await ReadAsync(cancellationToken))
                    _known[sdk.Library] = sdk;
                _loaded = true;
            }
            var known = libraries
                .Where(_known.ContainsKey)
                .Select(library => _known[library])
                .Where(sdk => now - sdk.LastSeen >= Exactness);
            var added = libraries
                .Where(library => !_known.ContainsKey(library))
                .Take(MaxSdks - _known.Count)
                .Select(library => new SdkSeen(library, now, now));
            foreach (var chunk in known.Concat(added).Select(sdk => sdk with { LastSeen = now }).ToList().Chunk(EntityLimits.MaxOperations))
            {
                await store.CommitAsync(
                    PipelineCounters.Table,
                    Partition,
                    [.. chunk.Select(sdk => EntityOperation.Upsert(Row(sdk)))],
                    cancellationToken
                );
                foreach (var sdk in chunk)
                    _known[sdk.Library] = sdk;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static Entity Row(SdkSeen sdk) =>
        new(Partition, StorageKey.Encode(sdk.Library))
        {
            ["library"] = sdk.Library,
            ["firstSeen"] = sdk.FirstSeen,
            ["lastSeen"] = sdk.LastSeen,
        };

    private static SdkSeen Read(Entity row) =>
        new(row.GetString("library") ?? "", row.GetTime("firstSeen") ?? default, row.GetTime("lastSeen") ?? default);
}

/// <summary>An SDK as <c>context.library</c> named it: "name/version", or the name alone.</summary>
public sealed record SdkSeen(string Library, DateTimeOffset FirstSeen, DateTimeOffset LastSeen)
{
    public string Name => Library.Contains('/', StringComparison.Ordinal) ? Library[..Library.LastIndexOf('/')] : Library;

    public string Version => Library.Contains('/', StringComparison.Ordinal) ? Library[(Library.LastIndexOf('/') + 1)..] : "";
}
