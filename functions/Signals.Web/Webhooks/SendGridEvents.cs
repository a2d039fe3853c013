using System.Text.Json;
using Signals.Core.Platform.Serialization;
using Signals.Core.Response.Delivery;

namespace Signals.Web.Webhooks;

/// <summary>Reads SendGrid's event posts. Source: Twilio SendGrid, "Event Webhook reference".</summary>
internal static class SendGridEvents
{
    /// <summary>An earlier or later time is nobody's clock.</summary>
    private static readonly long LatestSecond = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    /// <summary>
    /// The reports that a post holds. Those that Signals does not act on (opens, clicks, deferrals) are left out; one that names no mail of
    /// Signals' is about its address.
    /// </summary>
    /// <exception cref="JsonException">The body is no JSON array of objects.</exception>
    public static IReadOnlyList<DeliveryReport> Read(ReadOnlyMemory<byte> body)
    {
        using var document = ForeignJson.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new JsonException($"Found {document.RootElement.ValueKind}, expected an array of events.");
        var reports = new List<DeliveryReport>();
        foreach (var item in document.RootElement.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
                throw new JsonException($"Found {item.ValueKind} among the events, expected objects.");
            if (Report(item) is { } report)
                reports.Add(report);
        }
        return reports;
    }

    private static DeliveryReport? Report(JsonElement item)
    {
        string? id = Text(item, DeliveryReport.IdArgument),
            email = Text(item, "email");
        if (
            (id ?? email) is null
            || KindOf(item) is not { } kind
            || !item.TryGetProperty("timestamp", out var stamp)
            || stamp.ValueKind != JsonValueKind.Number
            || !stamp.TryGetInt64(out long seconds)
            || seconds < 0
            || seconds > LatestSecond
        )
            return null;
        return new DeliveryReport(id, kind, DateTimeOffset.FromUnixTimeSeconds(seconds), Text(item, "reason"), email);
    }

    private static DeliveryEvent? KindOf(JsonElement item) =>
        Text(item, "event") switch
        {
            "processed" => DeliveryEvent.Accepted,
            "dropped" => DropOf(Text(item, "reason") ?? ""),
            "delivered" => DeliveryEvent.Delivered,
            "bounce" => Text(item, "type") == "blocked" ? DeliveryEvent.Blocked : DeliveryEvent.Bounced,
            "spamreport" => DeliveryEvent.SpamReport,
            "unsubscribe" => DeliveryEvent.Unsubscribed,
            "group_unsubscribe" => DeliveryEvent.TopicUnsubscribed,
            _ => null,
        };

    /// <summary>
    /// A drop's reason names the list of SendGrid's that the address stands on. "Invalid" is an address that can't be one; "Invalid SMTPAPI
    /// header" and the rest are about the mail or the plan.
    /// </summary>
    private static DeliveryEvent DropOf(string reason) =>
        reason.Trim() switch
        {
            var said when said.StartsWith("Bounced Address", StringComparison.OrdinalIgnoreCase) => DeliveryEvent.DroppedAsBounced,
            var said when said.Equals("Invalid", StringComparison.OrdinalIgnoreCase) => DeliveryEvent.DroppedAsBounced,
            var said when said.StartsWith("Spam Reporting Address", StringComparison.OrdinalIgnoreCase) =>
                DeliveryEvent.DroppedAsSpamReported,
            var said when said.StartsWith("Unsubscribed Address", StringComparison.OrdinalIgnoreCase) =>
                DeliveryEvent.DroppedAsUnsubscribed,
            _ => DeliveryEvent.Dropped,
        };

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
