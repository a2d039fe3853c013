using System.Globalization;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Storage;

namespace Signals.Core.State.Seen;

/// <summary>
/// How often each of many names came, first and last, in bounded room: names are the senders' words, and anybody with a write key can
/// make up any number. Once twice <see cref="Capacity"/> are known, the half that came least is dropped; a name that comes for the first
/// time after that ranks as if it had come as often as the busiest that was dropped. So a name with more than a share of
/// 1/<see cref="Capacity"/> of all is kept however many others are made up, and those that the caller names are kept always. Adding up
/// tallies keeps both.
/// </summary>
/// <remarks>
/// Space-saving, in batches: Metwally, Agrawal, El Abbadi, "Efficient computation of frequent and top-k elements" (2005).
/// </remarks>
/// <param name="always">Names that are kept whatever comes.</param>
public sealed class NameTally(IReadOnlySet<string> always)
{
    public const int Capacity = 400;

    /// <summary>Longer names are cut, unless they are kept always.</summary>
    public const int MaxNameChars = 120;

    private const byte Layout = 1;

    private readonly Dictionary<string, Entry> _names = new(StringComparer.Ordinal);
    private DistinctSketch? _different;

    /// <summary>How often the busiest name that was dropped had come, at most.</summary>
    private long _dropped;

    /// <summary>How often any name came.</summary>
    public long Total { get; private set; }

