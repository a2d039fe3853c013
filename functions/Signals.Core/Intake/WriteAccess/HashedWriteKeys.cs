using System.Security.Cryptography;
using System.Text;

namespace Signals.Core.Intake.WriteAccess;

/// <summary>
/// The configured write keys, kept as SHA-256 hashes. Keys are long and random, so that a plain hash cannot be turned back.
/// </summary>
public sealed class HashedWriteKeys : IWriteKeys
{
    private const int MaxKeyChars = 256;

    private readonly (byte[] Hash, WriteKeyKind Kind)[] _keys;

    /// <param name="hashes">Hashes as <see cref="Hash"/> gives them: 64 hexadecimal digits each.</param>
    /// <param name="kind">What all of them are.</param>
    public HashedWriteKeys(IEnumerable<string> hashes, WriteKeyKind kind = WriteKeyKind.Server)
        : this([.. hashes.Select(hash => (Parse(hash), kind))]) { }

    private HashedWriteKeys((byte[] Hash, WriteKeyKind Kind)[] keys) => _keys = keys;

    /// <summary>Server keys, hashed at once.</summary>
    public static HashedWriteKeys FromKeys(params IEnumerable<string> writeKeys) => new(writeKeys.Select(Hash));

    /// <summary>These and some that live in pages and apps. A key that is among both counts as the lesser.</summary>
    public HashedWriteKeys WithBrowserKeys(params IEnumerable<string> writeKeys) =>
        new([.. _keys, .. writeKeys.Select(key => (Parse(Hash(key)), WriteKeyKind.Browser))]);

    /// <summary>What to keep of a write key.</summary>
    public static string Hash(string writeKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(writeKey);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(writeKey)));
    }

    public ValueTask<WriteKeyKind?> KindOfAsync(string writeKey, CancellationToken cancellationToken) => new(KindOf(writeKey));

    public WriteKeyKind? KindOf(string writeKey)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        return TryHash(writeKey, hash) ? KindOf(hash) : null;
    }

    /// <summary>The hash of what may be a key; false for what is too long to be one, or empty.</summary>
    internal static bool TryHash(string writeKey, Span<byte> hash)
    {
        if (writeKey.Length is 0 or > MaxKeyChars)
            return false;
        SHA256.HashData(Encoding.UTF8.GetBytes(writeKey), hash);
        return true;
    }

    internal WriteKeyKind? KindOf(ReadOnlySpan<byte> hash)
    {
        WriteKeyKind? kind = null;
        foreach (var (candidate, its) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, candidate))
                kind = kind is null || its > kind ? its : kind;
        }
        return kind;
    }

    private static byte[] Parse(string hash) =>
        hash.Length == 2 * SHA256.HashSizeInBytes && hash.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(hash)
            : throw new ArgumentException(
                $"A write key's hash: found {hash.Length} characters, expected {2 * SHA256.HashSizeInBytes} hexadecimal digits.",
                nameof(hash)
            );
}
