using Signals.Core.Platform.Languages;
using Signals.Web.Dashboard.Access;

namespace Signals.Web.Security;

/// <summary>A named API token as it is kept: never the token itself.</summary>
/// <param name="Id">Names it for good, and stands in the token, so that one read finds it.</param>
/// <param name="Name">What people call it, such as <c>ci-export</c>; a token and the one it was rotated from share one.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Hash">SHA-256 of the token's UTF-8 text.</param>
/// <param name="End">The token's last characters, by which people tell it from others.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="EndsAt">From when it opens nothing any more.</param>
/// <param name="UsedOn">The last day, in UTC, on which it opened something; null when it never did.</param>
public sealed record NamedToken(
    string Id,
    string Name,
    DashboardRole Role,
    byte[] Hash,
    string End,
    DateTimeOffset CreatedAt,
    DateTimeOffset EndsAt,
    DateOnly? UsedOn = null
)
{
    public bool IsValid(DateTimeOffset now) => now < EndsAt;
}

/// <summary>A token that was just made. <paramref name="Secret"/> is the token itself, told this once and kept nowhere.</summary>
public sealed record NewNamedToken(NamedToken Token, string Secret)
{
    /// <summary>Never the token, so that it can't end in a log.</summary>
    public override string ToString() => $"{nameof(NewNamedToken)} {Token.Id}";
}

/// <summary>A token that cannot be made so; the message names what was found and what is expected.</summary>
public sealed class NamedTokenException(Phrase reason) : Exception(reason.ToString())
{
    /// <summary>What was found and what was expected, for whoever asked.</summary>
    public Phrase Reason { get; } = reason;
}
