using System.Collections.Immutable;

namespace Signals.Core.Model;

/// <summary>
/// The numbers that the causes use, as far as the model's file sets them under <c>causes</c>: one record for each cause, which stands in
/// the cause's own folder and is found here by its type.
/// </summary>
public sealed class CauseSettings : IEquatable<CauseSettings>
{
    public static readonly CauseSettings Usual = new(ImmutableDictionary<Type, object>.Empty);

    private readonly ImmutableDictionary<Type, object> _set;

    private CauseSettings(ImmutableDictionary<Type, object> set) => _set = set;

    /// <summary>A cause's numbers; <paramref name="usual"/> where the file says nothing of it.</summary>
    public T Of<T>(T usual)
        where T : class => _set.TryGetValue(typeof(T), out object? set) ? (T)set : usual;

    /// <summary>The same with the numbers of one cause: a record, which takes the place of another of its type.</summary>
    public CauseSettings With(object settings) => new(_set.SetItem(settings.GetType(), settings));

    public bool Equals(CauseSettings? other) =>
        other is not null
        && _set.Count == other._set.Count
        && _set.All(item => other._set.TryGetValue(item.Key, out object? set) && set.Equals(item.Value));

    public override bool Equals(object? obj) => Equals(obj as CauseSettings);

    public override int GetHashCode() => _set.Values.Aggregate(0, (hash, settings) => hash ^ settings.GetHashCode());
}
