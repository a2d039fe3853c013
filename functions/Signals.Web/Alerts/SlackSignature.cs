using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signals.Web.Alerts;

/// <summary>
/// Verifies what Slack posts: <c>v0=</c> and the HMAC-SHA256 of <c>v0:{timestamp}:{raw body}</c> under the app's signing secret, in
/// hexadecimal. Source: Slack, "Verifying requests from Slack".
/// </summary>
public sealed class SlackSignature
{
    public const string SignatureHeader = "X-Slack-Signature";
    public const string TimestampHeader = "X-Slack-Request-Timestamp";

    private const string Version = "v0";

    /// <summary>How far Slack's clock may be from this one, as Slack advises.</summary>
    private static readonly TimeSpan LongestAway = TimeSpan.FromMinutes(5);

    private readonly byte[] _secret;

    /// <param name="secret">The signing secret of the Slack app; null or empty refuses every post.</param>
    public SlackSignature(string? secret) => _secret = Encoding.UTF8.GetBytes(secret ?? "");

    /// <summary>False where no secret was set: the address is closed then, and messages hold links instead of buttons.</summary>
    public bool IsConfigured => _secret.Length > 0;

    /// <summary>When Slack signed the post, and why it is not believed, in words for its sender; null words when it is.</summary>
    public (DateTimeOffset SignedAt, string? Refusal) Verify(
        string? signature,
        string? timestamp,
        ReadOnlySpan<byte> body,
        DateTimeOffset now
    )
    {
        if (string.IsNullOrEmpty(signature) || string.IsNullOrEmpty(timestamp))
            return (default, $"Found no signature; expected the headers {SignatureHeader} and {TimestampHeader}.");
        if (
            !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        )
            return (default, "The timestamp is not a count of seconds since 1970.");
        if (!IsConfigured || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Of(timestamp, body)))
            return (default, "The signature is not that of the timestamp and the body.");
        var signedAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        double minutes = (now - signedAt).Duration().TotalMinutes;
        return minutes > LongestAway.TotalMinutes
            ? (signedAt, $"The post was signed {minutes:0} minutes from this clock; expected at most {LongestAway.TotalMinutes:0}.")
            : (signedAt, null);
    }

    private byte[] Of(string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{Version}:{timestamp}:"));
        hmac.AppendData(body);
        return Encoding.UTF8.GetBytes($"{Version}={Convert.ToHexStringLower(hmac.GetHashAndReset())}");
    }
}
