namespace Signals.Core.Model.Reading;

/// <summary>Which other systems are told what happens.</summary>
internal static class WebhooksSection
{
    private const int MaxEndpoints = 10;

    private static readonly Dictionary<string, WebhookFormat> Formats = new(StringComparer.Ordinal)
    {
        ["plain"] = WebhookFormat.Plain,
        ["cloudevents"] = WebhookFormat.CloudEvents,
    };

    private static readonly Dictionary<string, string> Names = WebhookEvents
        .All.Order(StringComparer.Ordinal)
        .ToDictionary(name => name, StringComparer.Ordinal);

    public static IReadOnlyList<WebhookEndpoint> Read(ObjectReader model)
    {
        var endpoints = model.Declarations(
            "webhooks",
            "a list of systems that are told",
            ReferenceKind.Webhook,
            static (id, endpoint) =>
                new WebhookEndpoint(
                    id,
                    endpoint.Find("url") is { } place
                        ? OutreachSections.ReadWebhookUrl(endpoint, place, Expect.WebhookUrl) ?? ""
                        : endpoint.Require("url", Expect.WebhookUrl, ""),
                    endpoint.List("events", Expect.OneOf(Names)) is { Count: > 0 } named
                        ? named.ToHashSet(StringComparer.Ordinal)
                        : WebhookEvents.All,
                    endpoint.Read("format", Expect.OneOf(Formats), WebhookFormat.Plain)
                )
        );
        if (endpoints.Count > MaxEndpoints)
            model.RefuseProperty("webhooks", $"at most {MaxEndpoints}", $"{endpoints.Count} entries");
        return endpoints;
    }
}
