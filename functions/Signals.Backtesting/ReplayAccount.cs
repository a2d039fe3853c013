using Signals.Core.Model;
using Signals.Core.State.Accounts;

namespace Signals.Backtesting;

/// <summary>An account in memory: its state, its people's, and what a backtest asks of it.</summary>
public sealed class ReplayAccount(AccountState state)
{
    private List<DateTimeOffset>? _churns;
    private ReplayAccount? _movedTo;

    public AccountState State { get; } = state;

    public ReplayPeople People { get; } = new();

    /// <summary>The earliest event of any kind; null for a mere entry of the directory.</summary>
    public DateTimeOffset? FirstSeen { get; private set; }

    /// <summary>When it churned, in the order of arrival; an account may churn, return, and churn again.</summary>
    public IReadOnlyList<DateTimeOffset> Churns => _churns ?? [];

    /// <summary>The level at the last cut.</summary>
    internal RiskLevel Level { get; set; }

    /// <summary>The risk at the last cut, in log-odds; null before the first.</summary>
    internal double? LogOdds { get; set; }

    /// <summary>The account that this one's history moved into, or itself.</summary>
    internal ReplayAccount Current
    {
        get
        {
            var current = this;
            while (current._movedTo is { } next)
                current = next;
            return current;
        }
    }

    /// <summary>True when it churned at a moment or after it, before another.</summary>
    internal bool ChurnsWithin(DateTimeOffset from, DateTimeOffset end)
    {
        foreach (var churn in Churns)
        {
            if (churn >= from && churn < end)
                return true;
        }
        return false;
    }

    internal void Saw(DateTimeOffset at)
    {
        if (FirstSeen is null || at < FirstSeen)
            FirstSeen = at;
    }

    internal void Churned(DateTimeOffset at) => (_churns ??= []).Add(at);

    /// <summary>Hands over what the backtest knows, once the history has moved.</summary>
    internal void MoveTo(ReplayAccount target)
    {
        if (FirstSeen is { } seen)
            target.Saw(seen);
        foreach (var churn in Churns)
            target.Churned(churn);
        _churns = null;
        FirstSeen = null;
        if (target.Current != this)
            _movedTo = target;
    }
}
