using System.Text.Json;

namespace Signals.Core.Model.Doors;

/// <summary>One step of a <see cref="DoorPath"/>, from a value to some of those in it.</summary>
internal abstract record DoorStep
{
    public abstract IEnumerable<JsonElement> From(JsonElement value);

    /// <summary>A member of an object.</summary>
    public sealed record Member(string Name) : DoorStep
    {
        public override IEnumerable<JsonElement> From(JsonElement value)
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(Name, out var found))
                yield return found;
        }
    }

    /// <summary>An element of a list, from its end where it is negative.</summary>
    public sealed record Element(int Index) : DoorStep
    {
        public override IEnumerable<JsonElement> From(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Array)
                yield break;
            int length = value.GetArrayLength();
            int at = Index < 0 ? length + Index : Index;
            if (at >= 0 && at < length)
                yield return value[at];
        }
    }

    /// <summary>Everything in a list or an object.</summary>
    public sealed record Each : DoorStep
    {
        public override IEnumerable<JsonElement> From(JsonElement value) => ValuesOf(value);
    }

    /// <summary>Everything in a list or an object of which something is true.</summary>
    /// <param name="Steps">From each of them to what is compared.</param>
    /// <param name="Wanted">What it is compared with, as text; null for whatever is there.</param>
    /// <param name="Differs">True where it must be something else.</param>
    public sealed record Where(IReadOnlyList<DoorStep> Steps, string? Wanted, bool Differs) : DoorStep
    {
        public override IEnumerable<JsonElement> From(JsonElement value) => ValuesOf(value).Where(Holds);

        private bool Holds(JsonElement value)
        {
            var found = DoorPath.Follow(Steps, value);
            if (Wanted is null)
                return found.Count > 0 != Differs;
            return found.Any(one => string.Equals(DoorText.Of(one), Wanted, StringComparison.Ordinal)) != Differs;
        }
    }

    private static IEnumerable<JsonElement> ValuesOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray(),
            JsonValueKind.Object => value.EnumerateObject().Select(member => member.Value),
            _ => [],
        };
}

/// <summary>What stands in a payload, as text.</summary>
public static class DoorText
{
    /// <summary>A text as it is, a number as it was written, true and false; null for what is none of these, or blank.</summary>
    public static string? Of(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
}
