namespace Signals.Core.Response.Reviews;

/// <summary>How far a review came.</summary>
public enum ReviewOutcome
{
    /// <summary>The last review still holds.</summary>
    StillHolds,

    /// <summary>Some people were looked at, and more are to come: what was found is saved, and the review goes on.</summary>
    MoreToLookAt,

    /// <summary>The account was assessed.</summary>
    Reviewed,

    /// <summary>The account turned out to be somebody else's: it leaves the lists, and its alert ends.</summary>
    Withdrawn,
}
