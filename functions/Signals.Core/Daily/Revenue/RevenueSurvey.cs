using System.Runtime.InteropServices;
using Signals.Core.Daily.Figures;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;
using RenewalChance = Signals.Core.Diagnosis.Risk.RenewalChance;

namespace Signals.Core.Daily.Revenue;

/// <summary>Gathers <see cref="RevenueMeasures"/>, one account after the other; the same room for any number of them.</summary>
public sealed class RevenueSurvey
{
    /// <summary>How far ahead renewals are told, and in how long steps.</summary>
    public const int RenewalDays = 120;

    private const int WindowDays = 30;

    /// <summary>Managers told apart until the most money is known.</summary>
    private const int MaxGathered = 2000;

    private readonly ValueModel _model;
    private readonly MeasureCalendar _calendar;
    private readonly RevenueTally[] _months;
    private readonly RevenueTally _latest = new();
    private readonly RevenueCohorts _cohorts;
    private readonly ExpansionSurvey _expansion;
    private readonly IReadOnlyList<PlanSunsetSurvey> _planSunsets;
    private readonly LevelFigures[] _levels = new LevelFigures[RiskLevels.Names.Count];
    private readonly Renewing[] _renewals = new Renewing[RenewalDays / WindowDays];
    private readonly Dictionary<string, LevelFigures[]> _managers = new(StringComparer.OrdinalIgnoreCase);
    private LevelFigures _trials;
    private double _expected;

    public RevenueSurvey(ValueModel model, MeasureCalendar calendar)
    {
        (_model, _calendar) = (model, calendar);
        _months = [.. calendar.Months.Select(_ => new RevenueTally())];
        _cohorts = new RevenueCohorts(calendar);
        _expansion = new ExpansionSurvey(model);
        _planSunsets = [.. model.PlanSunsets.Select(sunset => new PlanSunsetSurvey(sunset))];
    }

    public void Add(AccountContext account)
    {
        var marks = new RevenueMarks(account, _calendar);
        _latest.Add(marks.Before, marks.After);
        for (int month = 0; month < _months.Length; month++)
            _months[month].Add(marks.Ends[month], marks.Ends[month + 1]);
        _cohorts.Add(marks);
        _expansion.Add(account);
        foreach (var sunset in _planSunsets)
            sunset.Add(account);
        if (marks.Risk is { } risk && !account.IsChurned)
            AddStanding(account, marks.Now, risk);
    }

    public RevenueMeasures Measure(int knownFrom)
    {
        var (expansions, count) = _expansion.Measure();
        bool tells = _model.Risk is not null;
        return new RevenueMeasures
        {
            Customers = _levels.Sum(level => level.Accounts),
            Revenue = RevenueTally.Cents(_levels.Sum(level => level.Price)),
            Levels = [.. _levels],
            Trials = _trials,
            Expected = tells ? RevenueTally.Cents(_expected) : null,
            HorizonDays = _model.Risk?.HorizonDays,
            Renewals =
            [
                .. _renewals.Select(
                    (window, index) =>
                        new RenewalWindow(
                            index == 0 ? 0 : index * WindowDays + 1,
                            (index + 1) * WindowDays,
                            window.All,
                            window.AtRisk,
                            tells ? RevenueTally.Cents(window.Expected) : null
                        )
                ),
            ],
            Latest = _latest.Customers > 0 ? _latest.Over(Days.Date(_calendar.Latest.From), Days.Date(_calendar.Latest.To)) : null,
            Months =
            [
                .. _months
                    .Select((tally, month) => (Tally: tally, From: _calendar.Months[month], To: _calendar.Ends[month + 1]))
                    .Where(month => month.Tally.Customers > 0 && month.From.DayNumber >= knownFrom)
                    .Select(month => month.Tally.Over(month.From, Days.Date(month.To))),
            ],
            Cohorts = _cohorts.Measure(knownFrom),
            Managers =
            [
                .. _managers
                    .OrderByDescending(manager => manager.Value.Sum(level => level.Price))
                    .ThenBy(manager => manager.Key, StringComparer.Ordinal)
                    .Take(RevenueMeasures.MaxManagers)
                    .Select(manager => new ManagerRevenue(manager.Key, manager.Value)),
            ],
            Expansions = expansions,
            ExpansionCount = count,
            PlanSunsets = [.. _planSunsets.Select(sunset => sunset.Measure())],
        };
    }

    private void AddStanding(AccountContext account, double pays, RiskAssessment risk)
    {
        int level = (int)risk.Level;
        if (account.Facts.Csm is { Length: > 0 } csm)
        {
            if (!_managers.TryGetValue(csm, out var levels) && _managers.Count < MaxGathered)
                _managers[csm] = levels = new LevelFigures[RiskLevels.Names.Count];
            if (levels is not null)
                levels[level] += new LevelFigures(1, pays);
        }
        if (account.Facts.IsOnTrial(account.Today))
            _trials += new LevelFigures(1, account.Facts.Price);
        if (pays <= 0)
            return;
        var one = new LevelFigures(1, pays);
        _levels[level] += one;
        _expected += pays * (risk.Probability ?? 0);
        if (account.Facts.RenewalAt is { } renewal && Days.Of(renewal) - account.Today is >= 0 and <= RenewalDays and var ahead)
        {
            int window = Math.Max(0, ahead - 1) / WindowDays;
            var before = _renewals[window];
            _renewals[window] = new Renewing(
                before.All + one,
                risk.Level >= RiskLevel.AtRisk ? before.AtRisk + one : before.AtRisk,
                before.Expected + pays * RenewalChance.By(risk, ahead)
            );
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Renewing(LevelFigures All, LevelFigures AtRisk, double Expected);
}
