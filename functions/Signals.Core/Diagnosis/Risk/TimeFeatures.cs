using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// How long ago and how soon: age, silence in days, a habit that stopped, the next day on which they can leave, thoughts of leaving. Their
/// curves follow what was seen of people of several products (docs/decisions/risk.md); history bends them.
/// </summary>
internal static class TimeFeatures
{
    /// <summary>Finer than what is known in general, so that history can say where its own contracts and terms end.</summary>
    private static readonly Curve AgeCurve = Curve
        .Of((0, 1), (45, 0.6), (60, 0.1), (90, 0), (120, 0), (240, -0.5), (365, -0.8))
        .BentAt(14, 30, 75, 105, 150, 180, 210, 300);

    public static readonly IReadOnlyList<RiskFeature> All =
    [
        new(
            RiskFeatureIds.Age,
            "time since they became a customer",
            RiskDirection.Lowers,
            AgeCurve,
            OfAge,
            subject => Phrase.Of($"a customer since {Days.Date(subject.Context.StartDay ?? subject.Today)}")
        ),
        // Rises for weeks and falls again: who has been gone for a year left long ago, whatever the books say.
        new(
            RiskFeatureIds.Quiet,
            "days since the last value",
            RiskDirection.Raises,
            Curve.Of((0, -0.4), (3, -0.3), (7, 0), (14, 0.3), (21, 0.6), (30, 0.9), (60, 0.9), (120, 0.4), (200, 0.1), (365, 0)),
            OfQuiet,
            DescribeQuiet
        )
        {
            TurnsAt = 30,
        },
        // Beside the days themselves: the same month is little of three years and half of two months. History gives it its weight.
        new(
            RiskFeatureIds.SilentShare,
            "share of their time without value up to now",
            RiskDirection.Raises,
            Curve.Line(0, 0, 0.1, 0.25, 0.5, 0.75, 0.9, 1),
            OfSilentShare,
            subject => Phrase.Of($"no value in the last {Format.Percent(OfSilentShare(subject) ?? 0)} of their time here")
        ),
        new(
            RiskFeatureIds.Stopped,
            "days missed on which they usually come",
            RiskDirection.Raises,
            Curve.Of((0, 0), (2, 0.1), (4, 0.8), (6, 2), (9, 2.8), (14, 3)),
            Habit.Surprise,
            subject =>
                Phrase.Of(
                    $"up to {Days.Date(subject.Context.Yesterday)} no value on {Format.DayCount(Habit.Missed(subject))} "
                        + $"on which they usually have some"
                )
        ),
        new(
            RiskFeatureIds.DecisionDays,
            "days to the next renewal or end of trial",
            RiskDirection.Lowers,
            // Past a quarter it says nothing: who is bound for a year is helped long before the date.
            Curve.Of((0, 1.2), (7, 1.1), (13, 0.7), (16, -0.8), (30, -1.2), (60, -0.9), (92, -0.5), (120, -0.1), (180, 0)),
            OfDecision,
            DescribeDecision
        )
        {
            TurnsAt = 30,
        },
        new(
            RiskFeatureIds.IntentDays,
            "days since they last looked into leaving",
            RiskDirection.Lowers,
            Curve.Of((0, 0.7), (7, 0.5), (14, 0.4), (30, 0.3), (45, 0.1), (60, 0)),
            OfIntent,
            subject =>
                OfIntent(subject) < NoIntent && subject.Usage.LastOf(subject.Model.LeaveIntent) is { } last
                    ? Phrase.Of($"they last looked into leaving on {Days.Date(Days.Of(last))}")
                    : Phrase.Of("they have not looked into leaving")
        ),
        new(
            RiskFeatureIds.IntentSince,
            "thoughts of leaving since their last value",
            RiskDirection.Raises,
            Curve.Line(0, 0, 1, 2, 3, 5, 8),
            subject => IntentsSince(subject, subject.Usage.LastValueDay),
            subject =>
                Format.Count(
                    IntentsSince(subject, subject.Usage.LastValueDay) ?? 0,
                    "looked into leaving {0} time since their last value",
                    "looked into leaving {0} times since their last value"
                )
        ),
        new(
            RiskFeatureIds.IntentShare,
            "thoughts of leaving beside days with value",
            RiskDirection.Raises,
            Curve.Line(0, 0, 0.1, 0.25, 0.5, 0.75, 1),
            OfIntentShare,
            subject =>
                Phrase.Of(
                    $"{Format.Count(IntentsSince(subject, null) ?? 0, "{0} sign of leaving", "{0} signs of leaving")} beside "
                        + $"{Format.DayCount(subject.Usage.ValueDays(subject.Today - LongestMemory + 1, subject.Today))} with value"
                )
        ),
    ];

