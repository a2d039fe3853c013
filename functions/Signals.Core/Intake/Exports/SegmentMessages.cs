using System.Buffers;
using System.Text.Json;

namespace Signals.Core.Intake.Exports;

/// <summary>Whom an event is of, in Segment's words.</summary>
internal readonly record struct Who(string? UserId, string? AnonymousId, string? GroupId = null);

/// <summary>Writes Segment's messages, the one shape in which events are read.</summary>
internal sealed class SegmentMessages
{
    private readonly List<byte[]> _messages = [];

    public IReadOnlyList<byte[]> Written => _messages;

    public void Track(string? id, Who who, JsonElement? time, string name, JsonElement? properties) =>
        Add("track", id, who, time, name, "properties", properties is { } known ? [known] : []);

    public void Page(string? id, Who who, JsonElement? time, JsonElement? properties) =>
        Add("page", id, who, time, null, "properties", properties is { } known ? [known] : []);

    public void Screen(string? id, Who who, JsonElement? time, JsonElement? properties) =>
        Add("screen", id, who, time, null, "properties", properties is { } known ? [known] : []);

    /// <param name="id">The message's id.</param>
    /// <param name="who">Whom it is about.</param>
    /// <param name="time">When.</param>
    /// <param name="traits">Objects that are laid over each other, the first of them on top.</param>
    public void Identify(string? id, Who who, JsonElement? time, params JsonElement?[] traits) =>
        Add("identify", id, who, time, null, "traits", [.. traits.OfType<JsonElement>()]);

    public void Group(string? id, Who who, JsonElement? time, JsonElement? traits) =>
        Add("group", id, who, time, null, "traits", traits is { } known ? [known] : []);

    public void Alias(string? id, string previousId, string userId, JsonElement? time)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "alias");
            WriteText(json, "messageId", id);
            WriteMoment(json, time);
            json.WriteString("previousId", previousId);
            json.WriteString("userId", userId);
            json.WriteEndObject();
        }
        _messages.Add(buffer.WrittenSpan.ToArray());
    }

    private void Add(string type, string? id, Who who, JsonElement? time, string? name, string payload, IReadOnlyList<JsonElement> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            WriteText(json, "messageId", id);
            WriteMoment(json, time);
            WriteText(json, "userId", who.UserId);
            WriteText(json, "anonymousId", who.AnonymousId);
            WriteText(json, "event", name);
            WriteGroup(json, type, who.GroupId);
            json.WriteStartObject(payload);
            WriteMembers(json, members.SelectMany(known => known.EnumerateObject()), new HashSet<string>(StringComparer.Ordinal));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        _messages.Add(buffer.WrittenSpan.ToArray());
    }

    /// <summary>The account: a group call's own, of any other call its context's.</summary>
    public static void WriteGroup(Utf8JsonWriter json, string type, string? groupId)
    {
        if (groupId is null)
            return;
        if (type != "group")
            json.WriteStartObject("context");
        json.WriteString("groupId", groupId);
        if (type != "group")
            json.WriteEndObject();
    }

    /// <summary>Properties or traits under the names that Segment has for them; the first of several with one name counts.</summary>
    public static void WriteMembers(Utf8JsonWriter json, IEnumerable<JsonProperty> members, HashSet<string> written)
    {
        foreach (var member in members)
        {
            // What others write of themselves begins with a dollar sign; a few of these are what Segment has a name for.
            string? known = VendorNames.Of(member.Name);
            if (known is null || member.Value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || !written.Add(known))
                continue;
            json.WritePropertyName(known);
            member.Value.WriteTo(json);
        }
    }

    private static void WriteMoment(Utf8JsonWriter json, JsonElement? time)
    {
        if (time is not { } moment)
            return;
        json.WritePropertyName("timestamp");
        moment.WriteTo(json);
    }

    public static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}

/// <summary>Others' own names of properties and traits.</summary>
internal static class VendorNames
{
    /// <summary>The name under which it is kept; null for what says something of the device or of the other service alone.</summary>
    public static string? Of(string name) =>
        name switch
        {
            "$email" => "email",
            "$name" => "name",
            "$first_name" => "firstName",
            "$last_name" => "lastName",
            "$created" => "createdAt",
            "$timezone" => "timezone",
            "$current_url" => "url",
            "$pathname" => "path",
            "$screen_name" => "name",
            "$exception_message" => "message",
            "$exception_type" => "type",
            _ => name.StartsWith('$') || name.StartsWith("mp_", StringComparison.Ordinal) ? null : name,
        };
}
