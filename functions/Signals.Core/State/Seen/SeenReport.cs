using Signals.Core.Intake.Monitoring;

namespace Signals.Core.State.Seen;

/// <summary>What came by name, beside what the model reads.</summary>
public sealed record SeenReport(
    SeenList Events,
    SeenList Properties,
    SeenList PersonTraits,
    SeenList AccountTraits,
    IReadOnlyList<NameCount> Sdks,
    IReadOnlyList<NameCount> Quarantined
)
{
    /// <summary>What rules left out though the event that brought it was taken, the busiest first.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; init; } = [];

    public IEnumerable<SeenList> Lists => [Events, Properties, PersonTraits, AccountTraits];

    /// <summary>What probably is a mistake, in the model or at the sender: all near misses, the busiest first.</summary>
    public IReadOnlyList<NearMiss> NearMisses => [.. Lists.SelectMany(list => list.NearMisses).OrderByDescending(miss => miss.Seen.Count)];

    public static SeenReport Of(SeenNames seen, NamesInUse uses) =>
        new(
            SeenList.Of(NameKind.Event, seen, uses),
            SeenList.Of(NameKind.Property, seen, uses),
            SeenList.Of(NameKind.PersonTrait, seen, uses),
            SeenList.Of(NameKind.AccountTrait, seen, uses),
            seen[NameKind.Sdk].Names,
            seen[NameKind.Quarantined].Names
        );
}

/// <summary>A name that came, with what the model uses it for; <paramref name="Event"/> is whose property it is.</summary>
public sealed record SeenName(
    string? Event,
    string Name,
    long Count,
    bool IsAtLeast,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    IReadOnlyList<string> Uses
);

/// <summary>A name that came and is not the model's, though the model has one like it.</summary>
/// <param name="Seen">The name that came.</param>
/// <param name="Model">The model's.</param>
/// <param name="ModelCount">How often the model's came; 0 for never.</param>
/// <param name="Why">What the two have of each other.</param>
public sealed record NearMiss(SeenName Seen, NameInUse Model, long ModelCount, Nearness Why);
