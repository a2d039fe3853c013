using Signals.Core.Daily.Figures;
using Signals.Core.State.Indexes;

namespace Signals.Core.Daily.Hindsight;

/// <summary>Gathers figures of days that are over, account by account. Safe for several threads.</summary>
/// <param name="days">The days that are looked at, oldest first.</param>
internal sealed class PastSurvey(IReadOnlyList<int> days)
{
    private readonly Dictionary<int, FigureSurvey> _surveys = days.ToDictionary(day => day, day => new FigureSurvey(day));

    public IReadOnlyList<int> Days => days;

    public void Add(int day, AccountSummary account)
    {
        var survey = _surveys[day];
        lock (survey)
            survey.Add(account);
    }

    /// <summary>
    /// Every day from the first on which anybody was there up to before another; between two looks the earlier one holds.
    /// </summary>
    public IReadOnlyList<DayFigures> ToFigures(int before)
    {
        var figures = new List<DayFigures>();
        for (int i = 0; i < days.Count; i++)
        {
            var found = _surveys[days[i]].ToFigures();
            if (figures.Count == 0 && found.Customers + found.Left == 0)
                continue;
            int next = i + 1 < days.Count ? days[i + 1] : before;
            for (int day = days[i]; day < next; day++)
                figures.Add(found with { Day = day });
        }
        return figures;
    }
}
