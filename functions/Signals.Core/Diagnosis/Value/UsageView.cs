using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;
using Signals.Core.State.Histories;

namespace Signals.Core.Diagnosis.Value;

/// <summary>
/// A history read through a model: value, sessions and counts over any range of days (UTC, inclusive) in constant time. Days after the
/// newest event hold nothing, so the same view answers for days to come.
/// </summary>
public sealed class UsageView
{
    private readonly History _history;
    private readonly int _firstDay;
    private readonly double[] _value;
    private readonly int[] _sessions;
    private readonly int[] _valueDays;
    private Rhythm? _rhythm;
    private bool _knowsRhythm;

    public UsageView(History history, ValueModel model)
    {
        _history = history;
        var buckets = history.Buckets;
        _firstDay = buckets.Count == 0 ? 0 : buckets[0].Day;
        int days = buckets.Count == 0 ? 0 : buckets[^1].Day - _firstDay + 1;
        _value = new double[days + 1];
        _sessions = new int[days + 1];
        _valueDays = new int[days + 1];
        var sources = model.Value.From.Select(source => Source(history, source)).Where(source => source.Index >= 0).ToArray();
        int next = 0;
        for (int i = 0; i < days; i++)
        {
            double value = 0;
            int sessions = 0;
            if (buckets[next].Day == _firstDay + i)
            {
                var bucket = buckets[next++];
                foreach (var (index, isSum, factor) in sources)
                    value += factor * (isSum ? bucket.Sum(index) / PropertySum.MicrosPerUnit : bucket.Count(index));
                sessions = bucket.Sessions;
            }
            _value[i + 1] = _value[i] + value;
            _sessions[i + 1] = _sessions[i] + sessions;
            _valueDays[i + 1] = _valueDays[i] + (value > 0 ? 1 : 0);
        }
    }

    /// <summary>The fortnights, months or quarters in which value comes; null where it comes every week, or as it happens.</summary>
    public Rhythm? Rhythm
    {
        get
        {
            if (!_knowsRhythm)
                (_rhythm, _knowsRhythm) = (Rhythm.Of(DaysWithValue()), true);
            return _rhythm;
        }
    }

    /// <summary>The days kept on which anything happened, oldest first.</summary>
    public IReadOnlyList<DayBucket> Buckets => _history.Buckets;

    /// <summary>Where each bucket counts the events that ever occurred; see <see cref="DayBucket.Count"/>.</summary>
    public int[] IndexesOf(IReadOnlyList<string> events) => [.. events.Select(_history.NameOf).Where(index => index >= 0)];

    /// <summary>The day of the first event ever, or null; may be older than the days kept.</summary>
    public int? FirstDay => _history.First is { } first ? Days.Of(first) : null;

    /// <summary>The day of the newest event, or null.</summary>
    public int? NewestDay => _history.Last is { } last ? Days.Of(last) : null;

    /// <summary>The first day with value of those kept, or null.</summary>
    public int? FirstValueDay
    {
        get
        {
            for (int i = 1; i < _value.Length; i++)
            {
                if (_value[i] > _value[i - 1])
                    return _firstDay + i - 1;
            }
            return null;
        }
    }

    /// <summary>The newest day with value, or null.</summary>
    public int? LastValueDay
    {
        get
        {
            for (int i = _value.Length - 1; i > 0; i--)
            {
                if (_value[i] > _value[i - 1])
                    return _firstDay + i - 1;
            }
            return null;
        }
    }

    /// <summary>Value in the model's unit.</summary>
    public double Value(int from, int to) => _value[Index(to + 1)] - _value[Index(from)];

    public int Sessions(int from, int to) => _sessions[Index(to + 1)] - _sessions[Index(from)];

    /// <summary>Days with value.</summary>
    public int ValueDays(int from, int to) => _valueDays[Index(to + 1)] - _valueDays[Index(from)];

