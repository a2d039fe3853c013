using Signals.Core.Intake.Monitoring;

namespace Signals.Core.Processing.Folding;

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
