namespace Signals.Core.Model;

/// <summary>
/// Names of the features that the risk score weighs: what <c>risk.weights</c> in the model may hold. What each measures is told where the
/// score is worked out.
/// </summary>
public static class RiskFeatureIds
{
    public const string CausePrefix = "cause.";

    public const string Age = "account.age";
    public const string Quiet = "value.quiet";
    public const string SilentShare = "value.silent-share";
    public const string Stopped = "value.stopped";
    public const string DecisionDays = "decision.days";
    public const string IntentDays = "intent.days";
    public const string IntentSince = "intent.since-value";
    public const string IntentShare = "intent.share";

    /// <summary>Beside the floor's window <see cref="DatedEvents"/> are counted over so many days.</summary>
    public const int RecentDays = 14;
    public const int LongDays = 120;

    /// <summary>What is measured of every account, in the score's order.</summary>
    public static readonly IReadOnlyList<string> Background =
    [
        "value.floor",
        "value.own",
        "value.trend",
        "value.silence",
        "value.days",
        "people.inactive",
        "people.empty-seats",
        "features.unused",
        "reach",
        "price",
        "tickets.open",
        "nps",
        "decision.near",
        Age,
        Quiet,
        SilentShare,
        Stopped,
        DecisionDays,
        IntentDays,
        IntentSince,
        IntentShare,
    ];

    public static string OfCause(string cause) => CausePrefix + cause;

    public static string OfEvent(string name) => $"events.{name}";

    /// <summary>How often an event occurred in so many days.</summary>
    public static string OfEvent(string name, int days) => $"events-{days}d.{name}";

    /// <summary>Days since an event occurred last.</summary>
    public static string OfLast(string name) => $"since.{name}";

    public static string OfUse(Feature feature) => $"use.{feature.Id}";

    public static string OfFriction(FrictionKind kind) => $"friction.{kind.Id}";

    public static string OfPlan(Plan plan) => $"plan.{plan.Id}";

    /// <summary>Every feature under a model with these causes, in the score's order.</summary>
    public static IEnumerable<string> Of(ValueModel model, IEnumerable<string> causes) =>
        [
            .. causes.Select(OfCause),
            .. Background,
            .. CountedEvents(model).Select(name => OfEvent(name)),
            .. DatedEvents(model).SelectMany(name => (string[])[OfEvent(name, RecentDays), OfEvent(name, LongDays), OfLast(name)]),
            .. CountedFeatures(model).Select(OfUse),
            .. model.Friction.Select(OfFriction),
            .. model.Plans.Values.Select(OfPlan),
        ];

    /// <summary>Events that the model gives a meaning.</summary>
    public static IEnumerable<string> CountedEvents(ValueModel model) =>
        model
            .Value.From.Select(source => source.Event)
            .Concat(model.Features.SelectMany(feature => feature.Events))
            .Concat(model.Friction.SelectMany(kind => kind.Events))
            .Concat(model.Reach?.Events ?? [])
            .Concat(model.LeaveIntent)
            .Distinct(StringComparer.Ordinal);

    /// <summary>
    /// Those whose course over time is told too, for they stand for coming and going: where value comes from, and thoughts of leaving. Each
    /// costs a fit some twenty columns.
    /// </summary>
    public static IEnumerable<string> DatedEvents(ValueModel model) =>
        model.Value.From.Select(source => source.Event).Concat(model.LeaveIntent).Distinct(StringComparer.Ordinal);

    /// <summary>Features of several events; one of a single event is counted by that event.</summary>
    public static IEnumerable<Feature> CountedFeatures(ValueModel model) => model.Features.Where(feature => feature.Events.Count > 1);
}
