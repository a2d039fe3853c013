using Signals.Core.Platform.Serialization;

namespace Signals.Core.State.People;

/// <summary>
/// Hashes of the message ids that were folded, by day of arrival, for <see cref="RetentionDays"/> days at least: what makes a
/// redelivered or resent event a duplicate. Each is kept with a tag of the queue message that brought it, so that the pipeline's
/// counts tell the one from the other.
/// </summary>
public sealed class SeenIds
{
    public const int RetentionDays = 8;

    private const int EntryBytes = sizeof(ulong) + sizeof(uint);

    private readonly SortedDictionary<int, SortedIds> _sorted = [];
    private readonly Dictionary<ulong, (int Day, uint Message)> _added = [];

    public int Count
    {
        get
        {
            int count = _added.Count;
            foreach (var ids in _sorted.Values)
                count += ids.Hashes.Length;
            return count;
        }
    }

    /// <summary>The tag of the message that brought an id, or null when the id is not known.</summary>
    public uint? Find(ulong id)
    {
        if (_added.TryGetValue(id, out var added))
            return added.Message;
        foreach (var ids in _sorted.Values)
        {
            if (Array.BinarySearch(ids.Hashes, id) is >= 0 and var at)
                return ids.Messages[at];
        }
        return null;
    }

    /// <summary>Remembers an id, unless it is known; true when it was not.</summary>
    public bool Add(ulong id, int arrivalDay, uint message) => Find(id) is null && _added.TryAdd(id, (arrivalDay, message));

    /// <summary>Forgets ids that arrived over <see cref="RetentionDays"/> days before <paramref name="day"/>.</summary>
    public void Prune(int day)
    {
        while (_sorted.Count > 0 && _sorted.Keys.First() is var oldest && oldest < day - RetentionDays)
            _sorted.Remove(oldest);
        foreach (var (id, added) in _added)
        {
            if (added.Day < day - RetentionDays)
                _added.Remove(id);
        }
    }

    /// <summary>Every id with its day of arrival and the tag of its message.</summary>
    public IEnumerable<(ulong Id, int Day, uint Message)> All()
    {
        foreach (var (day, ids) in _sorted)
        {
            for (int i = 0; i < ids.Hashes.Length; i++)
                yield return (ids.Hashes[i], day, ids.Messages[i]);
        }
        foreach (var (id, (day, message)) in _added)
            yield return (id, day, message);
    }

    public void Write(PackWriter writer)
    {
        Settle();
        writer.Count(_sorted.Count);
        foreach (var (day, ids) in _sorted)
        {
            writer.Count(day);
            writer.Count(ids.Hashes.Length);
            foreach (ulong id in ids.Hashes)
                writer.Fixed64(id);
            foreach (uint message in ids.Messages)
                writer.Fixed32(message);
        }
    }

    public static SeenIds Read(ref PackReader reader)
    {
        var seen = new SeenIds();
        for (int days = reader.Count(); days > 0; days--)
        {
            int day = reader.Int();
            int count = reader.Count(EntryBytes);
            ulong[] hashes = new ulong[count];
            uint[] messages = new uint[count];
            for (int i = 0; i < count; i++)
                hashes[i] = reader.Fixed64();
            for (int i = 0; i < count; i++)
                messages[i] = reader.Fixed32();
            seen._sorted[day] = new SortedIds(hashes, messages);
        }
        return seen;
    }

    private void Settle()
    {
        foreach (var group in _added.GroupBy(added => added.Value.Day))
        {
            var old = _sorted.GetValueOrDefault(group.Key, new SortedIds([], []));
            ulong[] hashes = [.. old.Hashes, .. group.Select(added => added.Key)];
            uint[] messages = [.. old.Messages, .. group.Select(added => added.Value.Message)];
            Array.Sort(hashes, messages);
            _sorted[group.Key] = new SortedIds(hashes, messages);
        }
        _added.Clear();
    }

    private readonly record struct SortedIds(ulong[] Hashes, uint[] Messages);
}
