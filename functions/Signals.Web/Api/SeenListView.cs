using System.Text.Json.Serialization;
using Signals.Core.State.Seen;

namespace Signals.Web.Api;

/// <summary>One kind of names: those that came, those that never did, and those that are nearly the model's.</summary>
public sealed record SeenListView(
    IReadOnlyList<SeenNameView> Names,
    IReadOnlyList<NeverCameView> NeverCame,
    IReadOnlyList<NearMissView> NearMisses,
    long OtherNames,
    long OtherCount
)
{
    public static SeenListView Of(SeenList list) =>
        new(
            [.. list.Names.Select(SeenNameView.Of)],
            [.. list.NeverCame.Select(name => new NeverCameView(name.Event, name.Name, name.Uses, name.IsOptional))],
            [.. list.NearMisses.Select(NearMissView.Of)],
            list.OtherNames,
            list.OtherCount
        );
}

/// <summary>A name that came, and what the model uses it for: places in the model, none when for nothing.</summary>
public sealed record SeenNameView(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Event,
    string Name,
    long Count,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AtLeast,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    IReadOnlyList<string> Uses
)
{
    public static SeenNameView Of(SeenName name) =>
        new(name.Event, name.Name, name.Count, name.IsAtLeast, name.FirstSeen, name.LastSeen, name.Uses);
}

/// <summary>A name that the model reads and nobody sent.</summary>
public sealed record NeverCameView(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Event,
    string Name,
    IReadOnlyList<string> Uses,
    bool Optional
);

/// <summary>A name that came and that the model has in another spelling. Why is <c>spelling</c>, <c>order</c> or <c>slip</c>.</summary>
public sealed record NearMissView(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Event,
    string Seen,
    long Count,
    string Model,
    long ModelCount,
    string Why,
    IReadOnlyList<string> Uses
)
{
    public static NearMissView Of(NearMiss miss) =>
        new(
            miss.Seen.Event,
            miss.Seen.Name,
            miss.Seen.Count,
            miss.Model.Name,
            miss.ModelCount,
            miss.Why.ToString().ToLowerInvariant(),
            miss.Model.Uses
        );
}
