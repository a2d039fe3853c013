using Signals.Core.Platform.Languages;

namespace Signals.Core.Intake.Monitoring;

/// <summary>
/// What this process left out, by rule, until <see cref="LeftOutList"/> writes it down. A crash loses the last minute's; no number that is
/// reckoned with depends on them. Rules and examples are bounded, whatever comes.
/// </summary>
public sealed class LeftOutCounts(TimeProvider clock)
{
    /// <summary>Different things that are shown of a rule.</summary>
    public const int MaxExamples = 10;

    /// <summary>Rules that are remembered between two writes: more than any model has.</summary>
    private const int MaxRules = 200;

    private const int MaxExampleChars = 120;

    private readonly Lock _gate = new();
    private Dictionary<(LeftOutKind, string), LeftOut> _counts = [];

    public void Note(IEnumerable<LeftOutNote> notes)
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            foreach (var note in notes)
                Add(
                    new LeftOut(
                        note.Kind,
                        note.Rule,
                        1,
                        now,
                        now,
                        note.Example is { } example ? [Excerpt.Of(example, MaxExampleChars, "...")] : []
                    )
                );
        }
    }

    /// <summary>What was noted and not taken out, the busiest rule first.</summary>
    public IReadOnlyList<LeftOut> Read()
    {
        lock (_gate)
            return [.. _counts.Values.OrderByDescending(rule => rule.Count).ThenBy(rule => rule.Rule, StringComparer.Ordinal)];
    }

    /// <summary>Takes out all that was noted since the last time.</summary>
    internal IReadOnlyCollection<LeftOut> Take()
    {
        lock (_gate)
        {
            var taken = _counts;
            _counts = [];
            return taken.Values;
        }
    }

    /// <summary>Gives back what could not be written.</summary>
    internal void PutBack(IEnumerable<LeftOut> counts)
    {
        lock (_gate)
        {
            foreach (var count in counts)
                Add(count);
        }
    }

    private void Add(LeftOut count)
    {
        var key = (count.Kind, count.Rule);
        if (_counts.TryGetValue(key, out var known))
            _counts[key] = known + count;
        else if (_counts.Count < MaxRules)
            _counts[key] = count;
    }
}
