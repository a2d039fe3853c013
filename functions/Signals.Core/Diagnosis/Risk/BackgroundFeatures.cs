using Signals.Core.Diagnosis.Causes.UsageDrop;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;
using Signals.Core.State.Answers;

namespace Signals.Core.Diagnosis.Risk;

/// <summary>
/// What colours the score where no cause is certain: value against the floor and the account's own norm, silence, people, health, what was
/// said, and decisions ahead. Each is bounded, so that all of them together never reach what one certain cause does.
/// </summary>
internal static class BackgroundFeatures
{
    /// <summary>An account younger than this has had no time to be active.</summary>
    public const int SettlingDays = 14;

    /// <summary>Silence counts up to so many days, answers within so many.</summary>
    public const int LongestMemory = 90;

    /// <summary>A decision (renewal, end of trial) within so many days is near.</summary>
    public const int DecisionNearDays = 30;

    private const int LeastNormDays = 28;
    private const int LongestSilence = 60;

    public static readonly IReadOnlyList<RiskFeature> All =
    [
        new(
            "value.floor",
            "value against the floor",
            RiskDirection.Lowers,
            Curve.Line(-0.05, -2, -1, 0, 1, 2),
            OfFloor,
            subject =>
                Phrase.Of(
                    $"{Format.Amount(subject.WindowValue)} {subject.Model.Value.Unit} of value {subject.InWindow}; "
                        + $"the floor for that time is {Format.Amount(subject.WindowFloor)}"
                )
        ),
        new(
            "value.own",
            "value against their own norm",
            RiskDirection.Lowers,
            Curve.Line(-0.1, -2, -1, 0, 1, 2),
            OfOwnNorm,
            DescribeOwnNorm
        ),
        new(
            "value.trend",
            "value against the fortnight before",
            RiskDirection.Lowers,
            Curve.Line(0, -2, 0, 2),
            OfTrend,
            subject =>
                Phrase.Of(
                    $"{Format.Amount(Recent(subject, 0))} {subject.Model.Value.Unit} {InFortnight(subject)}, "
                        + $"{Format.Amount(Recent(subject, 1))} before"
                )
        ),
        new(
            "value.silence",
            "silence against their usual gap",
            RiskDirection.Raises,
            Curve.Line(0.06, -1, 0, 1, 2.5),
            OfSilence,
            DescribeSilence
        ),
        new(
            "value.days",
            "days with value",
            RiskDirection.Lowers,
            Curve.Line(-0.1, 0, 0.1, 0.3, 1),
            OfValueDays,
            subject =>
                Phrase.Of($"value on {Format.DayCount(subject.Usage.ValueDays(subject.WindowStart, subject.Today))} {subject.InWindow}")
        ),
        new(
            "people.inactive",
            "share of people under the floor",
            RiskDirection.Raises,
            Curve.Line(0.2, 0, 1),
            OfInactive,
            subject =>
                Phrase.Of(
                    $"{subject.People.Reviewed - subject.People.Active} of {Format.People(subject.People.Reviewed)} got less than "
                        + $"{Format.Amount(subject.Model.Value.Floor.Amount)} {subject.Model.Value.Unit} {subject.InWindow}"
                )
        ),
        new(
            "people.empty-seats",
            "share of paid seats without an active person",
            RiskDirection.Raises,
            Curve.Line(0.1, 0, 1),
            OfEmptySeats,
            subject =>
                Phrase.Of(
                    $"seats|{Format.Count(subject.People.Active, "{0} active person", "{0} active people")} on "
                        + $"{Format.Count(subject.Context.Facts.Seats ?? 0, "{0} paid seat", "{0} paid seats")}"
                )
        ),
        new(
            "features.unused",
            "share of key features unused",
            RiskDirection.Raises,
            Curve.Line(0.2, 0, 1),
            OfUnusedFeatures,
            subject => Phrase.Of($"{Format.Percent(OfUnusedFeatures(subject) ?? 0)} of the plan's key features unused {subject.InWindow}")
        ),
        new(
            "reach",
            "customers of theirs reached",
            RiskDirection.Lowers,
            Curve.Line(0, 0, 4, 10),
            OfReach,
            subject => Phrase.Of($"{Math.Round(Reached(subject))} of their customers reached {subject.InWindow}")
        ),
        new(
            "price",
            "price",
            RiskDirection.Either,
            Curve.Line(0, 0, 12),
            static subject => Math.Log2(1 + Math.Max(0, subject.Context.Facts.Price)),
            subject => Phrase.Of($"{Format.Amount(subject.Context.Facts.Price)} {subject.Model.Currency} a month")
        ),
        new(
            "tickets.open",
            "open tickets",
            RiskDirection.Raises,
            Curve.Line(0, 0, 3),
            static subject => Math.Log2(1 + OpenTickets(subject)),
            subject => Format.Count(OpenTickets(subject), "{0} open ticket", "{0} open tickets")
        ),
        new(
            "nps",
            "last NPS answer",
            RiskDirection.Lowers,
            Curve.Line(0, -2.5, 0, 1),
            static subject => LastNps(subject) is { } nps ? (nps - 7) / 3 : null,
            subject => Phrase.Of($"last NPS answer {Format.Amount(LastNps(subject) ?? 0)}")
        ),
        new(
            "decision.near",
            "a renewal or the end of a trial is near",
            RiskDirection.Raises,
            Curve.Line(0, 0, 1),
            OfDecision,
            DescribeDecision
        )
        {
            IsRetired = true,
        },
    ];

