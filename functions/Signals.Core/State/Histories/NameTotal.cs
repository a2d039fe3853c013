namespace Signals.Core.State.Histories;

/// <summary>An event name over all time: how often, first and last. Outlives the days, so that a step once done stays done.</summary>
public sealed class NameTotal(string name)
{
    private long _first = DateTimeOffset.MaxValue.UtcTicks;
    private long _last = DateTimeOffset.MinValue.UtcTicks;

    public string Name { get; } = name;

    /// <summary>The model mentioned it when it was last counted: it takes none of the room of the names that no model mentions.</summary>
    public bool Mentioned { get; set; }

    public long Count { get; set; }

    public DateTimeOffset First
    {
        get => new(_first, TimeSpan.Zero);
        set => _first = value.UtcTicks;
    }

    public DateTimeOffset Last
    {
        get => new(_last, TimeSpan.Zero);
        set => _last = value.UtcTicks;
    }

    public void Add(long count, DateTimeOffset first, DateTimeOffset last)
    {
        Count += count;
        if (first < First)
            First = first;
        if (last > Last)
            Last = last;
    }
}
