using System.Collections;
using System.Runtime.InteropServices;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Statistics;

namespace Signals.Core.State.Histories;

/// <summary>
/// The days of a history in order, in two arrays whatever their number: 16 bytes a day, and the bytes of their totals one after the other.
/// People have hundreds of days, and most of those hold two or three small numbers.
/// </summary>
internal sealed class DayTable : IReadOnlyList<DayBucket>
{
    /// <summary>So many totals are worked on without an array of their own.</summary>
    private const int Few = 32;

    private const int LeastDays = 4;
    private const int LeastBytes = 16;

    /// <summary>A packed day has seven numbers at least.</summary>
    private const int LeastPackedBytes = 7;

    /// <summary>What a person's day takes more often than not.</summary>
    private const int UsualBytes = 14;

    /// <summary>Of a history in which nothing happened; stays so.</summary>
    public static readonly DayTable Empty = new();

    private Head[] _heads = [];
    private byte[] _totals = [];
    private int _used;

    /// <summary>What few days have, by position; null while none has.</summary>
    private DayExtras?[]? _extras;

    public int Count { get; private set; }

    public DayBucket this[int index] => new(this, index);

    public int NewestDay => _heads[Count - 1].Day;

    public int DayAt(int index) => _heads[index].Day;

    public ref ulong SlotsAt(int index) => ref _heads[index].Slots;

    public DayExtras? ExtrasAt(int index) => _extras?[index];

