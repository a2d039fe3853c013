using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;
using Signals.Core.State.Histories;

namespace Signals.Core.Daily.Activation;

/// <summary>Gathers, one account after the other, how customers begin: activation by cohort, and the steps on the way.</summary>
internal sealed class StartSurvey(ValueModel model, MeasureCalendar calendar)
{
    private const int MaxPlans = 20;
    private const int PlansShown = 8;
    private const int Week = 7;

    private readonly Cohort[] _months = [.. Enumerable.Range(0, calendar.Months.Count + 1).Select(_ => new Cohort())];
    private readonly Cohort _all = new();
    private readonly IReadOnlyList<OnboardingStep> _steps = [.. model.Onboarding.Where(step => step.Scope == StepScope.Account)];
    private readonly Funnel _everybody = new();
    private readonly Dictionary<string, Funnel> _plans = new(StringComparer.Ordinal);

    public void Add(AccountContext account)
    {
        // Who was there before collecting began has a beginning that nobody saw.
        if (account.StartDay is not { } start || !account.CameAfterCollecting || account.Usage.FirstDay - start > Week)
            return;
        // Of who came before the days that are kept, the beginning is forgotten.
        int age = account.Today - start,
            month = calendar.MonthOf(start);
        if (age >= History.RetentionDays)
            return;
        int? toValue = account.Usage.FirstValueDay is { } first ? first - start : null;
        var floor = model.Value.Floor;
        bool? activated = age < floor.Days ? null : account.Usage.Value(start, start + floor.Days - 1) >= floor.Amount;
        _all.Add(age, toValue, activated);
        if (month >= 0)
            _months[month].Add(age, toValue, activated);
        if (_steps.Count == 0 || age < _steps.Max(step => step.WithinDays))
            return;
        int?[] done = [.. _steps.Select(step => account.Usage.FirstOf(step.Done) is { } at ? Days.Of(at) - start : (int?)null)];
        _everybody.Add(age, toValue is not null, done);
        string plan = (account.Facts.Plan ?? "").ToLowerInvariant();
        if (!_plans.TryGetValue(plan, out var funnel) && _plans.Count < MaxPlans)
            _plans[plan] = funnel = new Funnel();
        funnel?.Add(age, toValue is not null, done);
    }

    public IReadOnlyList<ActivationCohort> Cohorts() =>
        [
            .. _months
                .Select((cohort, index) => (cohort, index))
                .Where(month => month.cohort.Accounts > 0)
                .Select(month => month.cohort.Measure(month.index < calendar.Months.Count ? calendar.Months[month.index] : RunningMonth())),
        ];

    public ActivationCohort All() => _all.Measure(null);

    public IReadOnlyList<StartFunnel> Funnels() =>
        _everybody.Came == 0
            ? []
            :
            [
                _everybody.Measure(null, _steps),
                .. _plans
                    .OrderByDescending(plan => plan.Value.Came)
                    .ThenBy(plan => plan.Key, StringComparer.Ordinal)
                    .Take(PlansShown)
                    .Select(plan => plan.Value.Measure(plan.Key, _steps)),
            ];

    private DateOnly RunningMonth()
    {
        var today = Days.Date(calendar.Today);
        return new DateOnly(today.Year, today.Month, 1);
    }

    private sealed class Cohort
    {
        private readonly SurvivalCurve _toValue = new();
        private int _watched;
        private int _activated;

        public int Accounts { get; private set; }

        public void Add(int age, int? toValue, bool? activated)
        {
            Accounts++;
            _toValue.Add(toValue ?? age, toValue is not null);
            _watched += activated is null ? 0 : 1;
            _activated += activated == true ? 1 : 0;
        }

        public ActivationCohort Measure(DateOnly? month) =>
            new(month, Accounts, Proportion.Of95(_activated, _watched), _toValue.Median(), Math.Round(1 - _toValue.ShareAfter(Week), 4));
    }

    private sealed class Funnel
    {
        private SurvivalCurve[] _curves = [];
        private int[] _done = [];
        private int _valued;

        public int Came { get; private set; }

        public void Add(int age, bool valued, int?[] done)
        {
            if (_curves.Length == 0)
                (_curves, _done) = ([.. done.Select(_ => new SurvivalCurve())], new int[done.Length]);
            Came++;
            _valued += valued ? 1 : 0;
            for (int i = 0; i < done.Length; i++)
            {
                _done[i] += done[i] is null ? 0 : 1;
                _curves[i].Add(done[i] ?? age, done[i] is not null);
            }
        }

        public StartFunnel Measure(string? plan, IReadOnlyList<OnboardingStep> steps) =>
            new(
                plan,
                Came,
                [.. steps.Select((step, i) => new StepShare(step.Id, Proportion.Of95(_done[i], Came), _curves[i].Median()))],
                Proportion.Of95(_valued, Came)
            );
    }
}
