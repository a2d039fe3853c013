using Signals.Core.Platform.Languages;

namespace Signals.Core.State.Seen;

/// <summary>The names of one kind: those that came, those of the model that did not, and those that are nearly the model's.</summary>
/// <param name="Kind">Whose names.</param>
/// <param name="Names">Those that came, the busiest first; properties of events that the model reads before all others.</param>
/// <param name="NeverCame">
/// Those that the model reads and nobody sent, in the model's order; properties only of events that came.
/// </param>
/// <param name="NearMisses">Names that came and that the model has in another spelling, the busiest first.</param>
/// <param name="OtherNames">About how many different names came that are not in the list.</param>
/// <param name="OtherCount">How often those came.</param>
public sealed record SeenList(
    NameKind Kind,
    IReadOnlyList<SeenName> Names,
    IReadOnlyList<NameInUse> NeverCame,
    IReadOnlyList<NearMiss> NearMisses,
    long OtherNames,
    long OtherCount
)
{
    /// <summary>Names that both mean a thing: where one came, the other is not missed.</summary>
    private static readonly (string One, string Other)[] Alternatives = [("firstName", "first_name"), ("mrr", "price")];

    internal static SeenList Of(NameKind kind, SeenNames seen, NamesInUse uses)
    {
        NameTally[] tallies = kind == NameKind.Property ? [seen[kind], seen[NameKind.OtherProperty]] : [seen[kind]];
        List<SeenName> names = [.. tallies.SelectMany(tally => tally.Names).Select(count => NameOf(kind, count, uses))];
        var came = names.ToDictionary(name => (name.Event, name.Name));
        var inUse = uses.All.Where(use => use.Kind == kind).ToList();
        var eventsThatCame = kind == NameKind.Property ? seen[NameKind.Event].Names.Select(name => name.Name).ToHashSet() : [];
        var others = tallies.Select(tally => tally.Others).ToList();
        return new SeenList(
            kind,
            names,
            [
                .. inUse.Where(use =>
                    !use.IsUsual
                    && !HasCome(use)
                    && (use.Event is null || eventsThatCame.Contains(use.Event))
                    && !Alternatives.Any(pair => IsOther(pair, use))
                ),
            ],
            [.. NearMissesOf(names, inUse, came)],
            others.Sum(other => other.Names),
            others.Sum(other => other.Count)
        );

        bool HasCome(NameInUse use) =>
            came.ContainsKey((use.Event, use.Name))
            || (use.IsInAnySpelling && names.Exists(name => PlainName.Comparer.Equals(name.Name, use.Name)));

        bool IsOther((string One, string Other) pair, NameInUse use) =>
            (use.Name == pair.One && came.ContainsKey((use.Event, pair.Other)))
            || (use.Name == pair.Other && (came.ContainsKey((use.Event, pair.One)) || pair.One == "firstName"));
    }

    private static SeenName NameOf(NameKind kind, NameCount count, NamesInUse uses)
    {
        int separator = kind == NameKind.Property ? count.Name.IndexOf(SeenNames.Separator) : -1;
        return new SeenName(
            separator < 0 ? null : count.Name[..separator],
            count.Name[(separator + 1)..],
            count.Count,
            count.IsAtLeast,
            count.FirstSeen,
            count.LastSeen,
            uses.UsesOf(kind, count.Name)
        );
    }

    /// <summary>
    /// A name written otherwise is near whether or not the model's own came too: half the senders may have it wrong. By a slip or another
    /// order it is near only while the model's own never came.
    /// </summary>
    private static IEnumerable<NearMiss> NearMissesOf(
        List<SeenName> names,
        List<NameInUse> inUse,
        Dictionary<(string?, string), SeenName> came
    )
    {
        var keys = inUse.ConvertAll(use => (Use: use, Key: NearNames.KeyOf(use.Name)));
        foreach (var name in names.Where(name => name.Uses.Count == 0))
        {
            var key = NearNames.KeyOf(name.Name);
            var nearest = keys.Where(use => use.Use.Event == name.Event)
                .Select(use =>
                    (
                        use.Use,
                        Count: came.TryGetValue((use.Use.Event, use.Use.Name), out var own) ? own.Count : 0,
                        Why: NearNames.Compare(key, use.Key)
                    )
                )
                .Where(near => near.Why is Nearness.Spelling || (near.Why is not null && near.Count == 0))
                .OrderBy(near => near.Why)
                .ThenBy(near => near.Count)
                .FirstOrDefault();
            if (nearest.Why is { } why)
                yield return new NearMiss(name, nearest.Use, nearest.Count, why);
        }
    }
}
