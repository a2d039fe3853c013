using Signals.Core.Daily.Activation;
using Signals.Core.Daily.Adoption;
using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Daily.Retention;
using Signals.Core.Daily.Revenue;
using Signals.Core.Daily.Satisfaction;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Measures;

/// <summary>
/// Gathers <see cref="ProductMeasures"/>, the measures of segments, and what customers wrote, one account after the other, as they are on a
/// day. It takes the same room for any number of accounts.
/// </summary>
public sealed class MeasureSurvey
{
    private readonly ValueModel _model;
    private readonly MeasureCalendar _calendar;
    private readonly GroupSurvey _all;
    private readonly SegmentSurvey _segments;
    private readonly OwnSegmentSurvey _own;
    private readonly FeedbackSurvey _feedback;
    private readonly FeatureScoreSurvey _scores;
    private readonly RevenueSurvey _revenue;
    private readonly UseSurvey _use;
    private readonly IReadOnlyList<SunsetSurvey> _sunsets;
    private readonly Dictionary<string, int> _causes = new(StringComparer.Ordinal);

    private int _knownFrom;

    public MeasureSurvey(ValueModel model, int today)
    {
        (_model, _knownFrom) = (model, today);
        _calendar = new MeasureCalendar(today);
        _all = new GroupSurvey(model, _calendar);
        _segments = new SegmentSurvey(model, _calendar);
        _own = new OwnSegmentSurvey(model, _calendar);
        _feedback = new FeedbackSurvey(_calendar);
        _scores = new FeatureScoreSurvey(model, today);
        _revenue = new RevenueSurvey(model, _calendar);
        _use = new UseSurvey(model, _calendar);
        _sunsets = SunsetSurvey.Of(model);
        Words = new VerbatimSurvey(today);
        Requests = new RequestSurvey(today);
    }

    public VerbatimSurvey Words { get; }

    public RequestSurvey Requests { get; }

    public void Add(AccountContext account)
    {
        if (account.Usage.FirstDay is not { } first)
            return;
        _knownFrom = Math.Min(_knownFrom, first);
        var marks = new AccountMarks(account, _calendar);
        _all.Add(marks);
        _segments.Add(Segment.Of(account), marks);
        _own.Add(account, marks);
        _feedback.Add(account.Account.Feedback);
        _scores.Add(account, feature => marks.Features[feature] is not null);
        _revenue.Add(account);
        _use.Add(account);
        foreach (var sunset in _sunsets)
            sunset.Add(account);
        Words.Add(account);
        Requests.Add(account);
        foreach (
            string cause in (account.Account.Review?.Assessment.Causes ?? []).Select(cause => cause.Id).Distinct(StringComparer.Ordinal)
        )
            _causes[cause] = _causes.GetValueOrDefault(cause) + 1;
    }

    public ProductMeasures Measure(DateTimeOffset at)
    {
        var all = _all.Measure("", _knownFrom);
        return new ProductMeasures
        {
            MeasuredAt = at,
            Fingerprint = _model.Fingerprint,
            Accounts = all.Accounts,
            Causes = _causes,
            Features = all.Features,
            Retention = all.Latest,
            RetentionByPlan =
            [
                .. _segments
                    .Of(SegmentKind.Plan)
                    .Select(plan => (plan.Value, plan.Survey.Measure(plan.Value, _knownFrom).Latest))
                    .Where(plan => plan.Latest is not null)
                    .Select(plan => new PlanRetention(plan.Value, plan.Latest!)),
            ],
            RetentionByMonth = all.Months,
            Cohorts = all.Cohorts,
            Sunsets = [.. _sunsets.Select(sunset => sunset.Measure())],
            SurveysByPerson = _feedback.ByPerson(),
            NpsByAccount = _feedback.NpsByAccount(),
            SurveysByMonth = _feedback.ByMonth(),
            FeatureScores = _scores.Measure(),
        };
    }

    public RevenueMeasures MeasureRevenue() => _revenue.Measure(_knownFrom);

    public UseMeasures MeasureUse() => _use.Measure();

    /// <summary>The largest segments of a kind; all of the model's own.</summary>
    public SegmentMeasures Measure(SegmentKind by) => by == SegmentKind.Own ? _own.Groups(_knownFrom) : _segments.Measure(by, _knownFrom);

    /// <summary>The model's own segments, each beside the rest.</summary>
    public OwnSegmentMeasures MeasureOwn() => _own.Measure(_knownFrom);
}
