namespace Signals.Local.Backtest;

/// <summary>Lines that are no events: how many, and the first few with what was found and expected.</summary>
public sealed class BadLines
{
    public const int MaxKept = 5;

    private readonly List<string> _first = [];

    public long Count { get; private set; }

    /// <summary>One sentence each, such as "line 7: found the number 3, expected an object".</summary>
    public IReadOnlyList<string> First => _first;

    public void Add(long line, string path, string found, string expected)
    {
        Count++;
        if (_first.Count < MaxKept)
            _first.Add($"line {line}{(path.Length == 0 ? "" : $", {path}")}: found {found}, expected {expected}");
    }
}
