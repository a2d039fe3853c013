using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Statistics;

namespace Signals.Backtesting;

/// <summary>
/// What followed where a cause was found: whether such accounts leave more often than all, and whether the cause passes by itself. A cause
/// after which nobody leaves may still be the right thing to help with, and that it lasts says so.
/// </summary>
internal sealed class CauseScoring(IReadOnlyList<Cut> cuts, BacktestSettings settings)
{
    /// <summary>A cause that is gone after so many days passed.</summary>
    private const int PassesWithinDays = 28;

    private readonly int _later = (PassesWithinDays + settings.StepDays - 1) / settings.StepDays;
    private readonly Dictionary<ReplayAccount, int> _index = [];
    private readonly List<Sums> _accounts = [];

    /// <summary>Every cause that was found, most frequent first.</summary>
    public IReadOnlyList<CauseFindings> Findings()
    {
        for (int i = 0; i < cuts.Count; i++)
            Add(i);
        var causes = Enumerable.Range(0, CauseCatalogue.Ids.Count).Select(Finding).OfType<CauseFindings>().ToList();
        var draws = Draw(causes);
        return [.. causes.Select((cause, number) => With(cause, draws[number])).OrderByDescending(cause => cause.Found)];
    }

    private void Add(int number)
    {
        var cut = cuts[number];
        var end = cut.At.AddDays(settings.HorizonDays);
        var before = number == 0 ? [] : CausesAt(cuts[number - 1]);
        var after = number + _later < cuts.Count ? CausesAt(cuts[number + _later]) : [];
        foreach (var assessment in cut.Assessments)
        {
            var account = assessment.Account.Current;
            var sums = SumsOf(account);
            int churns = assessment.ChurnsWithin(cut.At, end) ? 1 : 0;
            sums.Assessed++;
            sums.Churned += churns;
            if (assessment.Causes == 0)
                continue;
            bool wasSeen = before.TryGetValue(account, out ushort had),
                isSeen = after.TryGetValue(account, out ushort has);
            for (int cause = 0; cause < CauseCatalogue.Ids.Count; cause++)
            {
                if (!assessment.Has(cause))
                    continue;
                var found = sums.Causes[cause] ??= new Found();
                found.Times++;
                found.Primary += assessment.Primary == cause ? 1 : 0;
                found.Churned += churns;
                if (!wasSeen || (had & (1 << cause)) != 0)
                    continue;
                found.Began++;
                found.BeganChurned += churns;
                found.Followed += isSeen ? 1 : 0;
                found.Passed += isSeen && (has & (1 << cause)) == 0 ? 1 : 0;
            }
        }
    }

    private static Dictionary<ReplayAccount, ushort> CausesAt(Cut cut) =>
        cut.Assessments.GroupBy(assessment => assessment.Account.Current).ToDictionary(same => same.Key, same => same.First().Causes);

    private Sums SumsOf(ReplayAccount account)
    {
        if (!_index.TryGetValue(account, out int index))
        {
            _index[account] = index = _accounts.Count;
            _accounts.Add(new Sums());
        }
        return _accounts[index];
    }

    private CauseFindings? Finding(int cause)
    {
        var found = _accounts.ConvertAll(account => account.Causes[cause]).OfType<Found>().ToList();
        if (found.Count == 0)
            return null;
        long began = found.Sum(one => one.Began),
            followed = found.Sum(one => one.Followed);
        return new CauseFindings(
            CauseCatalogue.Ids[cause],
            found.Sum(one => one.Times),
            found.Sum(one => one.Primary),
            found.Sum(one => one.Churned),
            found.Count
        )
        {
            Began = (int)began,
            BeganChurned = found.Sum(one => one.BeganChurned),
            Passed = followed == 0 ? null : (double)found.Sum(one => one.Passed) / followed,
        };
    }

    /// <summary>How many times the base rate, when found and when it began, as accounts are drawn again and again.</summary>
    private List<(List<double> Found, List<double> Began)> Draw(List<CauseFindings> causes)
    {
        var drawn = causes.ConvertAll(_ => (Found: new List<double>(), Began: new List<double>()));
        int[] ids = [.. causes.Select(cause => CauseCatalogue.Ids.ToList().IndexOf(cause.Cause))];
        foreach (int[] weights in AccountBootstrap.Draws(_accounts.Count, _accounts.Count * Math.Max(1, causes.Count)))
        {
            double rate = Rate(weights);
            if (rate == 0)
                continue;
            for (int i = 0; i < ids.Length; i++)
            {
                long found = 0,
                    churned = 0,
                    began = 0,
                    beganChurned = 0;
                for (int account = 0; account < _accounts.Count; account++)
                {
                    if (weights[account] == 0 || _accounts[account].Causes[ids[i]] is not { } one)
                        continue;
                    found += (long)weights[account] * one.Times;
                    churned += (long)weights[account] * one.Churned;
                    began += (long)weights[account] * one.Began;
                    beganChurned += (long)weights[account] * one.BeganChurned;
                }
                if (found > 0)
                    drawn[i].Found.Add(churned / (double)found / rate);
                if (began > 0)
                    drawn[i].Began.Add(beganChurned / (double)began / rate);
            }
        }
        return drawn;
    }

    private CauseFindings With(CauseFindings cause, (List<double> Found, List<double> Began) drawn)
    {
        double rate = Rate(null);
        return cause with
        {
            OverBase = rate == 0 ? null : (double)cause.Churned / cause.Found / rate,
            OverBaseInterval = Interval.Of(drawn.Found),
            BeganOverBase = rate == 0 || cause.Began == 0 ? null : (double)cause.BeganChurned / cause.Began / rate,
            BeganOverBaseInterval = Interval.Of(drawn.Began),
        };
    }

    private double Rate(int[]? weights)
    {
        long assessed = 0,
            churned = 0;
        for (int account = 0; account < _accounts.Count; account++)
        {
            assessed += (weights?[account] ?? 1L) * _accounts[account].Assessed;
            churned += (weights?[account] ?? 1L) * _accounts[account].Churned;
        }
        return assessed == 0 ? 0 : (double)churned / assessed;
    }

    private sealed class Sums
    {
        public int Assessed { get; set; }

        public int Churned { get; set; }

        public Found?[] Causes { get; } = new Found?[CauseCatalogue.Ids.Count];
    }

    private sealed class Found
    {
        public int Times { get; set; }

        public int Primary { get; set; }

        public int Churned { get; set; }

        public int Began { get; set; }

        public int BeganChurned { get; set; }

        public int Followed { get; set; }

        public int Passed { get; set; }
    }
}
