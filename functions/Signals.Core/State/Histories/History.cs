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

    /// <summary>Fewer names are looked through one by one.</summary>
    private const int IndexedNames = 12;

    private const string Between = "\u001f";

    private DayTable _days = DayTable.Empty;
    private NameTotal[] _names = [];
    private string[] _sumKeys = [];
    private string[] _sketchKeys = [];
    private Dictionary<string, int>? _nameIndex;

    public IReadOnlyList<NameTotal> Names => _names;

    /// <summary>The <see cref="PropertyKey"/> of each sum in the buckets.</summary>
    public IReadOnlyList<string> SumKeys => _sumKeys;

    /// <summary>Buckets in order of day; days without events have none.</summary>
    public IReadOnlyList<DayBucket> Buckets => _days;

    public DateTimeOffset? First { get; private set; }

    public DateTimeOffset? Last { get; private set; }

    public int NewestDay => _days.Count == 0 ? int.MinValue : _days.NewestDay;

    public NameTotal? Total(string name) => NameOf(name) is >= 0 and var index && _names[index].Count > 0 ? _names[index] : null;

    /// <summary>The index of a name in every bucket, or -1.</summary>
    public int NameOf(string name)
    {
        if (_names.Length >= IndexedNames)
            return NameIndex().TryGetValue(name, out int index) ? index : -1;
        for (int i = 0; i < _names.Length; i++)
        {
            if (string.Equals(_names[i].Name, name, StringComparison.Ordinal))
                return i;
        }
        return -1;
    }

    /// <summary>The index of a summed property of an event in every bucket, or -1.</summary>
    public int SumOf(string eventName, string property) => IndexOf(_sumKeys, eventName, property);

    /// <summary>The index of an event's distinct values in every bucket, or -1.</summary>
    public int SketchOf(string eventName, string property) => IndexOf(_sketchKeys, eventName, property);

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
        int bucket = BucketAt(Days.Of(at));
        if (bucket < 0)
            return false;
        ref ulong slots = ref _days.SlotsAt(bucket);
        bool isFirstUse = isUse && slots == 0;
        if (isUse)
            slots |= 1UL << (int)(at.UtcTicks % TimeSpan.TicksPerDay / (TimeSpan.TicksPerDay / DayBucket.SlotsPerDay));
        if (index >= 0)
            _days.AddCount(bucket, index, 1);
        else
            _days.Extras(bucket).Overflow++;
        foreach (var sum in sums)
            _days.AddSum(bucket, Admit(ref _sumKeys, sum.Key), sum.Micros);
        return isFirstUse;
    }

    /// <summary>Adds a distinct value, by its hash, to the day's sketch of a <see cref="PropertyKey"/>.</summary>
    public void RecordDistinct(string key, DateTimeOffset at, ulong hash)
    {
        if (BucketAt(Days.Of(at)) is >= 0 and var bucket)
            _days.Extras(bucket).Sketch(Admit(ref _sketchKeys, key)).Add(hash);
    }

    /// <summary>Counts one more person on a day, or one fewer when two people turn out to be one.</summary>
    public void AddPeople(int day, int people)
    {
        if (BucketAt(day) is >= 0 and var bucket)
            _days.Extras(bucket).People = Math.Max(0, _days[bucket].People + people);
    }

    /// <summary>
    /// The history as it was at the end of a day: of what came later nothing is known. To be read only. Where a name came both before and
    /// after it, when it came last is told to the day.
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
        then._days = _days.First(count);
        then._sumKeys = _sumKeys;
        then._sketchKeys = _sketchKeys;
        then.First = first;
        then.Last = count > 0 ? Days.Start(_days[count - 1].Day + 1).AddMilliseconds(-1) : first;
        then._names = new NameTotal[_names.Length];
        for (int i = 0; i < _names.Length; i++)
            then._names[i] = TotalUpTo(i, count, end);
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
        int last = buckets - 1;
        while (last >= 0 && _days[last].Count(name) == 0)
            last--;
        return new NameTotal(total.Name)
        {
            Mentioned = total.Mentioned,
            Count = Math.Max(1, total.Count - later),
            First = total.First,
            Last = last >= 0 ? Days.Start(_days[last].Day + 1).AddMilliseconds(-1) : total.First,
        };
    }

    /// <summary>True when the product was used on that day.</summary>
    public bool HasUse(int day) => _days.IndexOf(day) is >= 0 and var index && _days[index].Slots != 0;

    /// <summary>The index of the first bucket that is not before a day; the number of buckets when all are.</summary>
    public int IndexFrom(int day) => _days.IndexOf(day) is >= 0 and var index ? index : ~_days.IndexOf(day);

    /// <summary>Adds another history's events to this one; people counts are the caller's.</summary>
    public void MergeFrom(History other)
    {
        if (other.First is { } first && other.Last is { } last)
        {
            Touch(first);
            Touch(last);
        }
        var names = other._names.Select(total => AdmitName(total.Name, total.Mentioned)).ToList();
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] >= 0)
                _names[names[i]].Add(other._names[i].Count, other._names[i].First, other._names[i].Last);
        }
        var sums = other._sumKeys.Select(key => Admit(ref _sumKeys, key)).ToList();
        var sketches = other._sketchKeys.Select(key => Admit(ref _sketchKeys, key)).ToList();
        foreach (var from in other._days)
        {
            if (BucketAt(from.Day) is >= 0 and var bucket)
                _days.Merge(bucket, from, names, sums, sketches);
        }
    }

    public void Write(PackWriter writer)
    {
        writer.Time(First ?? default);
        writer.Time(Last ?? default);
        writer.Count(_names.Length);
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
        _days.Write(writer);
    }

    public static History Read(ref PackReader reader)
    {
        var history = new History { First = ReadTime(ref reader), Last = ReadTime(ref reader) };
        history._names = new NameTotal[reader.Count()];
        for (int i = 0; i < history._names.Length; i++)
        {
            history._names[i] = new NameTotal(reader.Text() ?? "")
            {
                Mentioned = reader.Bool(),
                Count = (long)reader.Unsigned(),
                First = reader.Time(),
                Last = reader.Time(),
            };
        }
        history._sumKeys = ReadKeys(ref reader);
        history._sketchKeys = ReadKeys(ref reader);
        history._days = DayTable.Read(ref reader, history._names.Length, history._sumKeys.Length, history._sketchKeys.Length);
        return history;
    }

    /// <summary>The name under which a property's sums and distinct values are kept.</summary>
    public static string PropertyKey(string eventName, string property) => $"{eventName}{Between}{property}";

    /// <summary>Where the <see cref="PropertyKey"/> of an event's property is, or -1. Asked too often to write the key for it.</summary>
    private static int IndexOf(string[] keys, string eventName, string property)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            string key = keys[i];
            if (
                key.Length == eventName.Length + 1 + property.Length
                && key[eventName.Length] == Between[0]
                && key.StartsWith(eventName, StringComparison.Ordinal)
                && key.EndsWith(property, StringComparison.Ordinal)
            )
                return i;
        }
        return -1;
    }

    private void Touch(DateTimeOffset at)
    {
        if (First is null || at < First)
            First = at;
        if (Last is null || at > Last)
            Last = at;
    }

    /// <summary>Where a day is, which is entered when it is not there yet; -1 when it is over.</summary>
    private int BucketAt(int day)
    {
        if (_days.Count > 0 && _days.NewestDay == day)
            return _days.Count - 1;
        int index = _days.IndexOf(day);
        if (index >= 0)
            return index;
        if (_days.Count > 0 && day < _days.NewestDay - RetentionDays)
            return -1;
        index = ~index;
        if (ReferenceEquals(_days, DayTable.Empty))
            _days = new DayTable();
        _days.Insert(index, day);
        int expired = 0;
        while (_days.DayAt(expired) < _days.NewestDay - RetentionDays)
            expired++;
        _days.RemoveFirst(expired);
        return index - expired;
    }

    private int AdmitName(string name, bool mentioned)
    {
        int index = NameOf(name);
        if (index >= 0)
        {
            _names[index].Mentioned |= mentioned;
            return index;
        }
        if (_names.Count(known => known.Mentioned == mentioned) >= (mentioned ? MaxMentionedNames : MaxNames))
            return -1;
        index = _names.Length;
        Array.Resize(ref _names, index + 1);
        _names[index] = new NameTotal(name) { Mentioned = mentioned };
        _nameIndex?.Add(name, index);
        return index;
    }

    private Dictionary<string, int> NameIndex()
    {
        if (_nameIndex is null)
        {
            _nameIndex = new Dictionary<string, int>(_names.Length + 4, StringComparer.Ordinal);
            for (int i = 0; i < _names.Length; i++)
                _nameIndex[_names[i].Name] = i;
        }
        return _nameIndex;
    }

    private static int Admit(ref string[] keys, string key)
    {
        int index = Array.IndexOf(keys, key);
        if (index < 0)
        {
            index = keys.Length;
            Array.Resize(ref keys, index + 1);
            keys[index] = key;
        }
        return index;
    }

    private static void WriteKeys(PackWriter writer, string[] keys)
    {
        writer.Count(keys.Length);
        foreach (string key in keys)
            writer.Text(key);
    }

    private static string[] ReadKeys(ref PackReader reader)
    {
        string[] keys = new string[reader.Count()];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = reader.Text() ?? "";
        return keys;
    }

    private static DateTimeOffset? ReadTime(ref PackReader reader) => reader.Time() is var time && time == default ? null : time;
}