    /// <summary>Days that the account's own norm reaches back.</summary>
    public static int OwnDays(ValueModel model) => UsageDropSettings.Of(model).Days + UsageDropSettings.Of(model).BaselineDays;

    private static double? OfFloor(RiskSubject subject) =>
        subject.KnowsWindow ? LogRatio(subject.WindowValue, subject.WindowFloor, subject.WindowFloor / 2) : null;

    /// <summary>
    /// Value of the last days over what the days before led to expect, both shrunken by half of what the floor asks for in that time, so
    /// that little against little says little.
    /// </summary>
    private static double? OfOwnNorm(RiskSubject subject)
    {
        var settings = UsageDropSettings.Of(subject.Model);
        var (from, to) = NormDays(subject);
        return to - from + 1 < Math.Min(LeastNormDays, settings.BaselineDays) || !subject.Context.KnowsValueFrom(from)
            ? null
            : LogRatio(Recent(subject, 0), Expected(subject), Shrinkage(subject));
    }

    private static Phrase DescribeOwnNorm(RiskSubject subject)
    {
        var (recent, usual) = (Format.Amount(Recent(subject, 0)), Format.Amount(Expected(subject)));
        return Phrase.Of($"{recent} {subject.Model.Value.Unit} {InFortnight(subject)}; about {usual} is usual for them");
    }

    /// <summary>The days of <see cref="Recent"/> in words.</summary>
    private static Phrase InFortnight(RiskSubject subject) => subject.Context.UpToToday(UsageDropSettings.Of(subject.Model).Days);

    private static Phrase DescribeSilence(RiskSubject subject)
    {
        var last = Days.Date(subject.Usage.LastValueDay ?? subject.Today);
        var gap = Format.DayCount((long)Math.Round(UsualGap(subject.Usage)));
        return Phrase.Of($"last value on {last}; there usually is some about every {gap}");
    }

    private static Phrase DescribeDecision(RiskSubject subject)
    {
        if (NextDecision(subject) is not { } day)
            return Phrase.Of("no renewal near");
        return Phrase.Of($"renewal or end of trial on {Days.Date(day)}");
    }

    private static double? OfTrend(RiskSubject subject)
    {
        int days = UsageDropSettings.Of(subject.Model).Days;
        return
            subject.Usage.FirstDay is { } first
            && first <= subject.Today - 2 * days + 1
            && subject.Context.KnowsValueFrom(subject.Today - 2 * days + 1)
            ? LogRatio(Recent(subject, 0), Recent(subject, 1), Shrinkage(subject))
            : null;
    }

    /// <summary>
    /// Days since the last value, in usual gaps: 0 after one usual gap, 1 after three, 2 after seven, and -1 on a day with value.
    /// </summary>
    private static double? OfSilence(RiskSubject subject)
    {
        if (subject.Usage.LastValueDay is not { } last)
            return null;
        double silent = Math.Clamp(subject.Today - last, 0, LongestSilence);
        return Math.Min(2.5, Math.Log2(1 + silent / UsualGap(subject.Usage)) - 1);
    }

