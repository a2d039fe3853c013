using Signals.Core.Accounts;
using Signals.Core.Causes;

namespace Signals.Core.Measures;

/// <summary>Gathers, one account after the other, who stayed over a period.</summary>
/// <param name="from">Its first day.</param>
/// <param name="to">Its last day; already over.</param>
public sealed class RetentionSurvey(int from, int to)
{
    private int _present;
    private int _stayed;
    private int _new;
    private int _valued;
    private int _stillValued;

    public void Add(AccountContext account, CustomerSpan span)
    {
        bool before = span.Holds(from - 1), after = span.Holds(to);
        if (before)
            _present++;
        if (before && after)
            _stayed++;
        if (!before && after)
            _new++;
        if (!GotValue(account, from - 1))
            return;
        _valued++;
        if (GotValue(account, to))
            _stillValued++;
    }

    public RetentionPeriod Measure(bool churnIsKnown) => new(
        Days.Date(from), Days.Date(to), churnIsKnown ? Proportion.Of95(_stayed, _present) : null, churnIsKnown ? _new : null,
        Proportion.Of95(_stillValued, _valued));

    /// <summary>False where nothing could be told: nobody was there at the start.</summary>
    public bool Tells => _present + _valued > 0;

    private static bool GotValue(AccountContext account, int day)
    {
        var floor = account.Model.Value.Floor;
        return account.KnowsValueFrom(day - floor.Days + 1) && account.Usage.Value(day - floor.Days + 1, day) >= floor.Amount;
    }
}
