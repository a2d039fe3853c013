using System.Collections.Frozen;
using Signals.Core.State.Seen;

namespace Signals.Local.Backtest;

/// <summary>Lines that are no events: how many, and the first few with what was found and expected.</summary>
public sealed class BadLines
{
    public const int MaxKept = 5;

    private readonly List<string> _first = [];
    private readonly NameTally _rules = new(FrozenSet<string>.Empty);

    public long Count { get; private set; }

    /// <summary>One sentence each, such as "line 7: found the number 3, expected an object".</summary>
    public IReadOnlyList<string> First => _first;

    /// <summary>The rules that they broke: where the fault was and what was expected there.</summary>
    public IReadOnlyList<NameCount> Rules => _rules.Names;

    public void Add(long line, string path, string found, string expected)
    {
        Count++;
        _rules.Add(path.Length == 0 ? $"expected {expected}" : $"{path}: expected {expected}", DateTimeOffset.UnixEpoch);
        if (_first.Count < MaxKept)
            _first.Add($"line {line}{(path.Length == 0 ? "" : $", {path}")}: found {found}, expected {expected}");
    }
}
