using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Signals.Web.Dashboard.Access;

/// <summary>Sign-in links that work once. They live in this process: a restart forgets them and prints a new one.</summary>
public sealed class SignInLinks(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const int TokenBytes = 24;
    private const int MaxTokenChars = 64;

    /// <summary>By the token's SHA-256, so that a look-up tells nothing of a token by how long it takes.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = new(StringComparer.Ordinal);

    /// <summary>True where links are made at all: a host with many workers has nowhere to print one.</summary>
    internal bool AreMade { get; private set; }

    /// <summary>A path, <c>/signin?token=…</c>, that signs one browser in within a day.</summary>
    public string Create()
    {
        AreMade = true;
        string token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        _ends[Hash(token)] = clock.GetUtcNow() + Lifetime;
        return "/signin?token=" + token;
    }

    /// <summary>True for the first who brings a token in time.</summary>
    internal bool Redeem(string? token) =>
        token is { Length: > 0 and <= MaxTokenChars } && _ends.TryRemove(Hash(token), out var ends) && clock.GetUtcNow() < ends;

    /// <summary>A link that was redeemed, and led to nothing through no fault of who brought it, works again.</summary>
    internal void Return(string token) => _ends.TryAdd(Hash(token), clock.GetUtcNow() + Lifetime);

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
