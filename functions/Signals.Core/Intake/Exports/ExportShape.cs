using System.Text.Json;
using Signals.Core.Intake.Events;

namespace Signals.Core.Intake.Exports;

/// <summary>Whose raw events an object is.</summary>
public enum ExportShape
{
    /// <summary>Segment's messages, as Segment, RudderStack and Customer.io's Data Pipelines write them to a bucket.</summary>
    Segment,

    /// <summary>An event of PostHog's exports and API: <c>event</c>, <c>distinct_id</c>, <c>properties</c>.</summary>
    PostHog,

    /// <summary>An event of Mixpanel's raw export: <c>event</c>, and <c>distinct_id</c> and <c>time</c> among <c>properties</c>.</summary>
    Mixpanel,

    /// <summary>A profile of Mixpanel: <c>$distinct_id</c> and <c>$properties</c>.</summary>
    MixpanelProfile,

    /// <summary>An event of Amplitude's Export API: <c>event_type</c>, <c>user_id</c>, <c>device_id</c>.</summary>
    Amplitude,

    /// <summary>An activity of Customer.io's App API: <c>type</c>, <c>customer_id</c>, <c>name</c>.</summary>
    CustomerIoActivity,

    /// <summary>An entry of Customer.io's Track API v2: <c>type</c>, <c>identifiers</c>, <c>action</c>.</summary>
    CustomerIoEntry,

    /// <summary>What Customer.io tells by webhook of its own messages: <c>metric</c>, <c>object_type</c>. No usage.</summary>
    CustomerIoMessage,

    /// <summary>Nothing that is known.</summary>
    Unknown,
}

/// <summary>Tells shapes apart by the names in an object, without reading its values.</summary>
public static class ExportShapes
{
    /// <summary>What people call the one who wrote it.</summary>
    public static string Name(this ExportShape shape) =>
        shape switch
        {
            ExportShape.Segment => "Segment's messages",
            ExportShape.PostHog => "PostHog's events",
            ExportShape.Mixpanel => "Mixpanel's events",
            ExportShape.MixpanelProfile => "Mixpanel's profiles",
            ExportShape.Amplitude => "Amplitude's events",
            ExportShape.CustomerIoActivity => "Customer.io's activities",
            ExportShape.CustomerIoEntry => "Customer.io's entries",
            ExportShape.CustomerIoMessage => "Customer.io's messages",
            _ => "an unknown shape",
        };

    internal static ExportShape Of(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return ExportShape.Unknown;
        string? type = item.Text("type");
        if (type is not null && EventTypes.All.Contains(type, StringComparer.Ordinal))
            return ExportShape.Segment;
        if (item.Has("event_type") && (item.Has("user_id") || item.Has("device_id") || item.Has("amplitude_id")))
            return ExportShape.Amplitude;
        if (item.Has("event") && (item.Has("distinct_id") || item.Has("person_id")))
            return ExportShape.PostHog;
        if (item.Has("event") && item.Object("properties") is { } properties)
            return properties.Has("distinct_id") && (properties.Has("time") || properties.Has("$insert_id")) ? ExportShape.Mixpanel
                : properties.Has("$lib") || properties.Has("distinct_id") ? ExportShape.PostHog
                : ExportShape.Unknown;
        if (item.Has("$distinct_id") && item.Has("$properties"))
            return ExportShape.MixpanelProfile;
        if (item.Has("metric") && item.Has("object_type"))
            return ExportShape.CustomerIoMessage;
        if (item.Has("identifiers") && item.Has("action"))
            return ExportShape.CustomerIoEntry;
        return type is not null && (item.Has("customer_id") || item.Has("customer_identifiers"))
            ? ExportShape.CustomerIoActivity
            : ExportShape.Unknown;
    }
}
