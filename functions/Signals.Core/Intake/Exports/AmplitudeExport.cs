namespace Signals.Core.Intake.Exports;

/// <summary>
/// Amplitude's events, as its Export API (a zip of gzipped lines) and its buckets hold them. <c>event_time</c> is UTC;
/// <c>user_properties</c> stand in every event and are told when they change; the account is the group type called company and the like,
/// or the first.
/// </summary>
internal static class AmplitudeExport
{
    public static string? Map(ExportItem source)
    {
        var item = source.Json;
        string? id = item.Text("uuid") ?? item.Text("$insert_id") ?? item.Text("insert_id");
        var time = item.Member("event_time") ?? item.Member("client_event_time");
        string? user = item.Text("user_id"),
            device = item.Text("device_id");
        var properties = item.Object("event_properties");
        var traits = item.Object("user_properties");
        string? group = source.GroupOf(properties) ?? source.GroupOf(traits) ?? GroupTypes.AccountOf(item.Object("groups"));
        var who = new Who(user, user is null ? device : null, group);
        string name = item.Text("event_type") ?? "";
        switch (name)
        {
            case "$identify":
                source.Messages.Identify(id, who, time, traits);
                break;
            case "$groupidentify":
                source.Messages.Group(id, who, time, item.Object("group_properties"));
                return null;
            case "[Amplitude] Page Viewed":
                source.Messages.Page(id, who, time, properties);
                break;
            case "[Amplitude] Screen Viewed":
                source.Messages.Screen(id, who, time, properties);
                break;
            default:
                source.Messages.Track(id, who, time, name, properties);
                break;
        }
        if (user is null)
            return null;
        if (device is not null)
            source.Link(user, device, id, time);
        if (name != "$identify")
            source.Tell(user, traits, id, time);
        return null;
    }
}
