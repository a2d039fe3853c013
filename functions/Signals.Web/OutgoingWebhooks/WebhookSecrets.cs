using System.Buffers.Text;
using Signals.Core.Model;

namespace Signals.Web.OutgoingWebhooks;

/// <summary>
/// By which keys what an endpoint is told is signed: <c>id=whsec_…</c>, separated by commas. An id named twice is signed by both, so that a
/// secret can be changed without an event being refused.
/// </summary>
public sealed class WebhookSecrets
{
    /// <summary>What a setting holds, for whoever set another thing.</summary>
    public const string Expected =
        "\"id=whsec_...\" for each webhook of the model, separated by commas, the secret 24 to 64 bytes in base64";

    private const string Prefix = "whsec_";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;
    private const int MaxOfEndpoint = 3;

    private readonly ILookup<string, byte[]> _keys;

    private WebhookSecrets(IEnumerable<(string Id, byte[] Key)> keys) =>
        _keys = keys.ToLookup(key => key.Id, key => key.Key, StringComparer.Ordinal);

    public static WebhookSecrets None { get; } = new([]);

    /// <summary>None of an endpoint that is told nothing for want of one.</summary>
    public IEnumerable<byte[]> Of(WebhookEndpoint endpoint) => _keys[endpoint.Id];

    /// <summary>Null for what cannot be used; none for no text.</summary>
    public static WebhookSecrets? Parse(string? text)
    {
        var keys = new List<(string, byte[])>();
        foreach (string part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || KeyOf(part[(at + 1)..].Trim()) is not { } key)
                return null;
            keys.Add((part[..at].Trim(), key));
        }
        var secrets = new WebhookSecrets(keys);
        return secrets._keys.All(own => own.Count() <= MaxOfEndpoint) ? secrets : null;
    }

    /// <summary>The first endpoint of a model without a secret; null when each has one.</summary>
    public WebhookEndpoint? MissingIn(ValueModel model) => model.Webhooks.FirstOrDefault(endpoint => !_keys.Contains(endpoint.Id));

    /// <summary>Never what it holds: secrets must not end in a log.</summary>
    public override string ToString() => nameof(WebhookSecrets);

    private static byte[]? KeyOf(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        string base64 = secret[Prefix.Length..];
        byte[] key = new byte[base64.Length];
        return
            Base64.IsValid(base64) && Convert.TryFromBase64String(base64, key, out int length) && length is >= LeastBytes and <= MostBytes
            ? key[..length]
            : null;
    }
}
