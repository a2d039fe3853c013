namespace Signals.Core.State.People;

/// <summary>
/// A person's seen ids: within the person's row while few, else spread by hash over <see cref="Chunks"/> rows of which a fold reads and
/// writes only those that its own ids fall into.
/// </summary>
public sealed class PersonIds
{
    public const int Chunks = 64;

    /// <summary>More ids than this move out of the person's row (48 KiB of hashes and tags).</summary>
    public const int SpillAt = 4096;

    private const int ChunkShift = 58;

    /// <summary>The chunks that were loaded, and which of them changed; null while the ids are in the row.</summary>
    private Dictionary<int, SeenIds>? _chunks;
    private HashSet<int>? _changed;

    /// <summary>The ids in the person's own row; empty once spilled.</summary>
    public SeenIds Inline { get; private set; } = new();

    public bool Spilled { get; private set; }

    /// <summary>The chunks that must be written, after <see cref="SpillWhenLarge"/>.</summary>
    public IEnumerable<(int Chunk, SeenIds Ids)> Changed => (_changed ?? []).Order().Select(chunk => (chunk, _chunks![chunk]));

    public static int ChunkOf(ulong id) => (int)(id >> ChunkShift);

    public static PersonIds Of(SeenIds inline, bool spilled) => new() { Inline = inline, Spilled = spilled };

    public bool IsLoaded(int chunk) => !Spilled || _chunks?.ContainsKey(chunk) == true;

    public void Load(int chunk, SeenIds? ids) => (_chunks ??= [])[chunk] = ids ?? new SeenIds();

    /// <summary>
    /// The tag of the queue message that brought an id, or null when the id is not known. Once spilled, the id's chunk must have been
    /// loaded.
    /// </summary>
    public uint? Find(ulong id) => HolderOf(id).Find(id);

    /// <summary>Remembers an id, unless it is known, with its day of arrival and the tag of the queue message that brought it.</summary>
    public void Add(ulong id, int arrivalDay, uint message)
    {
        if (HolderOf(id).Add(id, arrivalDay, message) && Spilled)
            (_changed ??= []).Add(ChunkOf(id));
    }

    /// <summary>What was changed is written: a next write begins with none.</summary>
    public void Written() => _changed?.Clear();

    /// <summary>
    /// Moves the ids out of the row when there are too many for it, after forgetting those that arrived long before
    /// <paramref name="arrivalDay"/>.
    /// </summary>
    public void SpillWhenLarge(int arrivalDay)
    {
        if (Spilled)
        {
            foreach (int chunk in _changed ?? [])
                _chunks![chunk].Prune(arrivalDay);
            return;
        }
        Inline.Prune(arrivalDay);
        if (Inline.Count > SpillAt)
            Spill();
    }

    /// <summary>Moves the ids out of the row.</summary>
    public void Spill()
    {
        Spilled = true;
        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            Load(chunk, null);
            (_changed ??= []).Add(chunk);
        }
        foreach (var (id, day, message) in Inline.All())
            _chunks![ChunkOf(id)].Add(id, day, message);
        Inline = new SeenIds();
    }

    /// <summary>Every id loaded, for a move.</summary>
    public IEnumerable<(ulong Id, int Day, uint Message)> All() =>
        Spilled ? (_chunks ?? []).Values.SelectMany(ids => ids.All()) : Inline.All();

    private SeenIds HolderOf(ulong id)
    {
        if (!Spilled)
            return Inline;
        return _chunks is not null && _chunks.TryGetValue(ChunkOf(id), out var ids)
            ? ids
            : throw new InvalidOperationException($"Chunk {ChunkOf(id)} of a person's ids is used before it was loaded.");
    }
}
