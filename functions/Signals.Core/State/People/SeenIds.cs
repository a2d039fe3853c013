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

    /// <summary>What was read, by day; null while nothing was.</summary>
    private SortedDictionary<int, SortedIds>? _sorted;

    private AddedIds _added;

    public int Count
    {
        get
        {
            int count = _added.Count;
            if (_sorted is not null)
            {
                foreach (var ids in _sorted.Values)
                    count += ids.Hashes.Length;
            }
            return count;
        }
    }

    /// <summary>The tag of the message that brought an id, or null when the id is not known.</summary>
    public uint? Find(ulong id)
    {
        if (_added.Find(id) is { } message)
            return message;
        if (_sorted is null)
            return null;
        foreach (var ids in _sorted.Values)
        {
            if (Array.BinarySearch(ids.Hashes, id) is >= 0 and var at)
                return ids.Messages[at];
        }
        return null;
    }

    /// <summary>Remembers an id, unless it is known; true when it was not.</summary>
    public bool Add(ulong id, int arrivalDay, uint message)
    {
        if (Find(id) is not null)
            return false;
        _added.Add(id, arrivalDay, message);
        return true;
    }

    /// <summary>Forgets ids that arrived over <see cref="RetentionDays"/> days before <paramref name="day"/>.</summary>
    public void Prune(int day)
    {
        while (_sorted?.Count > 0 && _sorted.Keys.First() is var oldest && oldest < day - RetentionDays)
            _sorted.Remove(oldest);
        _added.Prune(day - RetentionDays);
    }

    /// <summary>Every id with its day of arrival and the tag of its message.</summary>
    public IEnumerable<(ulong Id, int Day, uint Message)> All()
    {
        foreach (var (day, ids) in _sorted ?? [])
        {
            for (int i = 0; i < ids.Hashes.Length; i++)
                yield return (ids.Hashes[i], day, ids.Messages[i]);
        }
        foreach (var added in _added.All())
            yield return added;
    }

    public void Write(PackWriter writer)
    {
        Settle();
        writer.Count(_sorted?.Count ?? 0);
        foreach (var (day, ids) in _sorted ?? [])
        {
            writer.Count(day);
            writer.Count(ids.Hashes.Length);
            writer.Fixed64(ids.Hashes);
            writer.Fixed32(ids.Messages);
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
            reader.Fixed64(hashes);
            reader.Fixed32(messages);
            (seen._sorted ??= [])[day] = new SortedIds(hashes, messages);
        }
        return seen;
    }

    private void Settle()
    {
        foreach (var group in _added.All().GroupBy(added => added.Day))
        {
            _sorted ??= [];
            ulong[] hashes = [.. group.Select(added => added.Id)];
            uint[] messages = [.. group.Select(added => added.Message)];
            Array.Sort(hashes, messages);
            var added = new SortedIds(hashes, messages);
            _sorted[group.Key] = _sorted.TryGetValue(group.Key, out var old) ? Merged(old, added) : added;
        }
        _added = default;
    }

    /// <summary>Both in order. Few are added to many, so that what lies between them is copied as it is.</summary>
    private static SortedIds Merged(SortedIds old, SortedIds added)
    {
        ulong[] hashes = new ulong[old.Hashes.Length + added.Hashes.Length];
        uint[] messages = new uint[hashes.Length];
        int from = 0;
        for (int i = 0; i < added.Hashes.Length; i++)
        {
            int at = Array.BinarySearch(old.Hashes, from, old.Hashes.Length - from, added.Hashes[i]);
            int until = at < 0 ? ~at : at;
            Take(from, until, i);
            (hashes[until + i], messages[until + i]) = (added.Hashes[i], added.Messages[i]);
            from = until;
        }
        Take(from, old.Hashes.Length, added.Hashes.Length);
        return new SortedIds(hashes, messages);

        void Take(int start, int end, int before)
        {
            Array.Copy(old.Hashes, start, hashes, start + before, end - start);
            Array.Copy(old.Messages, start, messages, start + before, end - start);
        }
    }

    private readonly record struct SortedIds(ulong[] Hashes, uint[] Messages);
}
