using Signals.Core.Diagnosis.Risk;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Histories;

namespace Signals.Backtesting;

/// <summary>
/// What regressions are fitted on, gathered cut by cut: each assessment's features, and beside them the plain counts of events of the 30
/// days before, as log(1 + n). In bounded room, and nobody is left out: of very many assessments those that churn followed are all kept,
/// and of the others a part, by a hash of account and cut, each of which then stands for several.
/// </summary>
/// <remarks>
/// Case-control sampling with weights: King and Zeng, "Logistic Regression in Rare Events Data" (2001). An assessment is let go only once
/// its horizon has passed.
/// </remarks>
internal sealed class RegressionSample(ValueModel model, int horizonDays)
{
    /// <summary>Rows that are kept, about.</summary>
    public int MostRows { get; init; } = 120_000;

    private const int CountedDays = 30;
    private const int MostNames = 60;

    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _churn = new(model.Churn.Events, StringComparer.Ordinal);
    private List<SampleRow> _rows = [];
    private ulong _mask;

    /// <summary>The rows with what each stands for; of a row whose outcome was open at the end of the stream nothing is told.</summary>
    public IEnumerable<(SampleRow Row, bool Happened, int Weight)> Labelled(IReadOnlyDictionary<DateTimeOffset, DateTimeOffset> ends)
    {
        foreach (var row in _rows)
        {
            if (!ends.TryGetValue(row.Cut, out var end))
                continue;
            bool happened = row.Account.Current.ChurnsWithin(row.Cut, end);
            if (happened || Stays(row))
                yield return (row, happened, happened ? 1 : (int)_mask + 1);
        }
    }

    /// <summary>The events that were counted, in the order of the counts.</summary>
    public IReadOnlyList<string> Names => [.. _names.OrderBy(name => name.Value).Select(name => name.Key)];

    public void Add(DateTimeOffset cut, ReplayAccount account, RiskSubject subject, double logOdds, History history)
    {
        _rows.Add(
            new SampleRow(
                cut,
                account,
                MessageHash.Of(account.State.Key.Value),
                logOdds,
                Array.ConvertAll(RiskFeatures.Measure(subject), value => (float)value),
                Count(history, subject.Today),
                Decisions.Next(subject) - subject.Today
            )
        );
    }

    /// <summary>Makes room once there are very many whose horizon has passed and who stayed; called between cuts.</summary>
    public void Thin(DateTimeOffset now)
    {
        if (_rows.Count <= MostRows)
            return;
        // Those whose horizon has passed since the last time are thinned as the others were.
        Keep(now);
        while (_rows.Count(row => HasStayed(row, now)) > MostRows)
        {
            _mask = _mask * 2 + 1;
            Keep(now);
        }
    }

    private void Keep(DateTimeOffset now) => _rows = _rows.FindAll(row => Stays(row) || !HasStayed(row, now));

    private bool HasStayed(SampleRow row, DateTimeOffset now)
    {
        var end = row.Cut.AddDays(horizonDays);
        return end <= now && !row.Account.Current.ChurnsWithin(row.Cut, end);
    }

    private bool Stays(SampleRow row) => (row.Lot & _mask) == 0;

    private float[] Count(History history, int today)
    {
        foreach (var total in history.Names)
        {
            if (_names.Count < MostNames && !_churn.Contains(total.Name))
                _names.TryAdd(total.Name, _names.Count);
        }
        float[] counts = new float[_names.Count];
        for (int name = 0; name < history.Names.Count; name++)
        {
            if (_names.TryGetValue(history.Names[name].Name, out int column))
                counts[column] = (float)Math.Log(1 + Count(history, name, today - CountedDays, today - 1));
        }
        return counts;
    }

    private static long Count(History history, int name, int from, int to)
    {
        long count = 0;
        for (int i = history.IndexFrom(from); i < history.Buckets.Count && history.Buckets[i].Day <= to; i++)
            count += history.Buckets[i].Count(name);
        return count;
    }
}

/// <summary>
/// One assessment: its features, unknown ones NaN, its counts, a later column's absent, and days to the next decision, if one is known.
/// </summary>
internal sealed record SampleRow(
    DateTimeOffset Cut,
    ReplayAccount Account,
    ulong Hash,
    double LogOdds,
    float[] Features,
    float[] Counts,
    int? DecidesIn
)
{
    /// <summary>A lot that falls anew for each account and cut.</summary>
    public ulong Lot => MessageHash.Of($"{Hash:x}|{Cut.UtcTicks}");
}
