using Signals.Core.Intake.Events;
using Signals.Core.Intake.Monitoring;
using Signals.Core.State.Identity;

namespace Signals.Core.Processing.Folding;

/// <summary>An event on its way into an account: with its queue message's position in the batch and the hash of its id.</summary>
public sealed record RoutedEvent(UsageEvent Event, int Message, ulong Id, PersonKey Person, AccountKey Account);

/// <summary>The events of one batch for one person of one account, in the order they came.</summary>
public sealed record PersonWork(PersonKey Person, List<RoutedEvent> Events);

/// <summary>What folding a batch into one account did: counts by message, and events that belong elsewhere by now.</summary>
public sealed class FoldResult
{
    public Dictionary<int, (int Folded, int Duplicates)> Counts { get; } = [];

    public List<RoutedEvent> Displaced { get; } = [];

    /// <summary>What the events held that was left out.</summary>
    public List<LeftOutNote> LeftOut { get; } = [];

    /// <summary>Transactions that met another writer's and were done again.</summary>
    public int Retries { get; set; }

    public void Add(int message, int folded, int duplicates)
    {
        var (f, d) = Counts.GetValueOrDefault(message);
        Counts[message] = (f + folded, d + duplicates);
    }
}
