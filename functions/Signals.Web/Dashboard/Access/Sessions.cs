using System.Globalization;
using System.Security.Cryptography;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Session cookies: when the session ends (seconds since 1970), a random part, and the seal of both. Nothing is kept of them until
/// their readers end them (<see cref="EndedSessions"/>); another API token ends them all.
/// </summary>
internal sealed class Sessions(string apiToken, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private const int MaxChars = 120;
    private const int RandomChars = 24;

    private readonly Seal _seal = new(apiToken, "signals.session.v2");

    public string Create()
    {
        string ends = (clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return _seal.Close($"{ends}.{RandomNumberGenerator.GetHexString(RandomChars, lowercase: true)}");
    }

    /// <summary>The session of a cookie; null when its seal is not ours, or it is over.</summary>
    public Session? Read(string cookie) =>
        cookie.Length <= MaxChars
        && _seal.Open(cookie) is { } content
        && long.TryParse(
            content.AsSpan(0, content.IndexOf('.', StringComparison.Ordinal)),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out long seconds
        )
        && seconds > clock.GetUtcNow().ToUnixTimeSeconds()
            ? new Session(cookie, DateTimeOffset.FromUnixTimeSeconds(seconds))
            : null;
}
