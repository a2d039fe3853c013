using Signals.Core.Accounts;
using Signals.Core.Causes;
using Signals.Core.Model;

namespace Signals.Core.Measures;

/// <summary>Gathers, one account after the other, how a feature is adopted. Customers who left tell nothing of those who stay.</summary>
public sealed class FeatureSurvey(Feature feature)
{
    /// <summary>Days looked at; not used for so long, a feature is given up.</summary>
    public const int Window = 30;

    private readonly SurvivalCurve _adoption = new();
    private readonly SurvivalCurve _keeping = new();
    private readonly List<int> _daysUsed = [];
    private int _eligible;
    private int _adopters;
    private long _uses;

    public void Add(AccountContext account)
    {
        if (account.IsChurned || account.Usage.FirstDay is not { } start || !IsOf(account.Facts.Plan))
            return;
        _eligible++;
        if (account.Usage.FirstOf(feature.Events) is not { } first)
        {
            _adoption.Add(account.Today - start, happened: false);
            return;
        }

        _adopters++;
        int firstDay = Days.Of(first), lastDay = Days.Of(account.Usage.LastOf(feature.Events)!.Value);
        _adoption.Add(firstDay - start, happened: true);
        bool stopped = lastDay <= account.Today - Window;
        _keeping.Add((stopped ? lastDay : account.Today) - firstDay, stopped);
        int from = account.Today - Window + 1, days = account.Usage.DaysOf(feature.Events, from, account.Today).Count();
        if (days == 0)
            return;
        _daysUsed.Add(days);
        _uses += account.Usage.Count(feature.Events, from, account.Today);
    }

    public FeatureMeasure Measure() => new(
        feature.Id, Proportion.Of95(_daysUsed.Count, _eligible), Proportion.Of95(_adopters, _eligible),
        _daysUsed.Count == 0 ? null : Math.Round((double)_uses / _daysUsed.Count, 2),
        _daysUsed.Count == 0 ? null : _daysUsed.Order().ElementAt(_daysUsed.Count / 2),
        _adoption.Median(), Math.Round(1 - _adoption.ShareAfter(Window), 4),
        _keeping.Median(), Math.Round(_keeping.ShareAfter(90), 4));

    private bool IsOf(string? plan) => feature.Plans.Count == 0 || feature.Plans.Contains(plan, StringComparer.OrdinalIgnoreCase);
}
