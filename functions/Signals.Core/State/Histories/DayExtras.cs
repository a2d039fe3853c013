using Signals.Core.Platform.Statistics;

namespace Signals.Core.State.Histories;

/// <summary>What few days of few histories have.</summary>
internal sealed class DayExtras
{
    public int Overflow { get; set; }

    public int People { get; set; }

    public SortedDictionary<int, DistinctSketch>? Sketches { get; private set; }

    public DistinctSketch Sketch(int key)
    {
        Sketches ??= [];
        if (!Sketches.TryGetValue(key, out var sketch))
            Sketches[key] = sketch = new DistinctSketch();
        return sketch;
    }

    public void Read(int key, DistinctSketch sketch) => (Sketches ??= [])[key] = sketch;
}
