namespace Signals.Core.Processing.Folding;

/// <summary>What was found when a person entered a group for the first time.</summary>
public enum GroupEntrance
{
    /// <summary>The person may be folded into the group.</summary>
    Open,

    /// <summary>So they may, but their own history moved there just now: what was read before is old.</summary>
    Moved,

    /// <summary>The id turned out to be another person's: its events belong to them.</summary>
    Elsewhere,
}
