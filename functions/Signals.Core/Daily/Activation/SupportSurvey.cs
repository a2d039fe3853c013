using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Activation;

/// <summary>
/// Gathers, one account after the other, how fast tickets are answered and solved, by plan, against what the model promises.
/// </summary>
internal sealed class SupportSurvey(ValueModel model)
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
            if (ticket.OpenedAt is not { } opened || opened < since || TicketTimes.Of(account, ticket) is not { } agreed)
                continue;
            string plan = account.PlanOn(Days.Of(opened)) ?? (account.Facts.Plan ?? "").ToLowerInvariant();
            if (!_plans.TryGetValue(plan, out var times) && _plans.Count < MaxPlans)
                _plans[plan] = times = new Times();
            Add(_all, agreed, account.Now);
            if (times is not null)
                Add(times, agreed, account.Now);
        }
    }

    public IReadOnlyList<SupportTimes> Measure() =>
        _all.Tickets == 0
            ? []
            :
            [
                _all.Measure(null, null),
                .. _plans
                    .OrderByDescending(plan => plan.Value.Tickets)
                    .ThenBy(plan => plan.Key, StringComparer.Ordinal)
                    .Take(PlansShown)
                    .Select(plan => plan.Value.Measure(plan.Key, model.Tickets.PromiseOf(plan.Key))),
            ];

    private void Add(Times times, TicketTimes agreed, DateTimeOffset now)
    {
        var ticket = agreed.Ticket;
        times.Tickets++;
        times.Solution.Add(Span(ticket.IsOpen ? null : ticket.SolvedAt, agreed.SolutionDue));
        if (agreed.AnswerDue is { } due)
            times.Answer.Add(Span(ticket.HeardAt, due));

        Waited Span(DateTimeOffset? end, DateTimeOffset due) =>
            new(model.Tickets.HoursBetween(ticket.OpenedAt!.Value, end ?? now, model.TimeZone), end is not null, end <= due, due <= now);
    }

    /// <summary>How long a customer waited for something, or has waited so far.</summary>
    private readonly record struct Waited(double Hours, bool Happened, bool InTime, bool TimeIsOver);

    private sealed class Times
    {
        public int Tickets { get; set; }

        public Tally Solution { get; } = new(stepsAnHour: 1);

        /// <summary>By the quarter of an hour.</summary>
        public Tally Answer { get; } = new(stepsAnHour: 4);

        public SupportTimes Measure(string? plan, TicketPromise? promise) =>
            new(plan, promise, Tickets, Answer.Measure(), Solution.Measure());
    }

    private sealed class Tally(int stepsAnHour)
    {
        /// <summary>The curve's bound is longer than anybody should wait.</summary>
        private readonly SurvivalCurve _steps = new();
        private int _due;
        private int _inTime;
        private int _waiting;

        public void Add(Waited waited)
        {
            _waiting += waited.Happened ? 0 : 1;
            _steps.Add((int)Math.Min(Math.Ceiling(waited.Hours * stepsAnHour), SurvivalCurve.MaxDays), waited.Happened);
            if (!waited.Happened && !waited.TimeIsOver)
                return;
            _due++;
            _inTime += waited.InTime ? 1 : 0;
        }

        public WaitingTimes Measure() =>
            new(
                Proportion.Of95(_inTime, _due),
                _steps.Median() is { } median and < SurvivalCurve.MaxDays ? (double)median / stepsAnHour : null,
                _waiting
            );
    }
}
