using Signals.Core.Diagnosis.Causes.OnboardingStalled;
using Signals.Core.Diagnosis.Causes.ValueNotFound;
using Signals.Core.Diagnosis.Norms;
using Signals.Core.Model;
using Signals.Core.Platform.Time;

namespace Signals.Core.Diagnosis.Causes;

/// <summary>
/// How a customer of the first <see cref="StartNorms.Days"/> days gets on: its marks are the set-up steps, each done by anybody of them,
/// and the first value. There is no more to judge it by yet.
/// </summary>
/// <param name="Age">Days since they came.</param>
/// <param name="Done">Marks reached.</param>
/// <param name="Marks">Marks that there are.</param>
/// <param name="Late">Marks not reached whose time has passed: a step's <c>withinDays</c>, for value <c>afterDays</c>.</param>
/// <param name="Standing">
/// The share of customers that had reached no more at their age, 0 to 1; null where too few tell.
/// </param>
/// <param name="IsStuck">Whether a step failed time and again and is not done.</param>
public sealed record StartPace(int Age, int Done, int Marks, int Late, double? Standing, bool IsStuck)
{
    /// <summary>The part of customers that is slow.</summary>
    private const double Slow = 0.25;

    /// <summary>True for who sets up within the times of the model, or as others did at their age, and is not stuck.</summary>
    public bool IsUsual => !IsStuck && (Late == 0 || Standing >= Slow);

    /// <summary>Null for who came longer ago, or was not watched from the start.</summary>
    public static StartPace? Of(AccountContext context)
    {
        if (StartOf(context) is not { } start || context.Today - start is var age && age is < 0 or >= StartNorms.Days)
            return null;
        var usage = context.Usage;
        bool hasValue = usage.FirstValueDay is not null;
        var open = StepsOf(context.Model).Where(step => usage.CountEver(step.Done) == 0).ToList();
        int of = StepsOf(context.Model).Count() + 1,
            done = of - open.Count - (hasValue ? 0 : 1),
            late =
                open.Count(step => IsLate(step.WithinDays))
                + (!hasValue && IsLate(ValueNotFoundSettings.Of(context.Model).AfterDays) ? 1 : 0);
        bool isStuck = open.Exists(step => usage.CountEver(step.Failed) >= OnboardingStalledSettings.Of(context.Model).Failures);
        return new StartPace(age, done, of, late, context.Norms.Start.Standing(age, done), isStuck);

        bool IsLate(int withinDays) => context.Today - start > withinDays;
    }

    /// <summary>Adds to norms what a customer tells whose start is known and was watched.</summary>
    public static void AddTo(StartNorms norms, AccountContext context)
    {
        if (
            (context.Facts.CreatedAt is null && !context.CameAfterCollecting)
            || StartOf(context) is not { } start
            || context.Today - start > StartNorms.LongestAgo
            || !context.KnowsValueFrom(start)
        )
            return;
        var marks = StepsOf(context.Model)
            .Select(step => context.Usage.FirstOf(step.Done) is { } at ? Days.Of(at) : (int?)null)
            .Append(context.Usage.FirstValueDay)
            .OfType<int>();
        norms.Add([.. marks.Select(day => Math.Max(0, day - start))], context.Today - start);
    }

    /// <summary>Adds to norms by when a person found value, whose start is known and was watched.</summary>
    public static void AddTo(StartNorms norms, PersonContext person)
    {
        var (usage, floor) = (person.Usage, person.Model.Value.Floor);
        if (
            usage.FirstDay is not { } first
            || !person.Account.CameAfter(first)
            || person.Today - first > StartNorms.LongestAgo
            || !person.Account.KnowsValueFrom(first)
        )
            return;
        int days = Math.Min(Math.Min(person.Today - first, StartNorms.Days), floor.Days);
        norms.AddPerson([
            .. Enumerable.Range(1, days).Select(age => usage.Value(first, first + age - 1) >= floor.Amount * age / floor.Days),
        ]);
    }

    private static IEnumerable<OnboardingStep> StepsOf(ValueModel model) => model.Onboarding.Where(step => step.Done.Count > 0);

    /// <summary>The day they came, where events tell of the days since.</summary>
    private static int? StartOf(AccountContext context) =>
        context.StartDay is { } start && context.Usage.FirstDay <= start + 1 ? start : null;
}
