using System.Security.Cryptography;
using System.Text;

namespace Signals.Core.Intake.WriteAccess;

/// <summary>
/// Write keys kept as SHA-256 hashes. Keys are long and random, so that a plain hash cannot be turned back.
/// </summary>
/// <param name="hashes">Hashes as <see cref="Hash"/> gives them: 64 hexadecimal digits each.</param>
public sealed class HashedWriteKeys(IEnumerable<string> hashes) : IWriteKeys
{
    private const int MaxKeyChars = 256;

    private readonly byte[][] _hashes = [.. hashes.Select(Parse)];

    /// <summary>The keys themselves, hashed at once.</summary>
    public static HashedWriteKeys FromKeys(params IEnumerable<string> writeKeys) => new(writeKeys.Select(Hash));

    /// <summary>What to keep of a write key.</summary>
    public static string Hash(string writeKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(writeKey);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(writeKey)));
    }

    public ValueTask<bool> IsKnownAsync(string writeKey, CancellationToken cancellationToken) => new(IsKnown(writeKey));

    public bool IsKnown(string writeKey)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        return TryHash(writeKey, hash) && Holds(hash);
    }

    /// <summary>The hash of what may be a key; false for what is too long to be one, or empty.</summary>
    internal static bool TryHash(string writeKey, Span<byte> hash)
    {
        if (writeKey.Length is 0 or > MaxKeyChars)
            return false;
        SHA256.HashData(Encoding.UTF8.GetBytes(writeKey), hash);
        return true;
    }

    internal bool Holds(ReadOnlySpan<byte> hash)
    {
        bool known = false;
        foreach (byte[] candidate in _hashes)
            known |= CryptographicOperations.FixedTimeEquals(hash, candidate);
        return known;
    }

    private static byte[] Parse(string hash) =>
        hash.Length == 2 * SHA256.HashSizeInBytes && hash.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(hash)
            : throw new ArgumentException(
                $"A write key's hash: found {hash.Length} characters, expected {2 * SHA256.HashSizeInBytes} hexadecimal digits.",
                nameof(hash)
            );
}
