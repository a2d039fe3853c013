using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Sign-in links that work once. Their token is <c>si_</c>, which says what it is for, an id by which it is found, and random bytes. They
/// live in this process: a restart forgets them and prints a new one.
/// </summary>
public sealed class SignInLinks(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const string Path = "/signin?token=";
    private const string Purpose = "si_";
    private const int IdChars = 8;
    private const int SecretBytes = 24;
    private const int SecretChars = 32;
    private const int TokenChars = 3 + IdChars + 1 + SecretChars;

    /// <summary>By id; of the token nothing is kept but its SHA-256.</summary>
    private readonly ConcurrentDictionary<string, (byte[] Hash, DateTimeOffset Ends)> _links = new(StringComparer.Ordinal);

    /// <summary>True where links are made at all: a host with many workers has nowhere to print one.</summary>
    internal bool AreMade { get; private set; }

    /// <summary>A path as <see cref="Create"/> makes it, to be shown before there is an app; <see cref="Accept"/> makes it work.</summary>
    public static string NewPath()
    {
        string id = RandomNumberGenerator.GetHexString(IdChars, lowercase: true);
        return $"{Path}{Purpose}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";
    }

    /// <summary>A path, <c>/signin?token=…</c>, that signs one browser in within a day.</summary>
    public string Create()
    {
        string path = NewPath();
        Accept(path);
        return path;
    }

    /// <summary>From now on a <see cref="NewPath"/> signs one browser in, for a day.</summary>
    public void Accept(string path)
    {
        AreMade = true;
        Return(path[Path.Length..]);
    }

    /// <summary>True for the first who brings a token in time. Takes the same time however much of its secret is right.</summary>
    internal bool Redeem(string? token) =>
        IdOf(token) is { } id
        && _links.TryGetValue(id, out var link)
        && CryptographicOperations.FixedTimeEquals(HashOf(token!), link.Hash)
        && _links.TryRemove(id, out _)
        && clock.GetUtcNow() < link.Ends;

    /// <summary>A link that was redeemed, and led to nothing through no fault of who brought it, works again.</summary>
    internal void Return(string token) => _links.TryAdd(IdOf(token)!, (HashOf(token), clock.GetUtcNow() + Lifetime));

    /// <summary>The id in a token; null for what has not the shape of one.</summary>
    private static string? IdOf(string? token) =>
        token is { Length: TokenChars } && token.StartsWith(Purpose, StringComparison.Ordinal)
            ? token.Substring(Purpose.Length, IdChars)
            : null;

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
