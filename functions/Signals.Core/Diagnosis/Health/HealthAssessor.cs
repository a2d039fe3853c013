using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Causes.PriceOverValue;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.State.Assessments;

namespace Signals.Core.Diagnosis.Health;

/// <summary>
/// Scores how much of what it pays for an account gets, in three dimensions: how deeply the key features are used, how many people use it,
/// how many of their own customers they reach. A dimension with an end of its own (all key features, all seats) counts by the share
/// reached; where comparable accounts tell what is usual for the money, their judgement counts as much. The known dimensions weigh alike.
/// </summary>
/// <remarks>
/// In an account's first days, how it gets on with setting up is a dimension too, and the others ask for no more than their part of the
/// window's days: from the day on which that is one feature, or one person, and without comparing with those who had a whole window.
/// </remarks>
public static class HealthAssessor
{
    private const int TrendDays = 14;
    private const double PriceUnit = 100;

    public static HealthScore Assess(AccountContext context, PeopleSummary people)
    {
        double value = context.Usage.Value(WindowStart(context), context.Today),
            grown = PartOfWindow(context);
        var (measured, unused) = MeasureAll(context, people, grown);
        var parts = Weigh(measured);
        return new HealthScore(
            parts.Sum(part => part.Points),
            Share(parts, HealthPart.Depth),
            Share(parts, HealthPart.Breadth),
            measured.Find(part => part.Id == HealthPart.Reach)?.Amount,
            Math.Round(value, 2),
            context.Facts.Price > 0 && grown >= 1 ? Math.Round(value / context.Facts.Price, 3) : null,
            TrendOf(context)
        )
        {
            Parts = parts,
            Worth = WorthOf(context),
            Raise = AdviceOf(context, parts, unused, grown),
        };
    }

    /// <summary>What each dimension has for the money (<see cref="HealthPart.PerPrice"/>); nothing of who pays nothing.</summary>
    public static IEnumerable<(string Part, double PerPrice)> PerPrice(AccountContext context, PeopleSummary people)
    {
        if (context.Facts.Price <= 0)
            yield break;
        foreach (var part in MeasureAll(context, people, PartOfWindow(context)).Parts)
        {
            if (part.PerPrice is { } perPrice)
                yield return (part.Id, perPrice);
        }
    }

    private static (List<Measured> Parts, List<Feature> Unused) MeasureAll(AccountContext context, PeopleSummary people, double grown)
    {
        int from = WindowStart(context);
        var key = context.Model.FeaturesOf(context.Facts.Plan).Where(feature => feature.Key).ToList();
        var unused = key.Where(feature => context.Usage.Count(feature.Events, from, context.Today) == 0).ToList();
        int seats = context.Facts.Seats ?? people.Reviewed;
        var measured = new List<Measured>();
        if (context.Pace is { } pace)
            measured.Add(MeasureStart(pace));
        if (key.Count > 0)
            measured.Add(Measure(context, HealthPart.Depth, key.Count - unused.Count, key.Count, grown));
        if (seats > 0)
            measured.Add(Measure(context, HealthPart.Breadth, ActivePeople(context, people, grown), seats, grown));
        if (context.Model.Reach is { } reach && context.Usage.Distinct(reach, from, context.Today) is { } reached)
            measured.Add(Measure(context, HealthPart.Reach, Math.Round(reached), null, grown));
        return (measured, unused);
    }

    /// <summary>The first day of the floor's window, which ends today.</summary>
    private static int WindowStart(AccountContext context) => context.Today - context.Model.Value.Floor.Days + 1;

    /// <summary>The part of the floor's window that there was, by whole days: 1 once the account is as old as that.</summary>
    private static double PartOfWindow(AccountContext context) =>
        context.Pace is { } pace ? Math.Min(1, (double)pace.Age / context.Model.Value.Floor.Days) : 1;

    /// <summary>
    /// People who reached the floor; in the first days, who reached their part of it too, of the first
    /// <see cref="PeopleSummary.MaxLeaders"/>.
    /// </summary>
    private static int ActivePeople(AccountContext context, PeopleSummary people, double grown)
    {
        double asked = context.Model.Value.Floor.Amount * grown;
        return Math.Max(people.Active, grown < 1 ? people.Leaders.Count(leader => leader.Value >= asked) : 0);
    }

    /// <summary>Half of it is what is done, half that nothing is late: who came just now is neither well nor unwell.</summary>
    private static Measured MeasureStart(StartPace pace) =>
        new(HealthPart.Start, pace.Done, pace.Marks, null, pace.Standing, (pace.Done + pace.Marks - pace.Late) / (2.0 * pace.Marks));

