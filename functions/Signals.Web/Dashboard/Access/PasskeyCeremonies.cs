using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// Challenges that were given out and wait for their answer. Each is taken once, within five minutes, and for what it was made for. They
/// live in this process: a restart forgets them, and whoever waited asks again.
/// </summary>
internal sealed class PasskeyCeremonies(TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>More than may be asked for in that time; of more the oldest go.</summary>
    private const int MaxWaiting = 2000;

    private const int IdChars = 32;

    private readonly ConcurrentDictionary<string, Ceremony> _waiting = new(StringComparer.Ordinal);

    /// <summary>Keeps what an answer will be held against; returns the name that the answer brings along.</summary>
    /// <param name="userId">Whose key is to be added; null for a sign-in.</param>
    /// <param name="state">The challenge, and what was asked.</param>
    public string Begin(string? userId, string state)
    {
        Forget();
        string id = RandomNumberGenerator.GetHexString(IdChars, lowercase: true);
        _waiting[id] = new Ceremony(userId, state, clock.GetUtcNow() + Lifetime);
        return id;
    }

    /// <summary>The state of a ceremony that was begun for that user, for the first who asks; else null.</summary>
    public string? Take(string? id, string? userId) =>
        id is { Length: IdChars }
        && _waiting.TryRemove(id, out var ceremony)
        && ceremony.UserId == userId
        && clock.GetUtcNow() < ceremony.Ends
            ? ceremony.State
            : null;

    private void Forget()
    {
        var now = clock.GetUtcNow();
        foreach (var (id, ceremony) in _waiting)
        {
            if (ceremony.Ends <= now)
                _waiting.TryRemove(id, out _);
        }
        if (_waiting.Count < MaxWaiting)
            return;
        foreach (var (id, _) in _waiting.OrderBy(one => one.Value.Ends).Take(_waiting.Count - MaxWaiting + 1))
            _waiting.TryRemove(id, out _);
    }

    private sealed record Ceremony(string? UserId, string State, DateTimeOffset Ends);
}
