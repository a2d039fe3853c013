namespace Signals.Web.Api;

/// <summary>How many accounts a cause holds back now. <paramref name="Complete"/> is false when there may be more: counting stops at a bound.</summary>
internal sealed record CauseCount(string Id, string Name, int Accounts, bool Complete);

internal sealed record CauseCounts(IReadOnlyList<CauseCount> Items);

/// <summary>
/// How many accounts are going to be reviewed. <paramref name="Complete"/> is false when there are more: of very many, most are found on
/// the way.
/// </summary>
internal sealed record ReviewsAsked(int Accounts, bool Complete);
