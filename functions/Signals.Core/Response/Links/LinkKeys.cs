using System.Security.Cryptography;

namespace Signals.Core.Response.Links;

/// <summary>
/// The keys that sign what stands in links: the first one signs, all of them verify. Links in mails never end, so a rotated key stays. Each
/// key has an id, made of it and standing in each token, by which the one that signed is found; nothing of the key can be told from it.
/// </summary>
public sealed class LinkKeys
{
    internal const int IdBytes = 4;

    private const int MinimumKeyBytes = 16;

    private static readonly byte[] IdPurpose = "signals.link-key-id.v1"u8.ToArray();

    private readonly (byte[] Id, byte[] Key)[] _keys;

    /// <param name="keys">At least one, of at least 16 bytes each.</param>
    public LinkKeys(params IReadOnlyList<byte[]> keys)
    {
        if (keys.Count == 0)
            throw new ArgumentException("The key ring holds at least one key; found none.", nameof(keys));
        foreach (byte[] key in keys)
        {
            if (key.Length < MinimumKeyBytes)
                throw new ArgumentException($"A signing key has at least {MinimumKeyBytes} bytes; found {key.Length}.", nameof(keys));
        }
        _keys = [.. keys.Select(key => (IdOf(key), (byte[])key.Clone()))];
    }

    internal (byte[] Id, byte[] Key) Signing => _keys[0];

    /// <summary>Every key, for tokens from before they named theirs.</summary>
    internal IEnumerable<byte[]> All => _keys.Select(entry => entry.Key);

    /// <summary>The key of that id; null when the ring has none.</summary>
    internal byte[]? Find(ReadOnlySpan<byte> id)
    {
        foreach (var (known, key) in _keys)
        {
            if (id.SequenceEqual(known))
                return key;
        }
        return null;
    }

    private static byte[] IdOf(byte[] key) => HMACSHA256.HashData(key, IdPurpose)[..IdBytes];
}
