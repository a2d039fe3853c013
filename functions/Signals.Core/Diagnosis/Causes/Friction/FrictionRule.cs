using Signals.Core.Diagnosis.Norms;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Causes.Friction;

/// <summary>
/// One kind of obstacle came up far more often, for the use there was, than is usual: for people like this one (a lasting obstacle), or for
/// this person and people like them (one that came lately). What they wrote of something that does not work counts too.
/// </summary>
/// <remarks>
/// Occurrences are counted per unit of value: who uses twice as much meets twice as many. What is usual is the cohort's norm on the plan of
/// each day (<see cref="RateNorm"/>). The person's own rate is not what was counted but the distribution that the count leaves, by Bayes'
/// rule from the cohort's, so that few occurrences say little. Confidence is the mean of that distribution on a scale that is 0 at the norm
/// and 1 at <see cref="FrictionSettings.Times"/> times it, logarithmic between; where the cohort's people keep close together (adverts come
/// to everybody on a plan alike) five of their spreads are as remarkable and mark the end of the scale, and where they lie far apart it
/// takes two and a half. Fewer than <see cref="FrictionSettings.Count"/> occurrences within <see cref="LatelyWindows"/> times the
/// window, in days of the calendar, never make it sure; <see cref="OverAfterWindows"/> times it after the last there is nothing to
/// apologise for. Without a cohort the person's own past alone is the norm. Words leave a share of the doubt that the counts left
/// (noisy-or); words alone are never surer than <see cref="WordsAtMost"/>.
/// </remarks>
public sealed class FrictionRule : IPersonRule
{
    /// <summary>The surest kind is named from here on, others from a little above: what annoys makes other things annoy too.</summary>
    private const double NamedFrom = 0.3;

    private const double AlsoNamedFrom = 0.33;

    /// <summary>What few occurrences can make it at most.</summary>
    private const double UnsureAtMost = 0.45;

    private const double SpreadsThatStandOut = 5;

    /// <summary>Where people lie far apart anyway, three times the norm is nothing special: the scale ends no nearer than this.</summary>
    private const double SpreadsThatAreUsual = 2.5;

    /// <summary>
    /// A person's rates of different times lie apart like this (standard deviation of the logarithm) when no cohort tells.
    /// </summary>
    private const double UsualDeviation = 0.7;

    /// <summary>Where there was hardly any use, the norm is still a twentieth of an occurrence.</summary>
    private const double LeastExpected = 0.05;

    /// <summary>How likely it is, before looking, that a person's rate is another now than it was before.</summary>
    private const double ChanceOfChange = 0.05;

    /// <summary>Occurrences before the recent window that a past needs to be a norm by itself, expected or met.</summary>
    private const double LeastPast = 3;

    /// <summary>A recent window that would hold so few by chance in one of two hundred cases only is better than the past was.</summary>
    private const double Recovered = 0.005;

    /// <summary>One sentence is never sure, two are worth an apology, and none is worth an alert by itself.</summary>
    private const double WordsAtMost = 0.6;

    /// <summary>
    /// Days of use may lie months apart: what counts as lately is so many times the window's days by the calendar, up to the last use; and
    /// so many times them after the last it is over.
    /// </summary>
    private const int LatelyWindows = 4;
    private const int OverAfterWindows = 2;

    /// <summary>So many of the occurrences, within this part of the time, are told by themselves.</summary>
    private const double NearlyAll = 0.7;
    private const double SmallPart = 0.4;

    public string Cause => CauseIds.Friction;

    public RuleFinding? Assess(PersonContext context) => AssessAll(context) is [var first, ..] ? first : null;

