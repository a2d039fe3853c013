using Signals.Core.Accounts;
using Signals.Core.Causes;
using Signals.Core.Model;

namespace Signals.Core.Measures;

/// <summary>Gathers <see cref="ProductMeasures"/>, one account after the other, as they are on a day.</summary>
public sealed class MeasureSurvey
{
    private const int Months = 12;
    private const int PeriodDays = 30;

    /// <summary>Plans that are told apart; accounts of further ones count in the whole only.</summary>
    private const int MaxPlans = 50;

    private readonly ValueModel _model;
    private readonly int _today;
    private readonly List<FeatureSurvey> _features;
    private readonly List<RetentionSurvey> _months;
    private readonly RetentionSurvey _latest;
    private readonly Dictionary<string, (RetentionSurvey Survey, int Accounts)> _plans = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(FeedbackKind Kind, string Channel), List<double>> _answers = [];
    private readonly Dictionary<string, List<double>> _accountNps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _causes = new(StringComparer.Ordinal);
    private int _accounts;

    public MeasureSurvey(ValueModel model, int today)
    {
        (_model, _today) = (model, today);
        _features = [.. model.Features.Select(feature => new FeatureSurvey(feature))];
        _latest = Latest();
        _months = [.. MonthsBefore(Days.Date(today))];
    }

    public void Add(AccountContext account)
    {
        if (account.Usage.FirstDay is null)
            return;
        _accounts++;
        foreach (var feature in _features)
            feature.Add(account);
        var span = new CustomerSpan(account);
        _latest.Add(account, span);
        foreach (var month in _months)
            month.Add(account, span);
        PlanOf(account.Facts.Plan ?? "")?.Add(account, span);
        AddAnswers(account.Account.Feedback);
        foreach (string cause in (account.Account.Review?.Assessment.Causes ?? []).Select(cause => cause.Id).Distinct(StringComparer.Ordinal))
            _causes[cause] = _causes.GetValueOrDefault(cause) + 1;
    }

    public ProductMeasures Measure(DateTimeOffset at)
    {
        bool churnIsKnown = _model.Churn.Events.Count > 0;
        return new ProductMeasures
        {
            MeasuredAt = at,
            Fingerprint = _model.Fingerprint,
            Accounts = _accounts,
            Causes = _causes,
            Features = _features.ConvertAll(feature => feature.Measure()),
            Retention = _latest.Tells ? _latest.Measure(churnIsKnown) : null,
            RetentionByPlan =
            [
                .. _plans.Where(plan => plan.Value.Survey.Tells).OrderByDescending(plan => plan.Value.Accounts)
                    .Select(plan => new PlanRetention(plan.Key, plan.Value.Survey.Measure(churnIsKnown))),
            ],
            RetentionByMonth = [.. _months.Where(month => month.Tells).Select(month => month.Measure(churnIsKnown))],
            SurveysByPerson =
            [
                .. _answers.OrderBy(entry => entry.Key.Kind).ThenBy(entry => entry.Key.Channel, StringComparer.Ordinal)
                    .Select(entry => SurveyScore.Of(entry.Key.Kind, entry.Key.Channel, entry.Value)),
            ],
            NpsByAccount = [.. _accountNps.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => NetPromoter.Of(entry.Key, entry.Value))],
        };
    }

    private RetentionSurvey Latest() => new(_today - PeriodDays, _today - 1);

    private static IEnumerable<RetentionSurvey> MonthsBefore(DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        for (int back = Math.Min(Months, (month.Year - 1) * 12 + month.Month - 2); back > 0; back--)
            yield return new RetentionSurvey(month.AddMonths(-back).DayNumber, month.AddMonths(1 - back).DayNumber - 1);
    }

    private RetentionSurvey? PlanOf(string plan)
    {
        if (!_plans.TryGetValue(plan, out var known))
        {
            if (_plans.Count == MaxPlans)
                return null;
            known = (Latest(), 0);
        }

        _plans[plan] = known with { Accounts = known.Accounts + 1 };
        return known.Survey;
    }

    private void AddAnswers(Feedback feedback)
    {
        var latest = SurveyScore.Latest(feedback.Answers, _today).ToList();
        foreach (var answer in latest)
            ListOf(_answers, (answer.Kind, SurveyScore.ChannelOf(answer))).Add(answer.Score);
        foreach (var channel in latest.Where(answer => answer.Kind == FeedbackKind.Nps).GroupBy(SurveyScore.ChannelOf, StringComparer.Ordinal))
            ListOf(_accountNps, channel.Key).Add(channel.Average(answer => answer.Score));
    }

    private static List<double> ListOf<TKey>(Dictionary<TKey, List<double>> lists, TKey key)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list))
            lists[key] = list = [];
        return list;
    }
}
