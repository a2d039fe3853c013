using System.Runtime.InteropServices;
using Signals.Core.Packing;

namespace Signals.Core.Accounts;

/// <summary>
/// Hashes of the message ids that were folded, by day of arrival, for <see cref="RetentionDays"/> days at least: what makes a
/// redelivered or resent event a duplicate.
/// </summary>
public sealed class SeenIds
{
    public const int RetentionDays = 8;

    private readonly SortedDictionary<int, ulong[]> _sorted = [];
    private readonly Dictionary<ulong, int> _added = [];

    public int Count => _sorted.Values.Sum(ids => ids.Length) + _added.Count;

    public bool Contains(ulong id)
    {
        if (_added.ContainsKey(id))
            return true;
        foreach (ulong[] ids in _sorted.Values)
        {
            if (Array.BinarySearch(ids, id) >= 0)
                return true;
        }
        return false;
    }

    /// <summary>Remembers an id; false when it was known.</summary>
    public bool Add(ulong id, int arrivalDay) => !Contains(id) && _added.TryAdd(id, arrivalDay);

    /// <summary>Forgets ids that arrived over <see cref="RetentionDays"/> days before <paramref name="today"/>.</summary>
    public void Prune(int today)
    {
        foreach (int day in _sorted.Keys.Where(day => day < today - RetentionDays).ToList())
            _sorted.Remove(day);
        foreach (var (id, day) in _added)
        {
            if (day < today - RetentionDays)
                _added.Remove(id);
        }
    }

    /// <summary>Every id with its day of arrival.</summary>
    public IEnumerable<(ulong Id, int Day)> All() =>
        _sorted.SelectMany(day => day.Value.Select(id => (id, day.Key))).Concat(_added.Select(added => (added.Key, added.Value)));

    public void Write(PackWriter writer)
    {
        Settle();
        writer.Count(_sorted.Count);
        foreach (var (day, ids) in _sorted)
        {
            writer.Count(day);
            writer.Count(ids.Length);
            if (BitConverter.IsLittleEndian)
            {
                writer.Bytes(MemoryMarshal.AsBytes<ulong>(ids));
                continue;
            }
            foreach (ulong id in ids)
                writer.Fixed64(id);
        }
    }

    public static SeenIds Read(ref PackReader reader)
    {
        var seen = new SeenIds();
        for (int days = reader.Count(); days > 0; days--)
        {
            int day = reader.Int();
            int count = reader.Count();
            ulong[] ids = MemoryMarshal.Cast<byte, ulong>(reader.Take(checked(count * sizeof(ulong)))).ToArray();
            if (!BitConverter.IsLittleEndian)
                System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(ids, ids);
            seen._sorted[day] = ids;
        }
        return seen;
    }

    private void Settle()
    {
        foreach (var group in _added.GroupBy(added => added.Value, added => added.Key))
        {
            ulong[] old = _sorted.GetValueOrDefault(group.Key, []);
            ulong[] merged = [.. old, .. group];
            Array.Sort(merged);
            _sorted[group.Key] = merged;
        }
        _added.Clear();
    }
}
