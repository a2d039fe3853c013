using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Retention;

/// <summary>On which days an account was a customer: since it came, but for the times between leaving and coming back.</summary>
public sealed class CustomerSpan
{
    private readonly SortedDictionary<int, bool> _left = [];

    public CustomerSpan(AccountContext account)
    {
        var (usage, churn) = (account.Usage, account.Model.Churn);
        Start = usage.FirstDay is { } first && account.Facts.CreatedAt is { } created ? Math.Min(first, Days.Of(created)) : usage.FirstDay;
        foreach (int day in usage.DaysOf(churn.Returned, int.MinValue, int.MaxValue))
            _left[day] = false;
        foreach (int day in usage.DaysOf(churn.Events, int.MinValue, int.MaxValue))
            _left[day] = true;
        // The newest of each is known to the moment, and longer than days are kept.
        if (usage.LastOf(churn.Events) is { } left && usage.LastOf(churn.Returned) is var returned)
            _left[Days.Of(returned > left ? returned.Value : left)] = !(returned > left);
    }

    /// <summary>The day they became a customer, as far as is known.</summary>
    public int? Start { get; }

    /// <summary>True for a customer at the end of that day.</summary>
    public bool Holds(int day) => Start <= day && !_left.Where(change => change.Key <= day).Select(change => change.Value).LastOrDefault();
}