    private static Measured Measure(AccountContext context, string part, double amount, double? of, double grown)
    {
        double? perPrice = context.Facts.Price > 0 ? Math.Round(amount / context.Facts.Price * PriceUnit, 3) : null;
        double? standing = perPrice is { } paid && grown >= 1 ? context.Norms.Standing(part, context.Cohort, paid) : null;
        double? share = of * Math.Min(1, grown) is { } expected && (expected >= 1 || grown >= 1) ? Math.Min(1, amount / expected) : null;
        return new Measured(part, amount, of, perPrice, standing, share);
    }

    /// <summary>Shares out 100 points among the dimensions that can be judged; the roundings add up.</summary>
    private static List<HealthPart> Weigh(List<Measured> measured)
    {
        var parts = new List<HealthPart>();
        int judged = measured.Count(part => part.Judgement is not null);
        double points = 0,
            most = 0;
        foreach (var part in measured)
        {
            var (pointsBefore, mostBefore) = (points, most);
            if (part.Judgement is { } judgement)
            {
                points += 100 * judgement / judged;
                most += 100.0 / judged;
            }

            parts.Add(
                new HealthPart(
                    part.Id,
                    part.Amount,
                    part.Of,
                    part.PerPrice,
                    part.Standing is { } standing ? Math.Round(standing, 3) : null,
                    (int)Math.Round(points) - (int)Math.Round(pointsBefore),
                    (int)Math.Round(most) - (int)Math.Round(mostBefore)
                )
            );
        }

        return parts;
    }

    private static double? Share(List<HealthPart> parts, string id) =>
        parts.Find(part => part.Id == id) is { Of: { } of } part ? Math.Round(Math.Min(1, part.Amount / of), 3) : null;

    /// <summary>By the measure of <c>price-over-value</c>, so that the two never disagree.</summary>
    private static double? WorthOf(AccountContext context)
    {
        var settings = PriceOverValueSettings.Of(context.Model);
        return context.ValuePerPrice(settings.Days) is { } own && context.Norms.ValuePerPrice(context.Cohort, settings.Cohort) is { } cohort
            ? Math.Round(cohort.ShareUpTo(own), 2)
            : null;
    }

    /// <summary>How value moves: the last fortnight against the one before, which covers the same weekdays.</summary>
    private static double? TrendOf(AccountContext context)
    {
        if (!(context.Usage.FirstDay <= context.Today - 2 * TrendDays + 1))
            return null;
        double earlier = context.Usage.Value(context.Today - 2 * TrendDays + 1, context.Today - TrendDays);
        double recent = context.Usage.Value(context.Today - TrendDays + 1, context.Today);
        return earlier > 0 ? Math.Round(recent / earlier - 1, 3) : null;
    }

    private static HealthAdvice? AdviceOf(AccountContext context, List<HealthPart> parts, List<Feature> unused, double grown)
    {
        var model = context.Model;
        if (parts.MaxBy(part => part.Most - part.Points) is not { } lacking || lacking.Most <= lacking.Points)
            return null;
        var floor = model.Value.Floor;
        double of = lacking.Of ?? 0,
            perPrice = lacking.PerPrice ?? 0;
        var window = context.InDays(floor.Days);
        var text = lacking.Id switch
        {
            HealthPart.Start => AdviceToStart(context),
            HealthPart.Depth when unused.Count > 0 => Phrase.Of(
                $"{unused.Count} of {of} key features of the plan were not used {window}: "
                    + $"{Format.List(unused.Select(feature => feature.Name))}."
            ),
            HealthPart.Breadth when lacking.Amount < lacking.Of => Phrase.Of(
                $"{lacking.Amount} of {of} people were active; the others got less than "
                    + $"{Format.Amount(floor.Amount * grown)} {model.Value.Unit} {window}, or were never invited."
            ),
            _ => Phrase.Of(
                $"Comparable accounts get more for their money: {perPrice} for each {PriceUnit} {model.Currency} a month here is no less "
                    + $"than {Format.Percent(lacking.Standing ?? 0)} of them get."
            ),
        };
        return new HealthAdvice(lacking.Id, lacking.Most - lacking.Points, text);
    }

    private static Phrase AdviceToStart(AccountContext context)
    {
        var open = context.Model.Onboarding.Where(step => context.Usage.CountEver(step.Done) == 0).ToList();
        return open.Count > 0 ? Phrase.Of($"Not done yet: {Format.List(open.Select(step => step.Name))}.") : Phrase.Of("No value yet.");
    }

    /// <summary>
    /// A dimension before it is weighed. <paramref name="Share"/> is what was reached of what may be asked, 0 to 1; null where nothing may
    /// be asked yet, or there is no end.
    /// </summary>
    private sealed record Measured(string Id, double Amount, double? Of, double? PerPrice, double? Standing, double? Share)
    {
        /// <summary>0 to 1; null when nothing tells how much there should be.</summary>
        public double? Judgement { get; } =
            (Share, Standing) switch
            {
                ({ } share, { } standing) => (share + standing) / 2,
                ({ } share, null) => share,
                (null, var standing) => standing,
            };
    }
}
