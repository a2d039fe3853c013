using Signals.Core.Daily.Retention;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Revenue;

/// <summary>Gathers, one account after the other, who is on a plan that ends and where those went who were.</summary>
public sealed class PlanSunsetSurvey(PlanSunset sunset)
{
    private readonly Foremost<PlanSunsetAccount> _left = new(PlanSunsetMeasure.MaxListed, ByPrice);
    private readonly Foremost<PlanSunsetAccount> _excepted = new(PlanSunsetMeasure.MaxListed, ByPrice);
    private int _accounts;
    private int _people;
    private double _revenue;
    private int _moved;
    private int _elsewhere;
    private int _gone;
    private int _waiting;
    private double _before;
    private double _now;
    private int _orderedLate;
    private int _outlasting;
    private double _outlastingRevenue;

    public void Add(AccountContext account)
    {
        bool isOn = !account.IsChurned && sunset.IsOf(account.Facts.Plan);
        if (isOn)
            AddThere(account);
        if (isOn || sunset.ExceptionFor(account.Facts.Id) is not null || !WasOn(account))
            return;
        _before += account.PriceOn(Math.Max(sunset.Announced.DayNumber, account.StartDay ?? 0));
        if (account.IsChurned)
        {
            _gone++;
            return;
        }
        _now += Pays(account);
        if (string.Equals(account.Facts.Plan, sunset.ReplacementPlan, StringComparison.OrdinalIgnoreCase))
            _moved++;
        else
            _elsewhere++;
    }

    public PlanSunsetMeasure Measure() =>
        new()
        {
            Plan = sunset.Plan,
            Accounts = _accounts,
            People = _people,
            Revenue = RevenueTally.Cents(_revenue),
            Moved = Proportion.Of95(_moved, _moved + _elsewhere + _gone + _waiting),
            Elsewhere = _elsewhere,
            Gone = _gone,
            Waiting = _waiting,
            PaidBefore = RevenueTally.Cents(_before),
            PaidNow = RevenueTally.Cents(_now),
            OrderedLate = _orderedLate,
            Outlasting = _outlasting,
            OutlastingRevenue = RevenueTally.Cents(_outlastingRevenue),
            Left = _left.Items(),
            Excepted = _excepted.Items(),
        };

    private void AddThere(AccountContext account)
    {
        double pays = Pays(account);
        _accounts++;
        _people += account.Account.People;
        _revenue += pays;
        bool late = account.Account.Plans.Since(account.Facts.Plan) > sunset.LastOrder.DayNumber;
        var renews = account.Facts.RenewalAt is { } renewal ? Days.Date(Days.Of(renewal)) : (DateOnly?)null;
        var entry = new PlanSunsetAccount(account.Facts.Id, account.Facts.Name, pays, account.Account.People, renews, late);
        _orderedLate += late ? 1 : 0;
        if (sunset.ExceptionFor(account.Facts.Id) is not null)
        {
            _excepted.Add(entry);
            return;
        }
        _waiting++;
        if (renews > sunset.Ends)
        {
            _outlasting++;
            _outlastingRevenue += pays;
        }
        _left.Add(entry);
    }

    /// <summary>On the day it was announced, or on a later one.</summary>
    private bool WasOn(AccountContext account)
    {
        int announced = sunset.Announced.DayNumber;
        if (announced > account.Today)
            return false;
        bool leftOnIt =
            account.IsChurned
            && sunset.IsOf(account.Facts.Plan)
            && account.Usage.LastOf(account.Model.Churn.Events) is { } left
            && Days.Of(left) >= announced;
        return leftOnIt
            || (sunset.IsOf(account.PlanOn(announced)) && new CustomerSpan(account).Holds(announced))
            || account.Account.Plans.Changes.Any(change => change.Day > announced && sunset.IsOf(change.Before));
    }

    /// <summary>Who is on trial pays nothing yet.</summary>
    private static double Pays(AccountContext account) => account.Facts.IsOnTrial(account.Today) ? 0 : account.Facts.Price;

    /// <summary>Those who pay most first.</summary>
    private static int ByPrice(PlanSunsetAccount a, PlanSunsetAccount b) =>
        b.Price.CompareTo(a.Price) is not 0 and var by ? by : string.CompareOrdinal(a.Id, b.Id);
}
