using Signals.Core.Daily.Adoption;
using Signals.Core.Daily.Retention;
using Signals.Core.Model;
using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Measures;

/// <summary>Gathers what is told of all accounts and of each segment alike: how features are adopted, and who stayed.</summary>
public sealed class GroupSurvey
{
    private readonly ValueModel _model;
    private readonly MeasureCalendar _calendar;
    private readonly FeatureSurvey[] _features;
    private readonly RetentionSurvey _latest;
    private readonly RetentionSurvey[] _months;
    private readonly CohortTable _cohorts;

    public GroupSurvey(ValueModel model, MeasureCalendar calendar)
    {
        (_model, _calendar) = (model, calendar);
        _features = [.. model.Features.Select(_ => new FeatureSurvey())];
        _latest = new RetentionSurvey(calendar.Latest.From, calendar.Latest.To);
        _months = [.. calendar.Months.Select((first, month) => new RetentionSurvey(first.DayNumber, calendar.Ends[month + 1]))];
        _cohorts = new CohortTable(calendar);
    }

    public int Accounts { get; private set; }

    private bool ChurnIsKnown => _model.Churn.Events.Count > 0;

    /// <summary>Adds an account that belongs here whatever the day.</summary>
    public void Add(AccountMarks account) => Add(account, static _ => true);

    /// <summary>
    /// Adds an account for as long as it belongs here: what it uses where it does today, each period where it did on the day before it, and
    /// the months after it came where it did at the end of the first.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="isIn">Whether it belongs here on a UTC day.</param>
    public void Add(AccountMarks account, Func<int, bool> isIn)
    {
        if (isIn(_calendar.Today))
        {
            Accounts++;
            for (int feature = 0; feature < _features.Length; feature++)
            {
                if (account.Features[feature] is { } use)
                    _features[feature].Add(use);
            }
        }
        if (isIn(_latest.From - 1))
            _latest.Add(account.Latest);
        for (int month = 0; month < _months.Length; month++)
        {
            if (isIn(_calendar.Ends[month]))
                _months[month].Add(account.Over(month));
        }
        int row = account.CameIn + 1;
        if (row < _calendar.Ends.Count && isIn(_calendar.Ends[row]))
            _cohorts.Add(account);
    }

    /// <param name="segment">What the accounts have in common; empty for all.</param>
    /// <param name="knownFrom">
    /// The first UTC day on which anything was seen of anybody. Of earlier months only those are known who were still there then: to tell
    /// who stayed would make it look as if nobody ever left.
    /// </param>
    public SegmentMeasure Measure(string segment, int knownFrom) =>
        new(
            segment,
            Accounts,
            [.. _features.Select((feature, index) => feature.Measure(_model.Features[index].Id))],
            _latest.Tells ? _latest.Measure(ChurnIsKnown) : null,
            [.. _months.Where(month => month.Tells && month.From >= knownFrom).Select(month => month.Measure(ChurnIsKnown))],
            _cohorts.Measure(ChurnIsKnown, knownFrom)
        );
}
