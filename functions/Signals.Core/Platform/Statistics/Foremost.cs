namespace Signals.Core.Platform.Statistics;

/// <summary>The first few of many by an order, gathered one after the other without keeping the rest.</summary>
/// <param name="most">How many are kept, 1 or more.</param>
/// <param name="order">Negative where the first of two comes first; never 0 for two that differ.</param>
internal sealed class Foremost<T>(int most, Comparison<T> order)
{
    private readonly List<T> _kept = [];

    public void Add(T one)
    {
        _kept.Add(one);
        if (_kept.Count >= 2 * most)
            Cut();
    }

    /// <summary>At most so many, in their order.</summary>
    public IReadOnlyList<T> Items()
    {
        Cut();
        return [.. _kept];
    }

    private void Cut()
    {
        _kept.Sort(order);
        if (_kept.Count > most)
            _kept.RemoveRange(most, _kept.Count - most);
    }
}
