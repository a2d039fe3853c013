using System.Net;

namespace Signals.Web.Alerts;

/// <summary>How webhooks are posted to.</summary>
public sealed class WebhookOptions
{
    /// <summary>Private networks that webhooks may reach all the same, as a chat server inside. Default: none.</summary>
    public IReadOnlyList<IPNetwork> PrivateNetworks { get; init; } = [];

    /// <summary>After this without an answer it is not known whether the post arrived. Default: 10 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
