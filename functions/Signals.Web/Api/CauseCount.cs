using Signals.Core.Platform.Languages;

namespace Signals.Web.Api;

/// <summary>
/// How many accounts a cause holds back. <paramref name="Complete"/> is false when there may be more: counting stops at a bound.
/// </summary>
internal sealed record CauseCount(string Id, Phrase Name, int Accounts, bool Complete);

/// <summary>Every cause; <paramref name="MeasuredAt"/> is null when the accounts were counted just now.</summary>
internal sealed record CauseCounts(IReadOnlyList<CauseCount> Items, DateTimeOffset? MeasuredAt);

/// <summary>
/// How many accounts are going to be reviewed. <paramref name="Complete"/> is false when there are more: of very many, most are found on
/// the way.
/// </summary>
internal sealed record ReviewsAsked(int Accounts, bool Complete);
