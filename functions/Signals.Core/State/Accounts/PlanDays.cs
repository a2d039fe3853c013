using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Time;
using Signals.Core.State.Histories;
using Signals.Core.State.People;

namespace Signals.Core.State.Accounts;

/// <summary>
/// Which plan an account was on, by UTC day: what it is compared with changes with its plan. Kept as the plans seen on each day, so that
/// the order of arrival does not matter, for <see cref="History.RetentionDays"/> days back from the newest.
/// </summary>
public sealed class PlanDays
{
    /// <summary>Different plans kept apart; later ones are passed over.</summary>
    public const int MaxPlans = 16;

    /// <summary>Where no plan was seen, which is so of most.</summary>
    private static readonly SortedList<int, ushort> Unseen = [];

    private string[] _plans = [];
    private SortedList<int, ushort> _days = Unseen;

    /// <summary>Notes that the account was on a plan that day.</summary>
    public void Note(int day, string plan)
    {
        string id = Normal(plan);
        int index = Array.IndexOf(_plans, id);
        if (index < 0)
        {
            if (_plans.Length == MaxPlans)
                return;
            index = _plans.Length;
            _plans = [.. _plans, id];
        }
        Note(day, (ushort)(1 << index));
    }

    /// <summary>
    /// The plan of a day: the one seen that day, else the last one before, else the first one after, else <paramref name="otherwise"/>.
    /// Null for a day on which the plan changed, and where it cannot be told. Plans are in lower case.
    /// </summary>
    public string? On(int day, string? otherwise)
    {
        int before = LastUpTo(day);
        if (before >= 0 && (_days.Keys[before] == day || IsOne(_days.Values[before])))
            return Single(_days.Values[before]);
        if (before + 1 < _days.Count)
            return Single(_days.Values[before + 1]);
        return otherwise is null ? null : Normal(otherwise);
    }

    /// <summary>
    /// The first day since when the account was on that plan without a break, as far back as is known; null when it is not now.
    /// </summary>
    public int? Since(string? plan)
    {
        if (plan is null)
            return null;
        int index = Array.IndexOf(_plans, Normal(plan));
        int? since = null;
        for (int i = _days.Count - 1; i >= 0 && index >= 0 && _days.Values[i] == 1 << index; i--)
            since = _days.Keys[i];
        return since;
    }

    /// <summary>True when another plan was seen before the present one.</summary>
    public bool Changed => _plans.Length > 1;

    /// <summary>The days on which the plan became another, oldest first, with what it was and is.</summary>
    public IEnumerable<(int Day, string Before, string After)> Changes
    {
        get
        {
            string? before = null;
            foreach (var (day, seen) in _days)
            {
                if (Single(seen) is not { } plan)
                    continue;
                if (before is not null && before != plan)
                    yield return (day, before, plan);
                before = plan;
            }
        }
    }

    public void MergeFrom(PlanDays other)
    {
        foreach (var (day, seen) in other._days)
        {
            for (int i = 0; i < other._plans.Length; i++)
            {
                if ((seen & (1 << i)) != 0)
                    Note(day, other._plans[i]);
            }
        }
    }

    public override string ToString() =>
        string.Join(
            ' ',
            _days.Select(day =>
                $"{Days.Key(day.Key)}={string.Join('+', _plans.Where((_, i) => (day.Value & (1 << i)) != 0).Order(StringComparer.Ordinal))}"
            )
        );

    public void Write(PackWriter writer)
    {
        writer.Count(_plans.Length);
        foreach (string plan in _plans)
            writer.Text(plan);
        writer.Count(_days.Count);
        int previous = 0;
        foreach (var (day, seen) in _days)
        {
            writer.Count(day - previous);
            writer.Count(seen);
            previous = day;
        }
    }

    public static PlanDays Read(ref PackReader reader)
    {
        var plans = new PlanDays();
        plans._plans = new string[reader.Count()];
        for (int i = 0; i < plans._plans.Length; i++)
            plans._plans[i] = reader.Text() ?? "";
        int day = 0;
        for (int count = reader.Count(); count > 0; count--)
        {
            day += reader.Int();
            plans.Seen()[day] = (ushort)reader.Int();
        }
        return plans;
    }

    private void Note(int day, ushort seen)
    {
        if (_days.Count > 0 && day < _days.Keys[^1] - History.RetentionDays)
            return;
        Seen()[day] = (ushort)(_days.GetValueOrDefault(day) | seen);
        while (_days.Keys[0] < _days.Keys[^1] - History.RetentionDays)
            _days.RemoveAt(0);
    }

    private SortedList<int, ushort> Seen() => ReferenceEquals(_days, Unseen) ? _days = [] : _days;

    private int LastUpTo(int day)
    {
        int low = 0,
            high = _days.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_days.Keys[middle] <= day)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }

    private string? Single(ushort seen) => IsOne(seen) ? _plans[System.Numerics.BitOperations.TrailingZeroCount(seen)] : null;

    private static bool IsOne(ushort seen) => System.Numerics.BitOperations.IsPow2(seen);

    private static string Normal(string plan) =>
        plan.Length > Profile.MaxValueChars ? plan[..Profile.MaxValueChars].ToLowerInvariant() : plan.ToLowerInvariant();
}
