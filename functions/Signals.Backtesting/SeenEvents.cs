using Signals.Core.Intake.Events;
using Signals.Core.Platform.Time;
using Signals.Core.State.Collection;

namespace Signals.Backtesting;

/// <summary>What is known of each event by what was replayed so far; every property that the model sums always was.</summary>
internal sealed class SeenEvents(CollectionPlan plan) : IKnownEvents
{
    private readonly Dictionary<string, int> _days = new(StringComparer.Ordinal);

    public void Note(UsageEvent usageEvent)
    {
        int day = Days.Of(usageEvent.Timestamp);
        if ((!_days.TryGetValue(usageEvent.Name, out int known) || day < known) && plan.For(usageEvent.Name) is not null)
            _days[usageEvent.Name] = day;
    }

    public int? EventSince(string name) => _days.TryGetValue(name, out int day) ? day : null;

    public int SumSince(string key) => 0;
}
