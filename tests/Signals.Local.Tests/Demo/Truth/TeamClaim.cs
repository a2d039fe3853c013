using System.Text.RegularExpressions;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>A sentence that a mail to the team may hold, and how it is proved.</summary>
/// <param name="sentence">A pattern of the whole sentence, with places to be read.</param>
/// <param name="holds">Whether what it said is so.</param>
internal sealed class TeamClaim(string sentence, Func<Said, TeamFacts, bool> holds)
{
    private const int MostDaysBack = 10;

    private readonly Regex _sentence = new($"^(?:{sentence})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>Null for another sentence; else whether it is true.</summary>
    public bool? IsTrue(string sentence, TeamFacts facts) =>
        _sentence.Match(sentence) is { Success: true } match ? holds(new Said(match), facts) : null;

    /// <summary>
    /// A line of evidence: what was seen, perhaps with its value, what was expected, and since when. A list of the morning says less of it,
    /// begins with a large letter and ends with a sign.
    /// </summary>
    public static TeamClaim Evidence(string text, string value, string expected, Func<Said, TeamFacts, bool> holds) =>
        new($"(?i:{text})(?:: {value})?(?:, expected {expected})?(?:, since {Said.Date("since")})?\\.?", holds);

    /// <summary>Null when one of the claims knows the sentence and it is true; else what is wrong with it.</summary>
    /// <param name="claims">The sentences that are known.</param>
    /// <param name="sentence">The sentence.</param>
    /// <param name="facts">What is known at the moment.</param>
    public static string? Fault(IReadOnlyList<TeamClaim> claims, string sentence, TeamFacts facts)
    {
        bool?[] known = [.. claims.Select(claim => claim.IsTrue(sentence, facts))];
        if (known.All(holds => holds is null))
            return "nobody has proved it";
        if (known.Contains(true))
            return null;
        // What was so some days ago is no truth either, but another mistake.
        for (int days = 1; days <= MostDaysBack && facts.Today - days > facts.FirstDay(); days++)
        {
            var then = facts.Before(days);
            if (claims.Any(claim => claim.IsTrue(sentence, then) == true))
                return $"not true any more: it was {days} days before";
        }
        return "not true";
    }
}
