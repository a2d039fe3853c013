using Signals.Core.State.Team;

namespace Signals.Web.Dashboard.Work;

/// <summary>
/// Whom a text names after an @: by name, by first name where only one colleague has it, by address or by what stands before its @. Case
/// does not count, accents do.
/// </summary>
internal static class Mentions
{
    /// <summary>Colleagues that one note may tell.</summary>
    public const int Max = 10;

    public static IReadOnlyList<TeamUser> Of(string text, TeamNames team)
    {
        if (!text.Contains('@', StringComparison.Ordinal))
            return [];
        return [.. team.Active.Where(user => HandlesOf(user, team).Any(handle => IsNamed(text, handle))).Take(Max)];
    }

    private static IEnumerable<string> HandlesOf(TeamUser user, TeamNames team)
    {
        yield return user.Name;
        yield return user.Address;
        string local = user.Address.Split('@')[0],
            first = user.Name.Split(' ')[0];
        if (team.Active.Count(other => StartsAlike(other.Address.Split('@')[0], local)) == 1)
            yield return local;
        if (first.Length > 1 && team.Active.Count(other => StartsAlike(other.Name.Split(' ')[0], first)) == 1)
            yield return first;
    }

    private static bool StartsAlike(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>True where the handle stands after an @, as a word of its own.</summary>
    private static bool IsNamed(string text, string handle)
    {
        for (int at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
        {
            int end = at + 1 + handle.Length;
            bool isStart = at == 0 || !char.IsLetterOrDigit(text[at - 1]);
            if (
                isStart
                && string.Compare(text, at + 1, handle, 0, handle.Length, StringComparison.OrdinalIgnoreCase) == 0
                && (end >= text.Length || !char.IsLetterOrDigit(text[end]))
            )
                return true;
        }
        return false;
    }
}