    public IReadOnlyList<RuleFinding> AssessAll(PersonContext context)
    {
        var measured = Measured(context);
        var written = WrittenProblems.Of(context);
        if (written.Count == 0)
            return measured;
        var joined = measured.Select(finding =>
            written.FirstOrDefault(problems => problems.Kind == finding.Detail) is { } problems ? Join(finding, problems) : finding
        );
        var told = written
            .Where(problems => measured.All(finding => finding.Detail != problems.Kind))
            .Select(problems => new RuleFinding(Math.Min(WordsAtMost, 1 - problems.Doubt), problems.Kind, () => problems.Evidence));
        return [.. joined.Concat(told).OrderByDescending(finding => finding.Confidence)];
    }

    private static RuleFinding Join(RuleFinding finding, WrittenProblems problems) =>
        new(1 - (1 - finding.Confidence) * problems.Doubt, finding.Detail, () => [.. finding.Evidence, .. problems.Evidence]);

    private static IReadOnlyList<RuleFinding> Measured(PersonContext context)
    {
        if (
            context.Model.Friction.Count == 0
            || context.FrictionUse is not { LastDay: not int.MinValue } use
            || context.Today - use.LastDay > FrictionSettings.Of(context.Model).BaselineDays
            || !context.Account.KnowsValueFrom(use.From)
            || context.Friction.Count == 0
        )
            return [];
        int lately = context.Today - OverAfterWindows * FrictionSettings.Of(context.Model).Days;
        return
        [
            .. context.Friction.Select(finding =>
                use[finding.Detail!].Met[0].Day >= lately
                    ? finding
                    : new RuleFinding(Math.Min(finding.Confidence, UnsureAtMost), finding.Detail, () => finding.Evidence)
            ),
        ];
    }

    /// <summary>The kinds that stand out, surest first, whatever the day.</summary>
    internal static IReadOnlyList<RuleFinding> Find(PersonContext context)
    {
        return [.. Weigh(context).Where((finding, rank) => finding.Confidence >= (rank == 0 ? NamedFrom : AlsoNamedFrom))];
    }

    /// <summary>Every kind the person met, surest first, too weak to be named or not: for measuring the rule.</summary>
    public static IReadOnlyList<RuleFinding> Weigh(PersonContext context) =>
        [
            .. context
                .Model.Friction.Select(kind => Assess(context, kind))
                .OfType<RuleFinding>()
                .OrderByDescending(finding => finding.Confidence),
        ];

    private static RuleFinding? Assess(PersonContext context, FrictionKind kind)
    {
        var settings = FrictionSettings.Of(context.Model);
        var use = context.FrictionUse;
        var measure = Measure.Of(context, kind, use[kind.Id]);
        int metLately = use[kind.Id].CountFrom(use.LastDay - LatelyWindows * settings.Days + 1);
        if (measure is null || metLately == 0)
            return null;
        var lately = Lately(measure, settings.Times);
        var lasting = Lasting(measure, settings.Times);
        bool isLately = lately >= lasting;
        double confidence = Math.Max(lately, lasting);
        if (Math.Min(metLately, isLately ? measure.Recent : measure.Count) < settings.Count)
            confidence = Math.Min(confidence, UnsureAtMost);
        return new RuleFinding(confidence, kind.Id, () => Explain(context, kind, measure, isLately));
    }

    /// <summary>The recent window against the worse of the cohort's norm and the person's own past.</summary>
    private static double Lately(Measure measure, double times)
    {
        if (measure.Recent == 0)
            return 0;
        // What was goes on, mostly: a few occurrences more must outweigh that.
        double[] past = RateGrid.Posterior(measure.Prior, measure.Past, measure.PastExpected),
            prior = new double[RateGrid.Steps];
        for (int step = 0; step < RateGrid.Steps; step++)
            prior[step] = (1 - ChanceOfChange) * past[step] + ChanceOfChange * measure.Prior[step];
        return Severity(
            RateGrid.Posterior(prior, measure.Recent, measure.RecentExpected),
            Math.Max(1, measure.PastRatio),
            measure.Scale(times)
        );
    }