    /// <summary>How often any of the events occurred within the days kept.</summary>
    public long Count(IReadOnlyList<string> events, int from, int to)
    {
        long count = 0;
        foreach (string name in events)
        {
            if (_history.NameOf(name) is not (>= 0 and var index))
                continue;
            for (int i = _history.IndexFrom(from); i < _history.Buckets.Count && _history.Buckets[i].Day <= to; i++)
                count += _history.Buckets[i].Count(index);
        }
        return count;
    }

    /// <summary>The sum of a numeric property of an event on a day; 0 where none was collected.</summary>
    public double Sum(string name, string property, int day)
    {
        int index = _history.SumOf(name, property);
        int bucket = _history.IndexFrom(day);
        return index >= 0 && bucket < _history.Buckets.Count && _history.Buckets[bucket].Day == day
            ? _history.Buckets[bucket].Sum(index) / (double)PropertySum.MicrosPerUnit
            : 0;
    }

    /// <summary>How often any of the events occurred since the beginning, however long ago.</summary>
    public long CountEver(IReadOnlyList<string> events)
    {
        long count = 0;
        for (int i = 0; i < events.Count; i++)
            count += _history.Total(events[i])?.Count ?? 0;
        return count;
    }

    /// <summary>When any of the events occurred last, or null.</summary>
    public DateTimeOffset? LastOf(IReadOnlyList<string> events)
    {
        DateTimeOffset? last = null;
        foreach (string name in events)
        {
            if (_history.Total(name) is { } total && (last is null || total.Last > last))
                last = total.Last;
        }
        return last;
    }

    /// <summary>When any of the events occurred first, however long ago, or null.</summary>
    public DateTimeOffset? FirstOf(IReadOnlyList<string> events)
    {
        DateTimeOffset? first = null;
        foreach (string name in events)
        {
            if (_history.Total(name) is { } total && (first is null || total.First < first))
                first = total.First;
        }
        return first;
    }

    /// <summary>The days kept on which any of the events occurred, oldest first.</summary>
    public IEnumerable<int> DaysOf(IReadOnlyList<string> events, int from, int to)
    {
        int[] names = [.. events.Select(_history.NameOf).Where(name => name >= 0)];
        return names.Length == 0
            ? []
            : _history
                .Buckets.Where(bucket => bucket.Day >= from && bucket.Day <= to && names.Any(name => bucket.Count(name) > 0))
                .Select(bucket => bucket.Day);
    }

    /// <summary>Different values of a distinct property over the days, by sketch; null when none was collected.</summary>
    public double? Distinct(ReachDefinition reach, int from, int to)
    {
        if (reach.Distinct is not { } property)
            return Count(reach.Events, from, to);
        var union = new DistinctSketch();
        bool any = false;
        foreach (string name in reach.Events)
        {
            if (_history.SketchOf(name, property) is not (>= 0 and var index))
                continue;
            foreach (var bucket in _history.Buckets)
            {
                if (bucket.Day >= from && bucket.Day <= to && bucket.Sketches?.GetValueOrDefault(index) is { } sketch)
                {
                    union.MergeFrom(sketch);
                    any = true;
                }
            }
        }
        return any ? union.Estimate() : null;
    }

    private List<(int Day, double Value)> DaysWithValue()
    {
        var days = new List<(int Day, double Value)>(_valueDays[^1]);
        for (int i = 0; i < _value.Length - 1; i++)
        {
            if (_value[i + 1] > _value[i])
                days.Add((_firstDay + i, _value[i + 1] - _value[i]));
        }
        return days;
    }

    private int Index(int day) => Math.Clamp(day - _firstDay, 0, _value.Length - 1);

    private static (int Index, bool IsSum, double Factor) Source(History history, ValueSource source) =>
        source.Property is { } property
            ? (history.SumOf(source.Event, property), true, source.Scale)
            : (history.NameOf(source.Event), false, source.Amount ?? 0);
}
