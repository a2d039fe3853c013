using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Retention;

/// <summary>Counts, one account after the other, who stayed over a period.</summary>
/// <param name="from">Its first day.</param>
/// <param name="to">Its last day; already over.</param>
public sealed class RetentionSurvey(int from, int to)
{
    private int _present;
    private int _stayed;
    private int _new;
    private int _valued;
    private int _stillValued;

    public int From => from;

    public void Add(Presence account)
    {
        _present += Count(account.Before);
        _stayed += Count(account.Before && account.After);
        _new += Count(!account.Before && account.After);
        _valued += Count(account.ValuedBefore);
        _stillValued += Count(account.ValuedBefore && account.ValuedAfter);
    }

    public RetentionPeriod Measure(bool churnIsKnown) =>
        new(
            Days.Date(from),
            Days.Date(to),
            churnIsKnown ? Proportion.Of95(_stayed, _present) : null,
            churnIsKnown ? _new : null,
            Proportion.Of95(_stillValued, _valued)
        );

    /// <summary>False where nothing could be told: nobody was there at the start.</summary>
    public bool Tells => _present + _valued > 0;

    private static int Count(bool counts) => counts ? 1 : 0;
}
