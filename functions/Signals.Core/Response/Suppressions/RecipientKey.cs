using System.Security.Cryptography;
using System.Text;
using Signals.Core.Platform.Addresses;
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

    /// <summary>32 lower-case hexadecimal digits, the same for an address however it is written (<see cref="Mailbox.Identity"/>).</summary>
    public string Of(string address) => Hash(Mailbox.Parse(address)?.Identity ?? Former(address));

    /// <summary>
    /// Under which other keys earlier versions may have kept the same recipient: they took the spelling as it came, and the unsubscribe
    /// links in their mails carry such keys for good. None for an address in ASCII that is written plainly.
    /// </summary>
    public IReadOnlyList<string> FormerOf(string address)
    {
        if (Mailbox.Parse(address) is not { } mailbox)
            return [];
        int at = mailbox.Identity.IndexOf('@', StringComparison.Ordinal) + 1;
        string inLetters = mailbox.Identity[..at] + MailDomain.InLetters(mailbox.Identity[at..]);
        return
        [
            .. new[] { Former(address), inLetters }
                .Where(spelling => spelling != mailbox.Identity)
                .Distinct(StringComparer.Ordinal)
                .Select(Hash),
        ];
    }

    /// <summary>The key under which an account's own cap is counted: no address has a line break.</summary>
    public string OfAccount(AccountKey account) => Hash(Former($"account\n{account.Value}"));

    /// <summary>Under which an id or address that was erased is remembered: no address and no key of a person has a line break.</summary>
    public string OfErased(string name) => Hash($"erased\n{name}");

    /// <summary>What earlier versions took for the same address: trimmed, in lower case.</summary>
    private static string Former(string address) => address.Trim().ToLowerInvariant();

    private string Hash(string identity) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(identity)).AsSpan(0, Bytes));
}
