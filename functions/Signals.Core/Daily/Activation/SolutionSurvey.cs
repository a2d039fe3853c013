using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Activation;

/// <summary>Gathers, one account after the other, how fast tickets are solved, by plan, against what the model agrees.</summary>
internal sealed class SolutionSurvey(ValueModel model)
{
    private const int LookBackDays = 90;
    private const int MaxPlans = 20;
    private const int PlansShown = 8;

    private readonly Times _all = new();
    private readonly Dictionary<string, Times> _plans = new(StringComparer.Ordinal);

    public void Add(AccountContext account)
    {
        var since = Days.Start(account.Today - LookBackDays);
        foreach (var ticket in account.Account.Tickets.All)
        {
            if (ticket.OpenedAt is not { } opened || opened < since)
                continue;
            string plan = (account.Facts.Plan ?? "").ToLowerInvariant();
            if (!_plans.TryGetValue(plan, out var times) && _plans.Count < MaxPlans)
                _plans[plan] = times = new Times();
            DateTimeOffset? solved = ticket.IsOpen ? null : ticket.SolvedAt;
            var due = model.Tickets.DueAt(opened, model.TimeZone);
            _all.Add(opened, solved, due, account.Now);
            times?.Add(opened, solved, due, account.Now);
        }
    }

    public IReadOnlyList<SolutionTimes> Measure() =>
        _all.Tickets == 0
            ? []
            :
            [
                _all.Measure(null),
                .. _plans
                    .OrderByDescending(plan => plan.Value.Tickets)
                    .ThenBy(plan => plan.Key, StringComparer.Ordinal)
                    .Take(PlansShown)
                    .Select(plan => plan.Value.Measure(plan.Key)),
            ];

    private sealed class Times
    {
        /// <summary>By the hour; the curve's bound is longer than anybody should wait.</summary>
        private readonly SurvivalCurve _hours = new();
        private int _due;
        private int _inTime;
        private int _waiting;

        public int Tickets { get; private set; }

        public void Add(DateTimeOffset opened, DateTimeOffset? solved, DateTimeOffset due, DateTimeOffset now)
        {
            Tickets++;
            _waiting += solved is null ? 1 : 0;
            _hours.Add((int)Math.Ceiling(((solved ?? now) - opened).TotalHours), solved is not null);
            if (solved is null && due > now)
                return;
            _due++;
            _inTime += solved <= due ? 1 : 0;
        }

        public SolutionTimes Measure(string? plan) => new(plan, Tickets, Proportion.Of95(_inTime, _due), _hours.Median(), _waiting);
    }
}
