using System.Runtime.InteropServices;

namespace Signals.Core.Intake.Events;

/// <summary>
/// Where an event stood in its body, for faults: an item of <paramref name="List"/>, or the body itself when that is null.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventPlace(int Index, string? List)
{
    public static EventPlace Alone { get; } = new(0, null);

    public EventFault Fault(string field, string found, string expected) => new(Index, Path(field), found, expected);

    private string Path(string field) =>
        (List, field) switch
        {
            (null, "") => "event",
            (null, _) => field,
            (_, "") => $"{List}[{Index}]",
            _ => $"{List}[{Index}].{field}",
        };
}
