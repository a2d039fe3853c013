using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Signals.Core.Response.Delivery;

namespace Signals.Web.Webhooks;

/// <summary>
/// Verifies SendGrid's signed event webhook: ECDSA over P-256 and SHA-256, in DER, of the timestamp header followed by the raw body.
/// Source: Twilio SendGrid, "Getting started with the Event Webhook security features".
/// </summary>
public sealed class SendGridSignature
{
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    private const int KeyBits = 256;
    private const int MaxSignatureChars = 256;

    /// <summary>
    /// How old a signature may be. SendGrid repeats for a day what was not taken, and whether it signs anew then is its own affair: a late
    /// post is as good as an early one. Against a thief who posts it again stands <see cref="SeenPosts"/>, for as long as this.
    /// </summary>
    private static readonly TimeSpan LongestLateness = TimeSpan.FromDays(SeenPosts.KeepDays);

    /// <summary>How far ahead SendGrid's clock may be.</summary>
    private static readonly TimeSpan LongestAhead = TimeSpan.FromMinutes(10);

    private readonly IReadOnlyList<ECParameters> _keys;

    /// <param name="publicKeys">
    /// As SendGrid shows them: base64 of a SubjectPublicKeyInfo. Several hold while one takes over from another; none refuses every post.
    /// </param>
    /// <exception cref="ArgumentException">A key is not a public key of P-256.</exception>
    public SendGridSignature(IEnumerable<string> publicKeys) => _keys = [.. publicKeys.Select(Read)];

    /// <summary>False where no key was set: the webhook is closed then.</summary>
    public bool IsConfigured => _keys.Count > 0;

    /// <summary>Why a post is not believed, in words for its sender; null when it is.</summary>
    public string? Refuse(string? signature, string? timestamp, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(signature) || string.IsNullOrEmpty(timestamp))
            return $"Found no signature; expected the headers {SignatureHeader} and {TimestampHeader}.";
        Span<byte> decoded = stackalloc byte[MaxSignatureChars];
        if (signature.Length > MaxSignatureChars || !Convert.TryFromBase64String(signature, decoded, out int length))
            return "The signature is not base64.";
        if (
            !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        )
            return "The timestamp is not a count of seconds since 1970.";

        byte[] signed = new byte[Encoding.ASCII.GetByteCount(timestamp) + body.Length];
        body.CopyTo(signed.AsSpan(Encoding.ASCII.GetBytes(timestamp, signed)));
        if (!IsSigned(signed, decoded[..length]))
            return "The signature is not that of the timestamp and the body.";
        var age = now - DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (age > LongestLateness)
            return $"The post was signed {age.TotalHours:0} hours ago; expected at most {LongestLateness.TotalHours:0}.";
        return age < -LongestAhead
            ? $"The post was signed {-age.TotalMinutes:0} minutes ahead of this clock; expected at most {LongestAhead.TotalMinutes:0}."
            : null;
    }

    private bool IsSigned(byte[] signed, ReadOnlySpan<byte> signature)
    {
        foreach (var key in _keys)
        {
            using var verifier = ECDsa.Create(key);
            if (verifier.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
                return true;
        }
        return false;
    }

    private static ECParameters Read(string publicKey)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
            return key.KeySize == KeyBits
                ? key.ExportParameters(includePrivateParameters: false)
                : throw new CryptographicException($"It has {key.KeySize} bits.");
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            throw new ArgumentException(
                "The event webhook's verification key is not one; expected the base64 text that SendGrid shows under Event Webhook, "
                    + "Signature Verification.",
                nameof(publicKey),
                fault
            );
        }
    }
}
