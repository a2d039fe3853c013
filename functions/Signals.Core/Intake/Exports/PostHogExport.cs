using System.Text.Json;

namespace Signals.Core.Intake.Exports;

/// <summary>
/// PostHog's events, as its batch exports (JSONLines; Parquet's columns where somebody wrote them as JSON) and its API write them. A person
/// is <c>distinct_id</c> unless that is the device's, the account the group type that is called company, organization and the like, or the
/// first there is.
/// </summary>
internal static class PostHogExport
{
    public static string? Map(ExportItem source)
    {
        var item = source.Json;
        var properties = item.Object("properties");
        string? id = item.Text("uuid") ?? item.Text("id");
        var time = item.Member("timestamp") ?? properties?.Member("timestamp");
        string? distinct = item.Text("distinct_id") ?? properties?.Text("distinct_id");
        var who = WhoOf(distinct, properties) with
        {
            GroupId = source.GroupOf(properties) ?? GroupTypes.AccountOf(properties?.Object("$groups")) ?? properties?.Text("$group_0"),
        };
        var set = item.Object("$set") ?? properties?.Object("$set");
        var setOnce = item.Object("$set_once") ?? properties?.Object("$set_once");
        var person = item.Object("person_properties") ?? item.Member("person")?.Object("properties");
        string name = item.Text("event") ?? "";
        switch (name)
        {
            case "$identify":
            case "$set":
                if (properties?.Text("$anon_distinct_id") is { } device && distinct is not null && device != distinct)
                    who = who with { UserId = distinct, AnonymousId = device };
                source.Messages.Identify(id, who, time, set, setOnce, person);
                return null;
            case "$create_alias" or "$merge_dangerously" when distinct is not null && properties?.Text("alias") is { } alias:
                source.Messages.Alias(id, alias, distinct, time);
                return null;
            case "$groupidentify":
                string? key = properties?.Text("$group_key");
                source.Messages.Group(id, who with { GroupId = key }, time, properties?.Object("$group_set"));
                return null;
            case "$pageview":
                source.Messages.Page(id, who, time, properties);
                break;
            case "$screen":
                source.Messages.Screen(id, who, time, properties);
                break;
            default:
                source.Messages.Track(id, who, time, name, properties);
                break;
        }
        if (who.UserId is { } user)
            source.Tell(user, set ?? person, id, time);
        return null;
    }

    private static Who WhoOf(string? distinct, JsonElement? properties)
    {
        if (properties?.Text("$user_id") is { } user)
            return new Who(user, null);
        bool isDevice = properties?.Bool("$is_identified") == false || (distinct is not null && properties?.Text("$device_id") == distinct);
        return isDevice ? new Who(null, distinct) : new Who(distinct, null);
    }
}
