using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Signals.Core.Intake.Events;

/// <summary>
/// Decodes UTF-8, giving back the string of last time for text that comes again: event names, groups and libraries repeat
/// within a batch. Not for use by several threads at once.
/// </summary>
/// <param name="slots">How many strings it keeps at most, a power of two.</param>
internal sealed class TextCache(int slots = TextCache.UsualSlots)
{
    public const int UsualSlots = 64;

    private const int LongestKept = 64;

    private readonly string[] _slots = new string[slots];
    private readonly int _shift = 32 - BitOperations.Log2((uint)slots);

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "";
        if (utf8.Length > LongestKept)
            return Encoding.UTF8.GetString(utf8);
        ref string slot = ref _slots[Slot(utf8)];
        if (slot is null || slot.Length != utf8.Length || !Ascii.Equals(utf8, slot))
            slot = Encoding.UTF8.GetString(utf8);
        return slot;
    }

    private int Slot(ReadOnlySpan<byte> utf8)
    {
        uint hash = (uint)utf8.Length;
        if (utf8.Length >= sizeof(uint))
            hash = (hash * 31) + MemoryMarshal.Read<uint>(utf8) + (MemoryMarshal.Read<uint>(utf8[^sizeof(uint)..]) * 0x9E3779B1);
        else
            hash = (hash * 31) + utf8[0];
        return (int)((hash * 0x85EBCA6B) >> _shift);
    }
}
