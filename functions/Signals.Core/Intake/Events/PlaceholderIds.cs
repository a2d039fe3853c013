using System.Collections.Frozen;

namespace Signals.Core.Intake.Events;

/// <summary>
/// Words that programs send as an id when they have none. Taken for ids they would make one person of all visitors and one account of all
/// companies, so events with them go to quarantine.
/// </summary>
internal static class PlaceholderIds
{
    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
        [
            "undefined",
            "null",
            "nil",
            "none",
            "nan",
            "n/a",
            "na",
            "unknown",
            "anonymous",
            "guest",
            "not set",
            "(not set)",
            "[object object]",
            "object object",
            "true",
            "false",
            "0",
            "-1",
            "00000000-0000-0000-0000-000000000000",
            "00000000000000000000000000000000",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Whatever the case, with space or quotes around it.</summary>
    public static bool Contains(string id) =>
        Words.Contains(id) || Words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(id.AsSpan().Trim(" \t\"'"));
}
