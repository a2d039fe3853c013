using Signals.Core.Platform.Serialization;

namespace Signals.Core.State.People;

/// <summary>That a message about a cause was planned for a person (or an alert for an account): what cooldowns go by.</summary>
public sealed record OutreachMemory(string Cause, string? Detail, DateTimeOffset PlannedAt, string OutreachId, string Person)
{
    public const int Capacity = 24;

    public static void Add(List<OutreachMemory> memories, IEnumerable<OutreachMemory> added)
    {
        foreach (var memory in added)
        {
            if (memories.All(known => known.OutreachId != memory.OutreachId))
                memories.Add(memory);
        }
        memories.Sort(
            (a, b) => a.PlannedAt != b.PlannedAt ? a.PlannedAt.CompareTo(b.PlannedAt) : string.CompareOrdinal(a.OutreachId, b.OutreachId)
        );
        if (memories.Count > Capacity)
            memories.RemoveRange(0, memories.Count - Capacity);
    }

    public static void Write(PackWriter writer, List<OutreachMemory> memories)
    {
        writer.Count(memories.Count);
        foreach (var memory in memories)
        {
            writer.Text(memory.Cause);
            writer.Text(memory.Detail);
            writer.Time(memory.PlannedAt);
            writer.Text(memory.OutreachId);
            writer.Text(memory.Person);
        }
    }

    public static List<OutreachMemory> Read(ref PackReader reader)
    {
        var memories = new List<OutreachMemory>();
        for (int count = reader.Count(); count > 0; count--)
            memories.Add(new OutreachMemory(reader.Text() ?? "", reader.Text(), reader.Time(), reader.Text() ?? "", reader.Text() ?? ""));
        return memories;
    }
}
