using Signals.Core.Diagnosis.Risk;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Histories;

namespace Signals.Backtesting;

/// <summary>
/// What regressions are fitted on, gathered cut by cut: each assessment's features, and beside them the plain counts of events of the 30
/// days before, as log(1 + n). Of very many accounts a part is kept, chosen by a hash of their ids.
/// </summary>
internal sealed class RegressionSample(ValueModel model)
{
    private const int CountedDays = 30;
    private const int MostRows = 100_000;
    private const int MostNames = 60;

    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _churn = new(model.Churn.Events, StringComparer.Ordinal);
    private List<SampleRow> _rows = [];
    private ulong _mask;

    public IReadOnlyList<SampleRow> Rows => _rows;

    /// <summary>The events that were counted, in the order of the counts.</summary>
    public IReadOnlyList<string> Names => [.. _names.OrderBy(name => name.Value).Select(name => name.Key)];

    public void Add(DateTimeOffset cut, ReplayAccount account, RiskSubject subject, double logOdds, History history)
    {
        ulong hash = MessageHash.Of(account.State.Key.Value);
        if ((hash & _mask) != 0)
            return;
        if (_rows.Count == MostRows)
        {
            _mask = _mask * 2 + 1;
            _rows = _rows.FindAll(row => (row.Hash & _mask) == 0);
            if ((hash & _mask) != 0)
                return;
        }
        _rows.Add(
            new SampleRow(
                cut,
                account,
                hash,
                logOdds,
                Array.ConvertAll(RiskFeatures.Measure(subject), value => (float)value),
                Count(history, subject.Usage, subject.Today)
            )
        );
    }

    private float[] Count(History history, UsageView usage, int today)
    {
        foreach (var total in history.Names)
        {
            if (_names.Count < MostNames && !_churn.Contains(total.Name))
                _names.TryAdd(total.Name, _names.Count);
        }
        float[] counts = new float[_names.Count];
        foreach (var total in history.Names)
        {
            if (_names.TryGetValue(total.Name, out int column))
                counts[column] = (float)Math.Log(1 + usage.Count([total.Name], today - CountedDays, today - 1));
        }
        return counts;
    }
}

/// <summary>One assessment: its features, unknown ones NaN, and its counts, a later column's absent.</summary>
internal sealed record SampleRow(DateTimeOffset Cut, ReplayAccount Account, ulong Hash, double LogOdds, float[] Features, float[] Counts);
