using Signals.Core.Platform.Languages;

namespace Signals.Core.Model;

/// <summary>A set of accounts that the team gave a name: those of which everything that it says is true.</summary>
public sealed record SegmentDefinition(string Id, LocalText Name)
{
    /// <summary>So many a model has: each costs a row of its accounts, alerts and messages in the lists.</summary>
    public const int MostSegments = 20;

    /// <summary>Plans, on one of which the account is; none for any.</summary>
    public IReadOnlyList<string> Plans { get; init; } = [];

    /// <summary>
    /// Patterns of account traits, by trait: each of the traits fits one of its own. Case does not count, and <c>*</c> stands for anything.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Traits { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>What it pays a month, in the model's currency.</summary>
    public SegmentRange? Price { get; init; }

    /// <summary>How many people it has.</summary>
    public SegmentRange? People { get; init; }

    /// <summary>What its people did, each of these.</summary>
    public IReadOnlyList<SegmentUse> Did { get; init; } = [];

    /// <summary>What they did not do, none of these.</summary>
    public IReadOnlyList<SegmentUse> DidNot { get; init; } = [];

    /// <summary>How they feel, one of these; none for any.</summary>
    public IReadOnlyList<SegmentFeeling> Feels { get; init; } = [];
}

/// <summary>An amount from <paramref name="Least"/> to <paramref name="Most"/>, both included; null for no bound.</summary>
public sealed record SegmentRange(double? Least, double? Most)
{
    public bool Holds(double amount) => !(amount < Least) && !(amount > Most);
}

/// <summary>Something that was done so often lately.</summary>
/// <param name="Events">Any of these counts.</param>
/// <param name="Feature">The feature whose events they are; null for an event by its name.</param>
/// <param name="Times">So often or more.</param>
/// <param name="Days">Within so many days, the day that is asked about among them.</param>
public sealed record SegmentUse(IReadOnlyList<string> Events, string? Feature, int Times, int Days);

/// <summary>How an account's people feel, by what they answered and wrote in <see cref="SegmentFeelings.Days"/> days.</summary>
public enum SegmentFeeling
{
    /// <summary>The mean of their latest NPS answers is 9 or more.</summary>
    Promoter,

    /// <summary>It is between the two others.</summary>
    Passive,

    /// <summary>It is 6 or less.</summary>
    Detractor,

    /// <summary>Nobody answered NPS.</summary>
    Silent,

    /// <summary>Somebody wrote kindly.</summary>
    KindWords,

    /// <summary>Somebody wrote unkindly.</summary>
    UnkindWords,
}

public static class SegmentFeelings
{
    /// <summary>Older answers say how things were.</summary>
    public const int Days = 90;

    /// <summary>In the order of <see cref="SegmentFeeling"/>.</summary>
    public static readonly IReadOnlyList<string> Names = ["promoter", "passive", "detractor", "silent", "kind-words", "unkind-words"];

    public static string Name(this SegmentFeeling feeling) => Names[(int)feeling];
}