    /// <summary>Everything against the cohort's norm, unless the recent window shows that it is over.</summary>
    private static double Lasting(Measure measure, double times)
    {
        if (!measure.HasCohort)
            return 0;
        double[] posterior = RateGrid.Posterior(measure.Prior, measure.Count, measure.Expected);
        double ratio = RateGrid.Quantile(posterior, 0.5);
        bool isOver = measure.Past > 0 && ratio > 1 && Poisson.AtMost(measure.Recent, measure.RecentExpected * ratio) < Recovered;
        return isOver ? 0 : Severity(posterior, 1, measure.Scale(times));
    }

    private static double Severity(double[] posterior, double norm, double scale)
    {
        double severity = 0;
        for (int step = 0; step < RateGrid.Steps; step++)
            severity += posterior[step] * Math.Clamp((RateGrid.LogRatio(step) - Math.Log(norm)) / scale, 0, 1);
        return severity;
    }

    private static List<Evidence> Explain(PersonContext context, FrictionKind kind, Measure measure, bool isLately)
    {
        var use = context.FrictionUse;
        string unit = context.Model.Value.Unit;
        int count = isLately ? measure.Recent : measure.Count;
        double expected = isLately ? measure.RecentExpected * Math.Max(1, measure.PastRatio) : measure.Expected;
        double value = isLately ? measure.RecentValue : measure.RecentValue + measure.PastValue;
        int days = isLately ? use.RecentDays : use.RecentDays + use.EarlierDays;
        int since = isLately ? use.RecentFrom : use.From;
        var norm = measure.HasCohort && !(isLately && measure.PastRatio > 1) ? Phrase.Of("people like them") : Phrase.Of("their own past");
        var lines = new List<Evidence>
        {
            new(
                Phrase.Of(
                    $"{count} {kind.Name} in {Format.Amount(value)} {unit} over {Format.DayCount(days)} of use, {Times(count, expected)} "
                        + $"what is usual for {norm}"
                ),
                Phrase.Of($"{count} {kind.Name}"),
                Phrase.Of($"about {Format.Amount(expected)}"),
                Days.Date(since)
            ),
        };
        if (isLately && measure.PastValue > 0)
        {
            lines.Add(
                new Evidence(
                    Phrase.Of($"{measure.Past} {kind.Name} in {Format.Amount(measure.PastValue)} {unit} before that"),
                    Phrase.Of($"{measure.Past} {kind.Name}"),
                    Phrase.Of("no more than before"),
                    Days.Date(use.From)
                )
            );
        }
        if (WhenMost(use, kind, count, since) is { } when)
            lines.Add(when);
        return lines;
    }

    /// <summary>From when on nearly all of them came, where that is a small part of the time that is told; else null.</summary>
    private static Evidence? WhenMost(FrictionUse use, FrictionKind kind, int count, int since)
    {
        int met = 0;
        foreach (var (day, more) in use[kind.Id].Met)
        {
            met += more;
            double part = (double)(use.LastDay - day + 1) / (use.LastDay - since + 1);
            if (part > SmallPart)
                return null;
            if (met < NearlyAll * count)
                continue;
            return new Evidence(
                Phrase.Of($"{met} of them since {Days.Date(day)}"),
                Phrase.Of($"{met} {kind.Name}"),
                Phrase.Of($"about {Format.Amount(count * part)}"),
                Days.Date(day)
            );
        }
        return null;
    }

    private static Phrase Times(double count, double expected) =>
        expected * 20 < count ? Phrase.Of("over 20 times") : Phrase.Of($"multiple|{Format.Amount(count / expected)} times");

