namespace Signals.Web.Dashboard.Access;

/// <summary>What a request gets that may not see the dashboard.</summary>
/// <param name="Kind">Which answer.</param>
/// <param name="Address">Where the sign-in is, or the page that was asked for.</param>
public sealed record Challenge(ChallengeKind Kind, string Address);

public enum ChallengeKind
{
    /// <summary>401 and a page with the ways in.</summary>
    SignInHere,

    /// <summary>
    /// The same, from a page that opens itself again: the browser may have held its cookie back, because another site led here.
    /// </summary>
    OpenAgain,

    /// <summary>A redirect to a sign-in elsewhere.</summary>
    SignInThere,

    /// <summary>403: signed in, without a role.</summary>
    NoRole,
}
