using System.Diagnostics;
using System.Globalization;

namespace Signals.Testing.Faults;

/// <summary>
/// Which seeded runs are played: <c>SIGNALS_FAULT_SEED</c> plays one again (<c>58</c>) or some (<c>100-140</c>); else as many from 1 on as
/// <see cref="LongTests"/> asks for. <c>SIGNALS_FAULT_MINUTES</c> begins none after so many minutes.
/// </summary>
public static class FaultSeeds
{
    private const string Variable = "SIGNALS_FAULT_SEED";
    private const string LimitVariable = "SIGNALS_FAULT_MINUTES";

    /// <summary>Whether somebody asked for these seeds, and wants to read what happened.</summary>
    public static bool AreAsked => Asked() is not null;

    /// <summary>The seeds to play, as far as time lasts.</summary>
    public static IEnumerable<int> Of(int few, int many, int most)
    {
        long began = Stopwatch.GetTimestamp();
        return (Asked() ?? Enumerable.Range(1, LongTests.Samples(few, many, most))).TakeWhile(_ => Stopwatch.GetElapsedTime(began) < Limit);
    }

    private static TimeSpan Limit =>
        int.TryParse(Environment.GetEnvironmentVariable(LimitVariable), NumberStyles.None, null, out int minutes)
            ? TimeSpan.FromMinutes(minutes)
            : TimeSpan.MaxValue;

    private static int[]? Asked()
    {
        string[] ends = (Environment.GetEnvironmentVariable(Variable) ?? "").Split('-');
        return
            int.TryParse(ends[0], NumberStyles.None, null, out int first)
            && int.TryParse(ends[^1], NumberStyles.None, null, out int last)
            && first <= last
            ? [.. Enumerable.Range(first, last - first + 1)]
            : null;
    }
}
