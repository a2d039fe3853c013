using Signals.Core.Diagnosis.Causes;
using Signals.Core.Platform.Statistics;
using Signals.Core.Platform.Time;

namespace Signals.Core.Daily.Activation;

/// <summary>
/// Finds the product's natural frequency from how long accounts stay away between days with value, and who had that habit and left it.
/// </summary>
/// <remarks>
/// An account's rhythm is the gap within which three of four of its returns fall: a single holiday does not change it. The product's is the
/// shortest of day, week, fortnight and month that is at least the rhythm of half of the accounts with one. A day allows for a weekend.
/// </remarks>
internal sealed class HabitSurvey
{
    private const int LookBackDays = 180;
    private const int LeastDays = 6;
    private const int LeastAccounts = 20;
    private const int Earlier = 4;
    private const int EarlierWith = 3;
    private const int Recent = 2;
    private const double ReturnsWithin = 0.75;

    /// <summary>The longest gap of each frequency: who comes every working day is away from Friday to Monday.</summary>
    private static readonly (int Days, int Gap)[] Frequencies = [(1, 3), (7, 9), (14, 17), (30, 36)];

    private readonly int[] _byFrequency = new int[Frequencies.Length + 1];
    private readonly Counts[] _counts = [.. Frequencies.Select(_ => new Counts())];

    public void Add(AccountContext account)
    {
        int last = account.Yesterday,
            first = last - LookBackDays + 1;
        var days = account
            .Usage.Buckets.Where(bucket => bucket.Day >= first && bucket.Day <= last)
            .Select(bucket => bucket.Day)
            .Where(HasValue)
            .ToList();
        for (int i = 0; i < Frequencies.Length; i++)
            _counts[i].Add(account, days, Frequencies[i].Days);
        if (days.Count < LeastDays)
            return;
        var gaps = days.Zip(days.Skip(1), (one, next) => next - one).Order().ToList();
        int rhythm = gaps[(int)Math.Ceiling(gaps.Count * ReturnsWithin) - 1];
        int index = Array.FindIndex(Frequencies, frequency => rhythm <= frequency.Gap);
        _byFrequency[index < 0 ? Frequencies.Length : index]++;

        bool HasValue(int day) => account.Usage.Value(day, day) > 0;
    }

    public HabitMeasure? Measure()
    {
        int told = _byFrequency.Sum();
        if (told < LeastAccounts)
            return null;
        int within = 0;
        for (int i = 0; i < Frequencies.Length; i++)
        {
            within += _byFrequency[i];
            if (2 * within >= told)
                return _counts[i].Measure(Frequencies[i].Days, told, Math.Round((double)within / told, 4));
        }
        return null;
    }

    private sealed class Counts
    {
        private readonly List<HabitLeaver> _left = [];
        private int _had;
        private int _kept;

        public void Add(AccountContext account, List<int> days, int period)
        {
            // Of a daily habit, a working week is what is left or kept: one day away is no change.
            int length = period == 1 ? 7 : period,
                last = account.Yesterday;
            if (account.IsChurned || account.Usage.FirstDay > last - (Earlier + Recent) * length + 1)
                return;
            bool Came(int index) => days.Exists(day => day > last - (index + 1) * length && day <= last - index * length);
            if (Enumerable.Range(Recent, Earlier).Count(Came) < EarlierWith)
                return;
            _had++;
            if (Enumerable.Range(0, Recent).Any(Came))
            {
                _kept++;
                return;
            }
            _left.Add(new HabitLeaver(account.Facts.Id, account.Facts.Name, account.Facts.Price, Days.Date(days[^1])));
            if (_left.Count >= 2 * HabitMeasure.MaxListed)
            {
                var most = Largest().ToList();
                _left.Clear();
                _left.AddRange(most);
            }
        }

        public HabitMeasure Measure(int days, int told, double share) =>
            new(days, told, share, Proportion.Of95(_kept, _had), [.. Largest()]);

        private IEnumerable<HabitLeaver> Largest() =>
            _left.OrderByDescending(one => one.Price).ThenBy(one => one.Id, StringComparer.Ordinal).Take(HabitMeasure.MaxListed);
    }
}
