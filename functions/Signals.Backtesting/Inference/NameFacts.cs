namespace Signals.Backtesting.Inference;

/// <summary>An event's name, and what all its events hold.</summary>
public sealed class NameFacts(string name, int index, bool isView)
{
    private readonly Dictionary<string, PropertyFacts> _properties = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public NameWords Words { get; } = new(name);

    public int Index { get; } = index;

    /// <summary>A page or screen.</summary>
    public bool IsView { get; } = isView;

    public long Count { get; internal set; }

    public IReadOnlyCollection<PropertyFacts> Properties => _properties.Values;

    /// <summary>The property that says how long it took; null for none.</summary>
    public PropertyFacts? Duration =>
        _properties
            .Values.Where(property => property is { Unit: not null, IsNumber: true, Most: > 0 } && property.Count >= 0.5 * Count)
            .MaxBy(property => property.Count);

    internal PropertyFacts? PropertyOf(string property, int most)
    {
        if (_properties.TryGetValue(property, out var facts) || _properties.Count >= most)
            return facts;
        return _properties[property] = new PropertyFacts(property);
    }
}
