using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace Signals.Testing.Faults;

/// <summary>What happens in a run, line by line, and what must hold in it.</summary>
public sealed class FaultStory(int seed)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly StringBuilder _lines = new();

    public void Tell(string what)
    {
        lock (_lines)
            _lines.AppendLine(CultureInfo.InvariantCulture, $"{_clock.Elapsed.TotalSeconds, 6:0.0} s  {what}");
    }

    /// <summary>Fails the run with its seed and all that happened.</summary>
    public void Insist(bool holds, string otherwise)
    {
        if (!holds)
            Assert.Fail($"Seed {seed}: {otherwise}.\n{this}");
    }

    public override string ToString()
    {
        lock (_lines)
            return _lines.ToString();
    }
}