    private static double? OfValueDays(RiskSubject subject) =>
        subject.KnowsWindow ? subject.Usage.ValueDays(subject.WindowStart, subject.Today) / (double)subject.WindowDays : null;

    private static double? OfInactive(RiskSubject subject) =>
        subject.People.Reviewed > 0 && subject.Usage.FirstDay <= subject.Today - SettlingDays && subject.KnowsWindow
            ? (double)(subject.People.Reviewed - subject.People.Active) / subject.People.Reviewed
            : null;

    private static double? OfEmptySeats(RiskSubject subject) =>
        subject.Context.Facts.Seats is { } seats and > 0 ? 1 - Math.Min(1, (double)subject.People.Active / seats) : null;

    private static double? OfUnusedFeatures(RiskSubject subject)
    {
        int key = 0,
            unused = 0;
        foreach (var feature in subject.Model.FeaturesOf(subject.Context.Facts.Plan))
        {
            if (!feature.Key)
                continue;
            key++;
            unused += subject.Count(feature.Events) == 0 ? 1 : 0;
        }
        return key == 0 ? null : (double)unused / key;
    }

    private static double? OfReach(RiskSubject subject) => subject.Model.Reach is null ? null : Math.Log2(1 + Reached(subject));

    private static double Reached(RiskSubject subject) =>
        subject.Model.Reach is { } reach ? subject.Usage.Distinct(reach, subject.WindowStart, subject.Today) ?? 0 : 0;

    private static int OpenTickets(RiskSubject subject) =>
        subject.Context.Account.Tickets.All.Count(ticket => ticket.OpenedAt is not null && !(ticket.SolvedAt >= ticket.OpenedAt));

    private static double? LastNps(RiskSubject subject) =>
        subject
            .Context.Account.Feedback.Answers.LastOrDefault(answer =>
                answer.Kind == FeedbackKind.Nps && !double.IsNaN(answer.Score) && Days.Of(answer.At) > subject.Today - LongestMemory
            )
            ?.Score;

    /// <summary>1 on the day of the decision, a half thirty days ahead of it, 0 before.</summary>
    private static double? OfDecision(RiskSubject subject) =>
        NextDecision(subject) is { } day && day <= subject.Today + DecisionNearDays
            ? 1 - (day - subject.Today) / (2.0 * DecisionNearDays)
            : 0;

    private static int? NextDecision(RiskSubject subject)
    {
        int? next = null;
        foreach (int day in Decisions.Told(subject.Context))
        {
            if (day >= subject.Today && !(next <= day))
                next = day;
        }
        return next;
    }

    /// <summary>Days between days with value over the account's norm, up to its last value.</summary>
    private static double UsualGap(UsageView usage)
    {
        if (usage.LastValueDay is not { } last || usage.FirstDay is not { } first)
            return 1;
        int from = Math.Max(first, last - LongestSilence + 1);
        return (double)(last - from + 1) / Math.Max(1, usage.ValueDays(from, last));
    }

    /// <summary>Value of the last days, or of as many days so many times before.</summary>
    private static double Recent(RiskSubject subject, int before)
    {
        int days = UsageDropSettings.Of(subject.Model).Days,
            to = subject.Today - before * days;
        return subject.Usage.Value(to - days + 1, to);
    }

    private static (int From, int To) NormDays(RiskSubject subject)
    {
        var settings = UsageDropSettings.Of(subject.Model);
        int to = subject.Today - settings.Days;
        return (Math.Max(to - settings.BaselineDays + 1, subject.Usage.FirstDay ?? to), to);
    }

    private static double Expected(RiskSubject subject)
    {
        var (from, to) = NormDays(subject);
        return subject.Usage.Value(from, to) / Math.Max(1, to - from + 1) * UsageDropSettings.Of(subject.Model).Days;
    }

    private static double Shrinkage(RiskSubject subject)
    {
        var floor = subject.Model.Value.Floor;
        return floor.Amount / floor.Days * UsageDropSettings.Of(subject.Model).Days / 2;
    }

    /// <summary>How many times doubled, at most twice either way.</summary>
    private static double LogRatio(double value, double expected, double shrinkage) =>
        Math.Clamp(Math.Log2((Math.Max(0, value) + shrinkage) / (Math.Max(0, expected) + shrinkage)), -2, 2);
}
