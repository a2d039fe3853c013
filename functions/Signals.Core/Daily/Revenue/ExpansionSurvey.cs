using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Statistics;
using Signals.Core.State.Accounts;

namespace Signals.Core.Daily.Revenue;

/// <summary>
/// Gathers, one account after the other, who has grown out of what they pay for: seats are full, limits are met again and again, or they
/// get as much as half of those on the next plan. Nobody at risk is among them.
/// </summary>
internal sealed class ExpansionSurvey(ValueModel model)
{
    /// <summary>A plan's median is told from so many of its customers on.</summary>
    private const int LeastOfPlan = 10;

    private const int DaysOfLimits = 30;

    /// <summary>Candidates that are kept until the medians are known.</summary>
    private const int MaxCandidates = 500;

    private readonly Dictionary<string, QuantileSketch> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Candidate> _signed = [];
    private readonly Dictionary<string, List<Candidate>> _busiest = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By plan, what those get who show no other sign: so many have outgrown it, however few of them are kept.</summary>
    private readonly Dictionary<string, QuantileSketch> _quiet = new(StringComparer.OrdinalIgnoreCase);
    private int _signedCount;

    public void Add(AccountContext account)
    {
        if (account.IsChurned || account.Account.Review is not { } review)
            return;
        double value = account.Usage.Value(account.Today - model.Value.Floor.Days, account.Yesterday);
        string plan = account.Facts.Plan ?? "";
        if (model.PlanOf(plan) is not null)
        {
            if (!_values.TryGetValue(plan, out var sketch))
                _values[plan] = sketch = new QuantileSketch();
            sketch.Add(Math.Max(0, value));
        }
        if (review.Assessment.Risk.Level > RiskLevel.Watch)
            return;
        var candidate = new Candidate(account.Facts, value, [.. SignsOf(account, review.People.Active)]);
        if (candidate.Signs.Count > 0)
        {
            _signedCount++;
            Keep(_signed, candidate, MaxCandidates, Largest);
        }
        else if (NextPlan(account.Facts) is not null)
        {
            if (!_busiest.TryGetValue(plan, out var busiest))
                _busiest[plan] = busiest = [];
            Keep(busiest, candidate, RevenueMeasures.MaxExpansions, Busiest);
            if (!_quiet.TryGetValue(plan, out var quiet))
                _quiet[plan] = quiet = new QuantileSketch();
            quiet.Add(Math.Max(0, value));
        }
    }

    public (IReadOnlyList<ExpansionAccount> First, int Count) Measure()
    {
        var outgrown = new List<ExpansionAccount>();
        int count = _signedCount;
        foreach (var (plan, busiest) in _busiest)
        {
            var found = busiest.Select(Told).Where(told => told.Signs.Count > 0).ToList();
            outgrown.AddRange(found);
            count += _quiet[plan].Count > busiest.Count ? Math.Max(found.Count, HaveOutgrown(plan, busiest[0].Facts)) : found.Count;
        }
        return (
            [
                .. _signed
                    .Select(Told)
                    .Concat(outgrown)
                    .OrderByDescending(told => told.Signs.Count)
                    .ThenByDescending(told => told.Price)
                    .ThenBy(told => told.Id, StringComparer.Ordinal)
                    .Take(RevenueMeasures.MaxExpansions),
            ],
            count
        );
    }

    private ExpansionAccount Told(Candidate candidate)
    {
        var facts = candidate.Facts;
        ExpansionSign[] outgrown =
            NextPlan(facts) is { } next && MedianOf(next) is { } median && candidate.Value >= median
                ? [new ExpansionSign(ExpansionSign.Outgrown, Math.Round(candidate.Value, 1), Math.Round(median, 1), next.Id)]
                : [];
        return new ExpansionAccount(facts.Id, facts.Name, facts.Plan, facts.Price, facts.Csm, [.. candidate.Signs, .. outgrown]);
    }

    private int HaveOutgrown(string plan, AccountFacts facts) =>
        NextPlan(facts) is { } next && MedianOf(next) is { } median ? _quiet[plan].CountAbove(median) : 0;

    /// <summary>What a plan's customers usually get; null where too few tell.</summary>
    private double? MedianOf(Plan plan) =>
        _values.TryGetValue(plan.Id, out var values) && values.Count >= LeastOfPlan && values.Quantile(0.5) is > 0 and var median
            ? median
            : null;

    private IEnumerable<ExpansionSign> SignsOf(AccountContext account, int active)
    {
        if (account.Facts.Seats is { } seats && active >= seats * model.Expansion.SeatsShare)
            yield return new ExpansionSign(ExpansionSign.Seats, active, seats);
        long met = account.Usage.Count(model.Expansion.Limits, account.Today - DaysOfLimits + 1, account.Today);
        if (model.Expansion.Limits.Count > 0 && met >= model.Expansion.Times)
            yield return new ExpansionSign(ExpansionSign.Limits, met, model.Expansion.Times);
    }

    /// <summary>
    /// The cheapest plan that is dearer than the account's own and does not end; null for the dearest and for plans of no model.
    /// </summary>
    private Plan? NextPlan(AccountFacts facts) =>
        model.PlanOf(facts.Plan) is { } own
            ? model
                .Plans.Values.Where(plan => plan.Price > own.Price && !model.IsEnding(plan.Id))
                .OrderBy(plan => plan.Price)
                .ThenBy(plan => plan.Id, StringComparer.Ordinal)
                .FirstOrDefault()
            : null;

    private static IEnumerable<Candidate> Largest(List<Candidate> candidates) =>
        candidates
            .OrderByDescending(one => one.Signs.Count)
            .ThenByDescending(one => one.Facts.Price)
            .ThenBy(one => one.Facts.Id, StringComparer.Ordinal);

    private static IEnumerable<Candidate> Busiest(List<Candidate> candidates) =>
        candidates.OrderByDescending(one => one.Value).ThenBy(one => one.Facts.Id, StringComparer.Ordinal);

    private static void Keep(List<Candidate> kept, Candidate one, int most, Func<List<Candidate>, IEnumerable<Candidate>> order)
    {
        kept.Add(one);
        if (kept.Count < 2 * most)
            return;
        var first = order(kept).Take(most).ToList();
        kept.Clear();
        kept.AddRange(first);
    }

    private sealed record Candidate(AccountFacts Facts, double Value, IReadOnlyList<ExpansionSign> Signs);
}
