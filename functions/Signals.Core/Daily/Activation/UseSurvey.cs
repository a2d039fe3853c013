using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Activation;

/// <summary>Gathers <see cref="UseMeasures"/>, one account after the other; the same room for any number of them.</summary>
public sealed class UseSurvey(ValueModel model, MeasureCalendar calendar)
{
    private readonly StartSurvey _starts = new(model, calendar);
    private readonly HabitSurvey _habit = new();
    private readonly SupportSurvey _support = new(model);

    public void Add(AccountContext account)
    {
        _starts.Add(account);
        _habit.Add(account);
        _support.Add(account);
    }

    public UseMeasures Measure() =>
        new()
        {
            Cohorts = _starts.Cohorts(),
            All = _starts.All(),
            Funnels = _starts.Funnels(),
            Habit = _habit.Measure(),
            Support = _support.Measure(),
        };
}
