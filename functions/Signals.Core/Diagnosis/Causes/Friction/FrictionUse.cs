using Signals.Core.State.Histories;

namespace Signals.Core.Diagnosis.Causes.Friction;

/// <summary>
/// How much a person used the product and how often each kind of obstacle came in the way, by the plan of the day: over their last days of
/// use, and over those before. Days without use say nothing and are passed over, so that a light user's window holds as much as a heavy
/// one's.
/// </summary>
public sealed class FrictionUse
{
    private readonly Dictionary<string, KindUse> _kinds = new(StringComparer.Ordinal);

    /// <summary>The first day of the recent window, and the first of all; both windows hold days of use only.</summary>
    public int RecentFrom { get; private set; }

    public int From { get; private set; }

    /// <summary>The last day of use; <see cref="int.MinValue"/> when there is none.</summary>
    public int LastDay { get; private set; } = int.MinValue;

    /// <summary>Days of use in the recent window, and before it.</summary>
    public int RecentDays { get; private set; }

    public int EarlierDays { get; private set; }

    public KindUse this[string kind] => _kinds[kind];

    /// <summary>Reads a person's windows of so many days of use, back from the last.</summary>
    public static FrictionUse Of(PersonContext context)
    {
        var model = context.Model;
        var settings = FrictionSettings.Of(model);
        var kinds = model.Friction.Select(kind => (Use: new KindUse(), Indexes: context.Usage.IndexesOf(kind.Events), kind.Id)).ToArray();
        var found = new FrictionUse();
        foreach (var (use, _, id) in kinds)
            found._kinds[id] = use;
        var buckets = context.Usage.Buckets;
        int[] counts = new int[kinds.Length];
        for (int i = buckets.Count - 1; i >= 0 && found.EarlierDays < settings.BaselineDays; i--)
        {
            var bucket = buckets[i];
            double value = Math.Max(0, context.Usage.Value(bucket.Day, bucket.Day));
            bool met = false;
            for (int kind = 0; kind < kinds.Length; kind++)
                met |= (counts[kind] = Count(bucket, kinds[kind].Indexes)) > 0;
            if (value <= 0 && !met)
                continue;
            bool recent = found.RecentDays < settings.Days;
            found.Take(bucket.Day, recent);
            string? plan = context.Account.PlanOn(bucket.Day);
            for (int kind = 0; kind < kinds.Length; kind++)
                kinds[kind].Use.Add(recent, plan, value, counts[kind], bucket.Day);
        }
        return found;
    }

    private void Take(int day, bool recent)
    {
        if (LastDay == int.MinValue)
            LastDay = day;
        From = day;
        if (recent)
        {
            RecentFrom = day;
            RecentDays++;
        }
        else
            EarlierDays++;
    }

    private static int Count(DayBucket bucket, int[] indexes)
    {
        int count = 0;
        foreach (int index in indexes)
            count += bucket.Count(index);
        return count;
    }
}

/// <summary>One kind of obstacle in a person's windows.</summary>
public sealed class KindUse
{
    private readonly List<PlanUse> _recent = [];
    private readonly List<PlanUse> _earlier = [];
    private readonly List<(int Day, int Count)> _met = [];

    public IReadOnlyList<PlanUse> Recent => _recent;

    public IReadOnlyList<PlanUse> Earlier => _earlier;

    /// <summary>The days on which it came up and how often, newest first.</summary>
    public IReadOnlyList<(int Day, int Count)> Met => _met;

    /// <summary>How often it came up from a day on.</summary>
    public int CountFrom(int day) => _met.TakeWhile(met => met.Day >= day).Sum(met => met.Count);

    /// <summary>The uses of both windows on each plan, in the order in which the plans first came.</summary>
    public IReadOnlyList<PlanUse> ByPlan()
    {
        var uses = new List<PlanUse>(_recent);
        foreach (var use in _earlier)
            Add(uses, use);
        return uses;
    }

    internal void Add(bool recent, string? plan, double value, int count, int day)
    {
        if (count > 0)
            _met.Add((day, count));
        Add(recent ? _recent : _earlier, new PlanUse(plan, value, count));
    }

    private static void Add(List<PlanUse> uses, PlanUse more)
    {
        for (int i = 0; i < uses.Count; i++)
        {
            if (uses[i].Plan != more.Plan)
                continue;
            uses[i] = more with { Value = uses[i].Value + more.Value, Count = uses[i].Count + more.Count };
            return;
        }
        uses.Add(more);
    }
}

/// <summary>
/// Value, in the model's unit, and occurrences while on a plan. A null plan is that of days on which the plan changed, or is unknown.
/// </summary>
public readonly record struct PlanUse(string? Plan, double Value, int Count);