    /// <summary>Where a day is; the complement of where it would be when it is not there.</summary>
    public int IndexOf(int day)
    {
        int low = 0,
            high = Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1,
                found = _heads[middle].Day;
            if (found == day)
                return middle;
            if (found < day)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    /// <summary>Makes room for a day on which nothing happened yet.</summary>
    public void Insert(int index, int day)
    {
        if (Count == _heads.Length)
        {
            Array.Resize(ref _heads, Grown(Count, LeastDays));
            if (_extras is not null)
                Array.Resize(ref _extras, _heads.Length);
        }
        Array.Copy(_heads, index, _heads, index + 1, Count - index);
        if (_extras is not null)
        {
            Array.Copy(_extras, index, _extras, index + 1, Count - index);
            _extras[index] = null;
        }
        _heads[index] = new Head { Day = day, Start = index == Count ? _used : _heads[index + 1].Start };
        Count++;
    }

    public void RemoveFirst(int days)
    {
        if (days == 0)
            return;
        int bytes = days == Count ? _used : _heads[days].Start;
        Array.Copy(_heads, days, _heads, 0, Count - days);
        if (_extras is not null)
        {
            Array.Copy(_extras, days, _extras, 0, Count - days);
            Array.Clear(_extras, Count - days, days);
        }
        Array.Copy(_totals, bytes, _totals, 0, _used - bytes);
        Count -= days;
        _used -= bytes;
        for (int i = 0; i < Count; i++)
            _heads[i].Start -= bytes;
    }

    /// <summary>A copy of the first days.</summary>
    public DayTable First(int days)
    {
        var first = new DayTable { Count = days, _heads = _heads[..days] };
        first._used = days == Count ? _used : _heads[days].Start;
        first._totals = _totals[..first._used];
        first._extras = _extras?[..days];
        return first;
    }

    public long CountAt(int index, int name)
    {
        var totals = TotalsOf(index);
        return totals.IsEmpty ? 0 : new DayTotals(totals)[name];
    }

    public long SumAt(int index, int key)
    {
        var totals = TotalsOf(index);
        if (totals.IsEmpty)
            return 0;
        totals = totals[new DayTotals(totals).Bytes..];
        return totals.IsEmpty ? 0 : new DayTotals(totals)[key];
    }

    /// <summary>Adds to how often a name came; beyond 64 bits it stays at the limit.</summary>
    public void AddCount(int index, int name, long amount)
    {
        var totals = TotalsOf(index);
        Add(index, 0, totals.IsEmpty ? 0 : new DayTotals(totals).Bytes, name, amount);
    }

    /// <summary>Adds to the sum of a property.</summary>
    public void AddSum(int index, int key, long micros)
    {
        if (TotalsOf(index).IsEmpty)
            Replace(index, 0, 0, []);
        int counts = new DayTotals(TotalsOf(index)).Bytes;
        Add(index, counts, TotalsOf(index).Length - counts, key, micros);
    }

    public DayExtras Extras(int index)
    {
        _extras ??= new DayExtras?[_heads.Length];
        return _extras[index] ??= new DayExtras();
    }

    /// <summary>Adds a day of another history; indexes are translated by the lists, where a negative name is overflow.</summary>
    public void Merge(int index, DayBucket from, List<int> names, List<int> sums, List<int> sketches)
    {
        var (other, day) = from;
        SlotsAt(index) |= other.SlotsAt(day);
        long overflow = other.ExtrasAt(day)?.Overflow ?? 0;
        var counts = other.ReadTotals(day, out var added);
        foreach (var (key, count) in counts)
        {
            if (names[key] >= 0)
                AddCount(index, names[key], count);
            else
                overflow += count;
        }
        foreach (var (key, sum) in added)
            AddSum(index, sums[key], sum);
        if (overflow > 0)
            Extras(index).Overflow += (int)overflow;
        foreach (var (key, sketch) in other.ExtrasAt(day)?.Sketches ?? [])
            Extras(index).Sketch(sketches[key]).MergeFrom(sketch);
    }

    public void Write(PackWriter writer)
    {
        writer.Count(Count);
        int previous = 0;
        for (int i = 0; i < Count; i++)
        {
            var extras = ExtrasAt(i);
            writer.Count(_heads[i].Day - previous);
            writer.Unsigned(_heads[i].Slots);
            writer.Count(extras?.Overflow ?? 0);
            writer.Count(extras?.People ?? 0);
            var totals = TotalsOf(i);
            for (int part = 0; part < 2; part++)
            {
                if (totals.IsEmpty)
                {
                    writer.Count(0);
                    continue;
                }
                var read = new DayTotals(totals);
                read.Write(writer);
                totals = totals[read.Bytes..];
            }
            writer.Count(extras?.Sketches?.Count ?? 0);
            foreach (var (key, sketch) in extras?.Sketches ?? [])
            {
                writer.Count(key);
                sketch.Write(writer);
            }
            previous = _heads[i].Day;
        }
    }

    public static DayTable Read(ref PackReader reader, int names, int sums, int sketches)
    {
        var table = new DayTable();
        int days = reader.Count(LeastPackedBytes),
            previous = 0;
        table._heads = new Head[days];
        table._totals = new byte[days * UsualBytes];
        for (int i = 0; i < days; i++)
        {
            long day = (long)previous + reader.Int();
            if (day <= previous || day > DateOnly.MaxValue.DayNumber)
                throw new InvalidDataException($"A packed day follows day {previous} and is in the calendar; found {day}.");
            table.Insert(i, previous = (int)day);
            table.SlotsAt(i) = reader.Unsigned();
            if (reader.Int() is > 0 and var overflow)
                table.Extras(i).Overflow = overflow;
            if (reader.Int() is > 0 and var people)
                table.Extras(i).People = people;
            table.ReadTotals(i, ref reader, names);
            table.ReadTotals(i, ref reader, sums);
            for (int count = reader.Count(); count > 0; count--)
                table.Extras(i).Read(reader.Index(sketches), DistinctSketch.Read(ref reader));
        }
        return table;
    }

    public IEnumerator<DayBucket> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
            yield return new DayBucket(this, i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A day's counts, and its sums after them; empty while there are none.</summary>
    private Span<byte> TotalsOf(int index)
    {
        int start = _heads[index].Start;
        return _totals.AsSpan(start, (index + 1 < Count ? _heads[index + 1].Start : _used) - start);
    }

    private List<(int Key, long Value)> ReadTotals(int index, out List<(int Key, long Value)> sums)
    {
        var totals = TotalsOf(index);
        var counts = ListOf(ref totals);
        sums = ListOf(ref totals);
        return counts;

        static List<(int Key, long Value)> ListOf(ref Span<byte> totals)
        {
            if (totals.IsEmpty)
                return [];
            var read = new DayTotals(totals);
            var list = new List<(int, long)>(read.Length);
            for (int i = 0; i < read.Length; i++)
                list.Add((read.KeyAt(i), read.ValueAt(i)));
            totals = totals[read.Bytes..];
            return list;
        }
    }

    /// <summary>Appends the next totals of the last day; a first empty list still tells where the second begins.</summary>
    private void ReadTotals(int index, ref PackReader reader, int keys)
    {
        int length = reader.Count(),
            previous = -1;
        bool isSecond = TotalsOf(index).Length > 0;
        if (length == 0 && isSecond)
            return;
        Span<(int Key, long Value)> totals = length <= Few ? stackalloc (int, long)[Few] : new (int, long)[length];
        for (int i = 0; i < length; i++)
        {
            int key = reader.Index(keys);
            if (key <= previous || key > ushort.MaxValue)
                throw new InvalidDataException($"Packed totals are in order of their index; found {key} after {previous}.");
            totals[i] = (previous = key, reader.Signed());
        }
        Replace(index, TotalsOf(index).Length, 0, totals[..length]);
    }

    /// <summary>Adds to a number of the totals that lie so many bytes from a day's first.</summary>
    private void Add(int index, int from, int bytes, int key, long amount)
    {
        int length = 0,
            at = ~0;
        if (bytes > 0)
        {
            var region = TotalsOf(index).Slice(from, bytes);
            var totals = new DayTotals(region);
            length = totals.Length;
            at = totals.Find(key);
            if (at >= 0 && totals.TrySet(region, at, Saturated(totals.ValueAt(at), amount)))
                return;
        }
        Span<(int Key, long Value)> changed = length < Few ? stackalloc (int, long)[Few] : new (int, long)[length + 1];
        var known = bytes > 0 ? new DayTotals(TotalsOf(index).Slice(from, bytes)) : default;
        bool isNew = at < 0;
        at = isNew ? ~at : at;
        for (int i = 0; i < length; i++)
            changed[isNew && i >= at ? i + 1 : i] = (known.KeyAt(i), known.ValueAt(i));
        changed[at] = (key, isNew ? amount : Saturated(changed[at].Value, amount));
        Replace(index, from, bytes, changed[..(isNew ? length + 1 : length)]);
    }

    /// <summary>Puts totals in the place of so many of a day's bytes, and moves what comes after.</summary>
    private void Replace(int index, int from, int bytes, ReadOnlySpan<(int Key, long Value)> totals)
    {
        int most = DayTotals.MaxBytes(totals.Length);
        Span<byte> packed = totals.Length <= Few ? stackalloc byte[DayTotals.MaxBytes(Few)] : new byte[most];
        packed = packed[..DayTotals.Pack(packed, totals)];
        int start = _heads[index].Start + from,
            more = packed.Length - bytes;
        if (_used + more > _totals.Length)
            Array.Resize(ref _totals, Grown(_used + more, LeastBytes));
        _totals.AsSpan(start + bytes, _used - start - bytes).CopyTo(_totals.AsSpan(start + packed.Length));
        packed.CopyTo(_totals.AsSpan(start));
        _used += more;
        for (int i = index + 1; i < Count; i++)
            _heads[i].Start += more;
    }

    /// <summary>An eighth more than is needed: there are many histories, and each grows slowly.</summary>
    private static int Grown(int needed, int least) => needed + Math.Max(least, needed / 8);

    private static long Saturated(long a, long b)
    {
        long sum = unchecked(a + b);
        return ((a ^ sum) & (b ^ sum)) < 0 ? (a < 0 ? long.MinValue : long.MaxValue) : sum;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Head
    {
        public ulong Slots;
        public int Day;
        public int Start;
    }
}
