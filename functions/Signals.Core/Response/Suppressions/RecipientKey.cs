using System.Security.Cryptography;
using System.Text;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Suppressions;

/// <summary>
/// Names the partition of a recipient: a keyed hash of the address, so that neither keys nor unsubscribe links tell who it is.
/// The key can't be rotated without moving every recipient's partition: it lives as long as the data, apart from the keys that sign links.
/// </summary>
public sealed class RecipientKey
{
    /// <summary>128 bits: two of a billion recipients collide with a chance under 1 in 10^20.</summary>
    public const int Bytes = 16;

    private const int MinimumKeyBytes = 16;

    private readonly byte[] _key;

    public RecipientKey(ReadOnlySpan<byte> key)
    {
        if (key.Length < MinimumKeyBytes)
            throw new ArgumentException($"A recipient key has at least {MinimumKeyBytes} bytes; found {key.Length}.", nameof(key));
        _key = key.ToArray();
    }

    /// <summary>Tells this key from others and nothing of it: kept with the data, whose partitions it names.</summary>
    public string Fingerprint =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, "signals.recipient-key.fingerprint.v1"u8).AsSpan(0, Bytes));

    /// <summary>32 lower-case hexadecimal digits, the same for an address however it is cased or padded.</summary>
    public string Of(string address) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(Normalize(address))).AsSpan(0, Bytes));

    /// <summary>The key under which an account's own cap is counted: no address has a line break.</summary>
    public string OfAccount(AccountKey account) => Of($"account\n{account.Value}");

    /// <summary>Trimmed, in Unicode's composed form, lower case. Dots and plus tags stay: only the provider knows what they mean.</summary>
    public static string Normalize(string address) => address.Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant();
}
