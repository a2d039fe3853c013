using System.Text.Json;

namespace Signals.Core.Intake.Exports;

/// <summary>
/// Customer.io: activities of its App API, entries of its Track API v2. What its Data Pipelines write is Segment's shape. Activities that
/// tell of its own messages, segments and attributes one by one are no usage.
/// </summary>
internal static class CustomerIoExport
{
    public static string? MapActivity(ExportItem source)
    {
        var item = source.Json;
        var data = item.Object("data");
        string? id = item.Text("id");
        var time = item.Member("timestamp");
        var who = new Who(
            item.Text("customer_id") ?? PersonOf(item.Object("customer_identifiers")),
            data?.Text("anonymous_id"),
            source.GroupOf(data)
        );
        switch (item.Text("type"))
        {
            case "event":
                source.Messages.Track(id, who, time, item.Text("name") ?? "", data);
                return null;
            case "page":
                source.Messages.Page(id, who, time, data);
                return null;
            case "screen":
                source.Messages.Screen(id, who, time, data);
                return null;
            default:
                return $"activities of type {item.Text("type")} are no usage";
        }
    }

    public static string? MapEntry(ExportItem source)
    {
        var item = source.Json;
        var attributes = item.Object("attributes");
        string? id = item.Text("id");
        var time = item.Member("timestamp");
        bool isObject = item.Text("type") == "object";
        string? person = PersonOf(item.Object("identifiers"));
        var who = new Who(person, person is null ? item.Object("identifiers")?.Text("anonymous_id") : null, source.GroupOf(attributes));
        switch (item.Text("action"))
        {
            case "event" when !isObject:
                source.Messages.Track(id, who, time, item.Text("name") ?? "", attributes);
                return null;
            case "page" when !isObject:
                source.Messages.Page(id, who, time, attributes);
                return null;
            case "screen" when !isObject:
                source.Messages.Screen(id, who, time, attributes);
                return null;
            case "identify" when !isObject:
                source.Messages.Identify(id, who, time, attributes);
                return null;
            case "merge" when !isObject && PersonOf(item.Object("primary")) is { } kept && PersonOf(item.Object("secondary")) is { } merged:
                source.Messages.Alias(id, merged, kept, time);
                return null;
            default:
                return $"{(isObject ? "objects" : "entries")} with the action {item.Text("action")} are no usage";
        }
    }

    private static string? PersonOf(JsonElement? identifiers) =>
        identifiers?.Text("id") ?? identifiers?.Text("email") ?? (identifiers?.Text("cio_id") is { } own ? $"cio_{own}" : null);
}