    /// <summary>Names that are kept, the busiest first.</summary>
    public IReadOnlyList<NameCount> Names =>
        [
            .. Ranked()
                .Take(Capacity)
                .OrderByDescending(entry => entry.Value.Count)
                .ThenBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => new NameCount(
                    entry.Key,
                    entry.Value.Count,
                    entry.Value.Before > 0,
                    entry.Value.FirstSeen,
                    entry.Value.LastSeen
                )),
        ];

    /// <summary>True when nothing came.</summary>
    public bool IsEmpty => Total == 0;

    public void Add(string name, DateTimeOffset at)
    {
        Total++;
        if (_names.TryGetValue(name, out var known))
            known.Add(at);
        else
            Admit(Kept(name), new Entry(1, at, at));
    }

    public void Add(ReadOnlySpan<char> name, DateTimeOffset at)
    {
        if (_names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var known))
        {
            Total++;
            known.Add(at);
        }
        else
            Add(name.ToString(), at);
    }

    public void MergeFrom(NameTally other)
    {
        if (other._different is null)
            return;
        Total += other.Total;
        (_different ??= new DistinctSketch()).MergeFrom(other._different);
        foreach (var (name, known) in _names)
        {
            if (!other._names.ContainsKey(name))
                known.MayHaveCome(always.Contains(name) ? 0 : other._dropped);
        }
        foreach (var (name, entry) in other._names)
            Merge(name, entry);
        _dropped += other._dropped;
        Compress();
    }

    /// <summary>How many different names came that are no longer kept, about; and how often.</summary>
    public (long Names, long Count) Others
    {
        get
        {
            var kept = Names;
            long count = Total - kept.Sum(name => name.Count);
            long names = count == 0 ? 0 : Math.Max(1, (long)Math.Round(_different!.Estimate()) - kept.Count);
            return (names, count);
        }
    }

    public byte[] Pack()
    {
        Drop();
        var writer = new PackWriter();
        writer.Byte(Layout);
        writer.Unsigned((ulong)Total);
        writer.Unsigned((ulong)_dropped);
        if (_different is null)
            return writer.ToArray();
        _different.Write(writer);
        writer.Count(_names.Count);
        foreach (var (name, entry) in _names)
        {
            writer.Text(name);
            writer.Unsigned((ulong)entry.Count);
            writer.Unsigned((ulong)entry.Before);
            writer.Time(entry.FirstSeen);
            writer.Time(entry.LastSeen);
        }
        return writer.ToArray();
    }

    /// <summary>Throws <see cref="InvalidDataException"/> on bytes that <see cref="Pack"/> did not write.</summary>
    public static NameTally Unpack(ReadOnlySpan<byte> packed, IReadOnlySet<string> always)
    {
        var tally = new NameTally(always);
        if (packed.IsEmpty)
            return tally;
        var reader = new PackReader(packed);
        byte layout = reader.Byte();
        if (layout != Layout)
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"Names seen have layout {Layout}; found {layout}.")
            );
        tally.Total = (long)reader.Unsigned();
        tally._dropped = (long)reader.Unsigned();
        if (tally.Total == 0)
            return tally;
        tally._different = DistinctSketch.Read(ref reader);
        for (int count = reader.Count(); count > 0; count--)
        {
            string name = reader.Text() ?? "";
            long came = (long)reader.Unsigned(),
                before = (long)reader.Unsigned();
            tally._names[name] = new Entry(came, reader.Time(), reader.Time()) { Before = before };
        }
        return tally;
    }

    /// <summary>Enters a name whose first and last time were kept elsewhere, but not how often it came.</summary>
    internal void Recall(string name, DateTimeOffset firstSeen, DateTimeOffset lastSeen)
    {
        Total++;
        Admit(Kept(name), new Entry(1, firstSeen, lastSeen) { Before = 1 });
    }

    private void Admit(string name, Entry entry)
    {
        (_different ??= new DistinctSketch()).Add(MessageHash.Of(name));
        Merge(name, entry);
        Compress();
    }

    private void Merge(string name, Entry entry)
    {
        if (_names.TryGetValue(name, out var known))
        {
            known.Add(entry);
            return;
        }
        var kept = new Entry(entry);
        kept.MayHaveCome(always.Contains(name) ? 0 : _dropped);
        _names[name] = kept;
    }

    private void Compress()
    {
        if (_names.Count >= 2 * Capacity)
            Drop();
    }

    /// <summary>Drops what is over the capacity.</summary>
    private void Drop()
    {
        if (_names.Count <= Capacity)
            return;
        foreach (var (name, entry) in Ranked().Skip(Capacity).ToList())
        {
            _dropped = Math.Max(_dropped, entry.Estimate);
            _names.Remove(name);
        }
    }

    private IOrderedEnumerable<KeyValuePair<string, Entry>> Ranked() =>
        _names
            .OrderByDescending(entry => always.Contains(entry.Key))
            .ThenByDescending(entry => entry.Value.Estimate)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal);

    private string Kept(string name)
    {
        if (name.Length <= MaxNameChars || always.Contains(name))
            return name;
        return string.Concat(name.AsSpan(0, char.IsHighSurrogate(name[MaxNameChars - 1]) ? MaxNameChars - 1 : MaxNameChars), "…");
    }

    private sealed class Entry(long count, DateTimeOffset firstSeen, DateTimeOffset lastSeen)
    {
        public Entry(Entry other)
            : this(other.Count, other.FirstSeen, other.LastSeen) => Before = other.Before;

        /// <summary>How often it came since it is kept.</summary>
        public long Count { get; private set; } = count;

        /// <summary>How often it may have come before, at most.</summary>
        public long Before { get; set; }

        public DateTimeOffset FirstSeen { get; private set; } = firstSeen;

        public DateTimeOffset LastSeen { get; private set; } = lastSeen;

        public long Estimate => Count + Before;

        public void MayHaveCome(long times) => Before += times;

        public void Add(DateTimeOffset at)
        {
            Count++;
            Widen(at, at);
        }

        public void Add(Entry other)
        {
            Count += other.Count;
            Before += other.Before;
            Widen(other.FirstSeen, other.LastSeen);
        }

        private void Widen(DateTimeOffset from, DateTimeOffset to)
        {
            if (from < FirstSeen)
                FirstSeen = from;
            if (to > LastSeen)
                LastSeen = to;
        }
    }
}

/// <summary>A name that came.</summary>
/// <param name="Name">As it was sent, cut to <see cref="NameTally.MaxNameChars"/>.</param>
/// <param name="Count">How often it came since it is kept.</param>
/// <param name="IsAtLeast">True when it may have come before, while others were kept.</param>
/// <param name="FirstSeen">When the first of those arrived.</param>
/// <param name="LastSeen">When the last of them arrived.</param>
public sealed record NameCount(string Name, long Count, bool IsAtLeast, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);
