using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Time;

namespace Signals.Core.State.Histories;

/// <summary>
/// What a person (or a whole account) did: totals by event name, and daily buckets for <see cref="RetentionDays"/> days back from the
/// newest event. Recording is commutative: any order of the same events gives the same history.
/// </summary>
public sealed class History
{
    public const int RetentionDays = 400;

    /// <summary>Event names kept apart that the model does not mention; later ones are counted as overflow.</summary>
    public const int MaxNames = 100;

    /// <summary>Names that the model mentions have room of their own, whatever else was sent before.</summary>
    public const int MaxMentionedNames = 300;

    private readonly List<NameTotal> _names = [];
    private readonly List<string> _sumKeys = [];
    private readonly List<string> _sketchKeys = [];
    private readonly List<DayBucket> _days = [];
    private Dictionary<string, int>? _nameIndex;

    public IReadOnlyList<NameTotal> Names => _names;

    /// <summary>The <see cref="PropertyKey"/> of each sum in the buckets.</summary>
    public IReadOnlyList<string> SumKeys => _sumKeys;

    /// <summary>Buckets in order of day; days without events have none.</summary>
    public IReadOnlyList<DayBucket> Buckets => _days;

    public DateTimeOffset? First { get; private set; }

    public DateTimeOffset? Last { get; private set; }

    public int NewestDay => _days.Count == 0 ? int.MinValue : _days[^1].Day;

    public NameTotal? Total(string name) => NameOf(name) is >= 0 and var index && _names[index].Count > 0 ? _names[index] : null;

    /// <summary>The index of a name in every bucket, or -1.</summary>
    public int NameOf(string name) => NameIndex().TryGetValue(name, out int index) ? index : -1;

    /// <summary>The index of a summed property of an event in every bucket, or -1.</summary>
    public int SumOf(string eventName, string property) => _sumKeys.IndexOf(PropertyKey(eventName, property));

    /// <summary>The index of an event's distinct values in every bucket, or -1.</summary>
    public int SketchOf(string eventName, string property) => _sketchKeys.IndexOf(PropertyKey(eventName, property));

    /// <summary>
    /// Counts one event. Returns true when it is the first of its day that is a use of the product: what another service tells
    /// (<paramref name="isUse"/> false) is none.
    /// </summary>
    public bool Record(string name, DateTimeOffset at, bool mentioned, ReadOnlySpan<PropertySum> sums, bool isUse = true)
    {
        Touch(at);
        int index = AdmitName(name, mentioned);
        if (index >= 0)
            _names[index].Add(1, at, at);
        var bucket = BucketAt(Days.Of(at), out _);
        if (bucket is null)
            return false;
        bool isFirstUse = isUse && bucket.Slots == 0;
        if (isUse)
            bucket.Slots |= 1UL << (int)(at.UtcTicks % TimeSpan.TicksPerDay / (TimeSpan.TicksPerDay / DayBucket.SlotsPerDay));
        if (index >= 0)
            bucket.AddCount(index, 1);
        else
            bucket.Overflow++;
        foreach (var sum in sums)
            bucket.AddSum(Admit(_sumKeys, sum.Key), sum.Micros);
        return isFirstUse;
    }

    /// <summary>Adds a distinct value, by its hash, to the day's sketch of a <see cref="PropertyKey"/>.</summary>
    public void RecordDistinct(string key, DateTimeOffset at, ulong hash) =>
        BucketAt(Days.Of(at), out _)?.Sketch(Admit(_sketchKeys, key)).Add(hash);

    /// <summary>Counts one more person on a day, or one fewer when two people turn out to be one.</summary>
    public void AddPeople(int day, int people)
    {
        if (BucketAt(day, out _) is { } bucket)
            bucket.People = Math.Max(0, bucket.People + people);
    }

    /// <summary>
    /// The history as it was at the end of a day: of what came later nothing is known. Buckets are shared with this one, and to be read
    /// only. Where a name came both before and after it, when it came last is told to the day.
    /// </summary>
    public History UpTo(int day)
    {
        var end = Days.Start(day + 1);
        if (Last < end)
            return this;
        var then = new History();
        if (First is not { } first || first >= end)
            return then;
        int count = IndexFrom(day + 1);
        then._days.AddRange(_days.Take(count));
        then._sumKeys.AddRange(_sumKeys);
        then._sketchKeys.AddRange(_sketchKeys);
        then.First = first;
        then.Last = count > 0 ? Days.Start(_days[count - 1].Day + 1).AddMilliseconds(-1) : first;
        for (int i = 0; i < _names.Count; i++)
            then._names.Add(TotalUpTo(i, count, end));
        return then;
    }

    private NameTotal TotalUpTo(int name, int buckets, DateTimeOffset end)
    {
        var total = _names[name];
        if (total.Last < end)
            return total;
        if (total.First >= end)
            return new NameTotal(total.Name) { Mentioned = total.Mentioned };
        long later = _days.Skip(buckets).Sum(bucket => (long)bucket.Count(name));
        int last = _days.FindLastIndex(buckets - 1, buckets, bucket => bucket.Count(name) > 0);
        return new NameTotal(total.Name)
        {
            Mentioned = total.Mentioned,
            Count = Math.Max(1, total.Count - later),
            First = total.First,
            Last = last >= 0 ? Days.Start(_days[last].Day + 1).AddMilliseconds(-1) : total.First,
        };
    }

