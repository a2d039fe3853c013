using System.Runtime.InteropServices;

namespace Signals.Backtesting.Inference;

/// <summary>What a duration counts in, by its name; without a unit in it, seconds, which is said to be a guess.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DurationUnit(string Name, double ToMinutes, bool IsGuess)
{
    public static DurationUnit? Of(NameWords words)
    {
        if (words.Has("ago.", "late", "early", "until", "since", "delay", "timeout", "load", "latency", "response", "ttl", "age."))
            return null;
        bool isTime = words.Has("duration", "elapsed", "spent", "length", "playtime", "watchtime", "dwell", "engagement");
        if (words.Has("ms.", "msec", "millis") || (isTime && words.Holds("milli")))
            return new DurationUnit("milliseconds", 1.0 / 60_000, false);
        if (words.Has("seconds", "secs.", "sec."))
            return new DurationUnit("seconds", 1.0 / 60, false);
        if (words.Has("minutes", "mins.", "min.") && !words.Has("max"))
            return new DurationUnit("minutes", 1, false);
        if (words.Has("hours", "hrs."))
            return new DurationUnit("hours", 60, false);
        return isTime && !words.Has("text", "name", "word", "query", "title", "password")
            ? new DurationUnit("seconds", 1.0 / 60, true)
            : null;
    }
}
