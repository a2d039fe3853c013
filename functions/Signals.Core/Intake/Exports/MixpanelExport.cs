using System.Text.Json;

namespace Signals.Core.Intake.Exports;

/// <summary>
/// Mixpanel's raw events (<c>/api/2.0/export</c>) and profiles. <c>distinct_id</c> is a person, a device where it begins with
/// <c>$device:</c>; the account is whatever property is said to name it, for Mixpanel's groups are ordinary properties. Times of projects
/// from before 2023 are in the project's own zone, and come in as if they were UTC: nothing in the file says which zone.
/// </summary>
internal static class MixpanelExport
{
    private const string Device = "$device:";

    public static string? Map(ExportItem source)
    {
        var properties = source.Json.Object("properties")!.Value;
        string? id = properties.Text("$insert_id");
        var time = properties.Member("time");
        string? distinct = properties.Text("distinct_id");
        bool isDevice = distinct?.StartsWith(Device, StringComparison.Ordinal) == true;
        string? user = properties.Text("$user_id") ?? (isDevice ? null : distinct),
            device = properties.Text("$device_id") ?? (isDevice ? distinct![Device.Length..] : null);
        var who = new Who(user, user is null ? device : null, source.GroupOf(properties));
        string name = source.Json.Text("event") ?? "";
        switch (name)
        {
            case "$identify":
                if (properties.Text("$identified_id") is { } identified && properties.Text("$anon_id") is { } anonymous)
                    source.Messages.Identify(id, new Who(identified, anonymous.Replace(Device, "", StringComparison.Ordinal)), time);
                return null;
            case "$create_alias":
                if (properties.Text("alias") is { } alias && distinct is not null && alias != distinct)
                    source.Messages.Alias(id, distinct, alias, time);
                return null;
            case "$merge":
                string[] ids =
                [
                    .. properties.Member("$distinct_ids") is { ValueKind: JsonValueKind.Array } merged
                        ? merged.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)
                        : [],
                ];
                if (ids is [var first, var second, ..])
                    source.Messages.Alias(id, second, first, time);
                return null;
            case "$mp_web_page_view":
                source.Messages.Page(id, who, time, properties);
                break;
            default:
                source.Messages.Track(id, who, time, name, Own(properties));
                break;
        }
        // Projects that merge ids by themselves write both into the events from then on, and no event of its own.
        if (user is not null && device is not null)
            source.Link(user, device, id, time);
        return null;
    }

    public static string? MapProfile(ExportItem source)
    {
        var properties = source.Json.Object("$properties");
        if (source.Json.Text("$distinct_id") is not { } user)
            return "a profile without an id";
        source.Messages.Identify(null, new Who(user, null, source.GroupOf(properties)), properties?.Member("$last_seen"), properties);
        return null;
    }

    /// <summary>Without what the event's own fields say already.</summary>
    private static JsonElement Own(JsonElement properties)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var member in properties.EnumerateObject().Where(member => member.Name is not ("time" or "distinct_id")))
                member.WriteTo(json);
            json.WriteEndObject();
        }
        using var own = JsonDocument.Parse(stream.ToArray());
        return own.RootElement.Clone();
    }
}