    /// <summary>One kind's counts in both windows, and how many would have been usual.</summary>
    private sealed record Measure(
        int Recent,
        double RecentExpected,
        double RecentValue,
        int Past,
        double PastExpected,
        double PastValue,
        double[] Prior,
        double? Spread,
        double PastRatio
    )
    {
        public bool HasCohort => Spread is not null;

        public int Count => Recent + Past;

        public double Expected => RecentExpected + PastExpected;

        public static Measure? Of(PersonContext context, FrictionKind kind, KindUse use)
        {
            if (WithNorms(context, kind, use.Recent) is not { } recent || WithNorms(context, kind, use.Earlier) is not { } past)
                return Alone(use);
            UseWithNorm[] all = [.. recent, .. past];
            double weights = all.Sum(part => part.Weight);
            double recentExpected = recent.Sum(part => part.Expected),
                pastExpected = past.Sum(part => part.Expected);
            int pastCount = past.Sum(part => part.Use.Count);
            double[] prior = RateGrid.Normalised(weights > 0 ? Mix(all) : RateGrid.Bell(UsualDeviation));
            return new Measure(
                recent.Sum(part => part.Use.Count),
                Math.Max(recentExpected, LeastExpected),
                recent.Sum(part => part.Use.Value),
                pastCount,
                pastExpected,
                past.Sum(part => part.Use.Value),
                prior,
                weights > 0 ? all.Sum(part => part.Weight * part.Norm.Spread) / weights : 0,
                recentExpected + pastExpected > 0 ? RateGrid.Quantile(RateGrid.Posterior(prior, pastCount, pastExpected), 0.5) : 1
            );
        }

        /// <summary>
        /// What was used with what is usual on the plan it was used on; null when that is not known. On the day of a change nobody knows
        /// what came under which plan: such days are left out.
        /// </summary>
        private static List<UseWithNorm>? WithNorms(PersonContext context, FrictionKind kind, IReadOnlyList<PlanUse> uses)
        {
            var account = context.Account;
            var known = new List<UseWithNorm>();
            foreach (var use in uses.Where(use => use.Plan is not null || !account.Account.Plans.Changed))
            {
                if (account.Norms.Friction(kind.Id, account.CohortOf(use.Plan, context.FrictionUse.LastDay)) is not { } norm)
                    return null;
                known.Add(new UseWithNorm(use, norm));
            }
            return known;
        }

        /// <summary>The norms' distributions, each by its weight; not normalised.</summary>
        private static double[] Mix(UseWithNorm[] uses)
        {
            double[] mix = new double[RateGrid.Steps];
            foreach (var use in uses)
            {
                for (int step = 0; step < RateGrid.Steps; step++)
                    mix[step] += use.Weight * use.Norm.Weights[step];
            }
            return mix;
        }

        /// <summary>Scale of severity: the logarithm of the ratio at which it is full.</summary>
        public double Scale(double times) =>
            Spread is { } spread && spread > 0
                ? Math.Max(Math.Min(Math.Log(times), SpreadsThatStandOut * spread), SpreadsThatAreUsual * spread)
                : Math.Log(times);

        /// <summary>Held against the person's own past alone; null when that tells too little.</summary>
        private static Measure? Alone(KindUse use)
        {
            int recent = use.Recent.Sum(part => part.Count),
                past = use.Earlier.Sum(part => part.Count);
            double recentValue = use.Recent.Sum(part => part.Value),
                pastValue = use.Earlier.Sum(part => part.Value);
            if (pastValue <= 0 || pastValue < recentValue)
                return null;
            // The mean that half an occurrence more would give (Jeffreys), so that a past without any is no norm of none.
            double rate = (past + 0.5) / pastValue;
            double expected = Math.Max(rate * recentValue, LeastExpected);
            return past + expected < LeastPast && recent < LeastPast
                ? null
                : new Measure(recent, expected, recentValue, past, past, pastValue, RateGrid.Bell(UsualDeviation), null, 1);
        }
    }

    /// <summary>What was used on one plan, and what is usual there.</summary>
    private sealed record UseWithNorm(PlanUse Use, RateNorm Norm)
    {
        public double Expected => Norm.Rate * Use.Value;

        public double Weight => Math.Max(Expected, LeastExpected);
    }
}
