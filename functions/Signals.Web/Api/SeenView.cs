using System.Text.Json.Serialization;
using Signals.Core.Intake.Monitoring;
using Signals.Core.State.Seen;

namespace Signals.Web.Api;

/// <summary>What came by name, beside what the model reads. Names only, never a value.</summary>
public sealed record SeenView(
    SeenListView Events,
    SeenListView Properties,
    SeenListView PersonTraits,
    SeenListView AccountTraits,
    IReadOnlyList<SdkView> Sdks,
    IReadOnlyList<RuleView> Quarantined,
    IReadOnlyList<LeftOutView> LeftOut
)
{
    public static SeenView Of(SeenReport report) =>
        new(
            SeenListView.Of(report.Events),
            SeenListView.Of(report.Properties),
            SeenListView.Of(report.PersonTraits),
            SeenListView.Of(report.AccountTraits),
            [.. report.Sdks.Select(SdkView.Of)],
            [.. report.Quarantined.Select(rule => new RuleView(rule.Name, rule.Count, rule.FirstSeen, rule.LastSeen))],
            [.. report.LeftOut.Select(LeftOutView.Of)]
        );
}

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

/// <summary>An SDK by version; the version is empty where it named none.</summary>
public sealed record SdkView(string Name, string Version, long Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen)
{
    public static SdkView Of(NameCount sdk)
    {
        var (name, version) = SdkName.Split(sdk.Name);
        return new SdkView(name, version, sdk.Count, sdk.FirstSeen, sdk.LastSeen);
    }
}

/// <summary>A rule that put events into quarantine: where the fault was, and what was expected there.</summary>
public sealed record RuleView(string Rule, long Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);

/// <summary>What a rule left out of events that were taken. Kind is <c>people</c> or <c>value</c>.</summary>
public sealed record LeftOutView(
    string Kind,
    string Rule,
    long Count,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    IReadOnlyList<string> Examples
)
{
    public static LeftOutView Of(LeftOut rule) =>
        new(rule.Kind.ToString().ToLowerInvariant(), rule.Rule, rule.Count, rule.FirstSeen, rule.LastSeen, rule.Examples);
}
