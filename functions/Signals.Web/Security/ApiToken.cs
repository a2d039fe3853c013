using System.Security.Cryptography;
using System.Text;

namespace Signals.Web.Security;

/// <summary>The bearer token that opens the API, kept as its SHA-256: the token is long and random.</summary>
public sealed class ApiToken
{
    private const int LeastChars = 16;

    private readonly byte[] _hash;

    /// <param name="token">The token, at least 16 characters.</param>
    public ApiToken(string token)
    {
        if (token.Length < LeastChars)
            throw new ArgumentException($"The API token: found {token.Length} characters, expected at least {LeastChars}.", nameof(token));
        _hash = Hash(token);
    }

    /// <summary>Takes the same time however much of the token is right.</summary>
    public bool Matches(string token) => CryptographicOperations.FixedTimeEquals(Hash(token), _hash);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