    /// <summary>After so many days an event counts as none.</summary>
    private const int NoIntent = 90;

    /// <summary>Days after which neither age nor silence tells more.</summary>
    public const int LongestMemory = 366;

    private const int LongestQuiet = 365;
    private const int OldestAge = 365;

    /// <summary>Up to so many days ahead a date raises the risk; one further off lowers it.</summary>
    private const int NearDecision = 14;

    /// <summary>A silence that says nothing.</summary>
    private const int UsualQuiet = 7;

    /// <summary>
    /// The day they became a customer, if that is known: an account that was there when collecting began has no known age unless its traits
    /// tell.
    /// </summary>
    private static int? StartOf(RiskSubject subject) =>
        subject.Context.Facts.CreatedAt is null && !subject.Context.CameAfterCollecting ? null : subject.Context.StartDay;

    private static double? OfAge(RiskSubject subject) =>
        StartOf(subject) is { } start ? Math.Clamp(subject.Today - start, 0, OldestAge) : null;

    /// <summary>
    /// Of who never had any: since they came. The pause of who comes once a month is no more silence than a weekend, until it is longer
    /// than ever.
    /// </summary>
    private static double? OfQuiet(RiskSubject subject)
    {
        if ((subject.LastUse?.Day ?? subject.Usage.FirstDay) is not { } last)
            return null;
        int quiet = Math.Clamp(subject.Today - last, 0, LongestQuiet);
        return subject.Usage.Rhythm is { } rhythm && !rhythm.IsMissed(subject.Context.Yesterday) ? Math.Min(quiet, UsualQuiet) : quiet;
    }

    private static Phrase DescribeQuiet(RiskSubject subject) =>
        subject.LastUse switch
        {
            null => Phrase.Of($"no value since they came on {Days.Date(subject.Usage.FirstDay ?? subject.Today)}"),
            { Since: > 0 } use => Phrase.Of(
                $"hardly any value since {Days.Date(use.Day)}: {Format.Amount(use.Since)} {subject.Model.Value.Unit} up to "
                    + $"{Days.Date(subject.Today)}, where about {Format.Amount(use.Usual)} is usual for them"
            ),
            { } use => Phrase.Of($"no value since {Days.Date(use.Day)}"),
        };

    /// <summary>
    /// A date further off holds nobody who has all but stopped: such a one decides now, and leaves on the date. It is then as if none were
    /// known.
    /// </summary>
    private static double? OfDecision(RiskSubject subject)
    {
        int? days = Decisions.Next(subject) - subject.Today;
        return days > NearDecision && subject.HasFallen ? null : days;
    }

    private static Phrase DescribeDecision(RiskSubject subject)
    {
        if (Decisions.NextKnown(subject.Context) is not { } next)
            return Phrase.Of("no known date to decide on");
        var day = Days.Date(next.Day);
        return next.Kind switch
        {
            DecisionKind.Renewal => Phrase.Of($"their renewal is on {day}"),
            DecisionKind.TrialEnd => Phrase.Of($"their trial ends on {day}"),
            _ => Phrase.Of($"their next payment is due on {day}"),
        };
    }

    private static double? OfIntent(RiskSubject subject) =>
        subject.Model.LeaveIntent.Count == 0 ? null
        : subject.Usage.LastOf(subject.Model.LeaveIntent) is { } last ? Math.Clamp(subject.Today - Days.Of(last), 0, NoIntent)
        : NoIntent;

    /// <summary>Silence over age; null on the first day and where the age is not known.</summary>
    private static double? OfSilentShare(RiskSubject subject) =>
        StartOf(subject) is { } start && start < subject.Today
            ? Math.Clamp((double)(subject.Today - (subject.Usage.LastValueDay ?? start)) / (subject.Today - start), 0, 1)
            : null;

    /// <summary>How often they looked at the way out after a day, as far as days are kept; null where the model names none.</summary>
    private static int? IntentsSince(RiskSubject subject, int? day) =>
        subject.Model.LeaveIntent.Count == 0
            ? null
            : (int)subject.Usage.Count(subject.Model.LeaveIntent, (day ?? subject.Today - LongestMemory) + 1, subject.Today);

    private static double? OfIntentShare(RiskSubject subject)
    {
        if (IntentsSince(subject, null) is not { } intents)
            return null;
        int all = intents + subject.Usage.ValueDays(subject.Today - LongestMemory + 1, subject.Today);
        return all == 0 ? null : (double)intents / all;
    }
}
