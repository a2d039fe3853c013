namespace Signals.Core.Accounts;

/// <summary>
/// A person's seen ids: within the person's row while few, else spread by hash over <see cref="Chunks"/> rows of which a fold reads and
/// writes only those that its own ids fall into.
/// </summary>
public sealed class PersonIds
{
    public const int Chunks = 64;

    /// <summary>More ids than this move out of the person's row (32 KiB of hashes).</summary>
    public const int SpillAt = 4096;

    private const int ChunkShift = 58;

    private readonly Dictionary<int, SeenIds> _chunks = [];
    private readonly HashSet<int> _changed = [];

    /// <summary>The ids in the person's own row; empty once spilled.</summary>
    public SeenIds Inline { get; private set; } = new();

    public bool Spilled { get; private set; }

    /// <summary>The chunks that must be written, after <see cref="SpillWhenLarge"/>.</summary>
    public IEnumerable<(int Chunk, SeenIds Ids)> Changed => _changed.Order().Select(chunk => (chunk, _chunks[chunk]));

    public static int ChunkOf(ulong id) => (int)(id >> ChunkShift);

    public static PersonIds Of(SeenIds inline, bool spilled) => new() { Inline = inline, Spilled = spilled };

    public bool IsLoaded(int chunk) => !Spilled || _chunks.ContainsKey(chunk);

    public void Load(int chunk, SeenIds? ids) => _chunks[chunk] = ids ?? new SeenIds();

    /// <summary>Remembers an id; false when it was known. Once spilled, the id's chunk must have been loaded.</summary>
    public bool Add(ulong id, int arrivalDay)
    {
        if (!Spilled)
            return Inline.Add(id, arrivalDay);
        int chunk = ChunkOf(id);
        if (!_chunks.TryGetValue(chunk, out var ids))
            throw new InvalidOperationException($"Chunk {chunk} of a person's ids is used before it was loaded.");
        if (!ids.Add(id, arrivalDay))
            return false;
        _changed.Add(chunk);
        return true;
    }

    /// <summary>Moves the ids out of the row when there are too many for it, after forgetting the old ones.</summary>
    public void SpillWhenLarge(int today)
    {
        if (Spilled)
        {
            foreach (int chunk in _changed)
                _chunks[chunk].Prune(today);
            return;
        }
        Inline.Prune(today);
        if (Inline.Count <= SpillAt)
            return;
        Spilled = true;
        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            Load(chunk, null);
            _changed.Add(chunk);
        }
        foreach (var (id, day) in Inline.All())
            _chunks[ChunkOf(id)].Add(id, day);
        Inline = new SeenIds();
    }

    /// <summary>Every id loaded, for a move.</summary>
    public IEnumerable<(ulong Id, int Day)> All() => Spilled ? _chunks.Values.SelectMany(ids => ids.All()) : Inline.All();

    /// <summary>What was written is no longer a change.</summary>
    public void Saved() => _changed.Clear();
}
