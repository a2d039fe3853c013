using System.Runtime.InteropServices;

namespace Signals.Backtesting.Inference;

/// <summary>What a person did.</summary>
public sealed class PersonFacts
{
    private readonly Dictionary<int, NameUse> _uses = [];

    public string? Account { get; internal set; }

    public string? Plan { get; internal set; }

    /// <summary>The first and last thing they did, in Unix seconds; 0 for nothing.</summary>
    public long First { get; private set; }

    public long Last { get; private set; }

    public IReadOnlyDictionary<int, NameUse> Uses => _uses;

    public NameUse? Of(NameFacts name) => _uses.TryGetValue(name.Index, out var use) ? use : null;

    internal ref NameUse Use(int name) => ref CollectionsMarshal.GetValueRefOrAddDefault(_uses, name, out _);

    internal void Saw(DateTimeOffset at)
    {
        long moment = at.ToUnixTimeSeconds();
        First = First == 0 || moment < First ? moment : First;
        Last = Math.Max(Last, moment);
    }
}

/// <summary>How a person used a name: how often, on how many days, when first and last (Unix seconds), and the minutes it took.</summary>
[StructLayout(LayoutKind.Auto)]
public struct NameUse
{
    public int Count;
    public int Days;
    public int LastDay;
    public long First;
    public long Last;
    public double Duration;
}