    /// <summary>True when the product was used on that day.</summary>
    public bool HasUse(int day) => IndexOfDay(day) is >= 0 and var index && _days[index].Slots != 0;

    /// <summary>The index of the first bucket that is not before a day; the number of buckets when all are.</summary>
    public int IndexFrom(int day) => IndexOfDay(day) is >= 0 and var index ? index : ~IndexOfDay(day);

    /// <summary>Adds another history's events to this one; people counts are the caller's.</summary>
    public void MergeFrom(History other)
    {
        if (other.First is { } first && other.Last is { } last)
        {
            Touch(first);
            Touch(last);
        }
        var names = other._names.ConvertAll(total => AdmitName(total.Name, total.Mentioned));
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] >= 0)
                _names[names[i]].Add(other._names[i].Count, other._names[i].First, other._names[i].Last);
        }
        var sums = other._sumKeys.ConvertAll(key => Admit(_sumKeys, key));
        var sketches = other._sketchKeys.ConvertAll(key => Admit(_sketchKeys, key));
        foreach (var from in other._days)
            BucketAt(from.Day, out _)?.MergeFrom(from, names, sums, sketches);
    }

    public void Write(PackWriter writer)
    {
        writer.Time(First ?? default);
        writer.Time(Last ?? default);
        writer.Count(_names.Count);
        foreach (var total in _names)
        {
            writer.Text(total.Name);
            writer.Bool(total.Mentioned);
            writer.Unsigned((ulong)total.Count);
            writer.Time(total.First);
            writer.Time(total.Last);
        }
        WriteKeys(writer, _sumKeys);
        WriteKeys(writer, _sketchKeys);
        writer.Count(_days.Count);
        int previous = 0;
        foreach (var bucket in _days)
        {
            bucket.Write(writer, previous);
            previous = bucket.Day;
        }
    }

    public static History Read(ref PackReader reader)
    {
        var history = new History { First = ReadTime(ref reader), Last = ReadTime(ref reader) };
        for (int count = reader.Count(); count > 0; count--)
        {
            history._names.Add(
                new NameTotal(reader.Text() ?? "")
                {
                    Mentioned = reader.Bool(),
                    Count = (long)reader.Unsigned(),
                    First = reader.Time(),
                    Last = reader.Time(),
                }
            );
        }
        ReadKeys(ref reader, history._sumKeys);
        ReadKeys(ref reader, history._sketchKeys);
        int previous = 0;
        for (int count = reader.Count(); count > 0; count--)
        {
            var bucket = DayBucket.Read(ref reader, previous, history._names.Count, history._sumKeys.Count, history._sketchKeys.Count);
            history._days.Add(bucket);
            previous = bucket.Day;
        }
        return history;
    }

    /// <summary>The name under which a property's sums and distinct values are kept.</summary>
    public static string PropertyKey(string eventName, string property) => $"{eventName}\u001f{property}";

    private void Touch(DateTimeOffset at)
    {
        if (First is null || at < First)
            First = at;
        if (Last is null || at > Last)
            Last = at;
    }

    private DayBucket? BucketAt(int day, out bool isNew)
    {
        isNew = false;
        if (_days.Count > 0 && _days[^1].Day == day)
            return _days[^1];
        int index = IndexOfDay(day);
        if (index >= 0)
            return _days[index];
        if (_days.Count > 0 && day < _days[^1].Day - RetentionDays)
            return null;
        var bucket = new DayBucket(day);
        _days.Insert(~index, bucket);
        int expired = 0;
        while (_days[expired].Day < _days[^1].Day - RetentionDays)
            expired++;
        _days.RemoveRange(0, expired);
        isNew = true;
        return bucket;
    }

    private int IndexOfDay(int day)
    {
        int low = 0,
            high = _days.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_days[middle].Day == day)
                return middle;
            if (_days[middle].Day < day)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }

    private int AdmitName(string name, bool mentioned)
    {
        var names = NameIndex();
        if (names.TryGetValue(name, out int index))
        {
            _names[index].Mentioned |= mentioned;
            return index;
        }
        if (_names.Count(known => known.Mentioned == mentioned) >= (mentioned ? MaxMentionedNames : MaxNames))
            return -1;
        _names.Add(new NameTotal(name) { Mentioned = mentioned });
        names[name] = _names.Count - 1;
        return _names.Count - 1;
    }

    private Dictionary<string, int> NameIndex()
    {
        if (_nameIndex is null)
        {
            _nameIndex = new Dictionary<string, int>(_names.Count + 4, StringComparer.Ordinal);
            for (int i = 0; i < _names.Count; i++)
                _nameIndex[_names[i].Name] = i;
        }
        return _nameIndex;
    }

    private static int Admit(List<string> keys, string key)
    {
        int index = keys.IndexOf(key);
        if (index >= 0)
            return index;
        keys.Add(key);
        return keys.Count - 1;
    }

    private static void WriteKeys(PackWriter writer, List<string> keys)
    {
        writer.Count(keys.Count);
        foreach (string key in keys)
            writer.Text(key);
    }

    private static void ReadKeys(ref PackReader reader, List<string> keys)
    {
        for (int count = reader.Count(); count > 0; count--)
            keys.Add(reader.Text() ?? "");
    }

    private static DateTimeOffset? ReadTime(ref PackReader reader) => reader.Time() is var time && time == default ? null : time;
}
