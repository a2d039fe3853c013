using Signals.Core.Model;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Assessments;

namespace Signals.Backtesting;

/// <summary>An account that came to the alert level: when first, why, and what became of it.</summary>
/// <param name="Id">Its id as the product sent it.</param>
/// <param name="Name">Its name; the id where it has none.</param>
/// <param name="Plan">Its plan when it was flagged, or null.</param>
/// <param name="Price">What it paid a month then; 0 where nobody said.</param>
/// <param name="At">The first cut it stood at the alert level.</param>
/// <param name="Level">The level there.</param>
/// <param name="Score">The score there, 0 to 100.</param>
public sealed record FlaggedAccount(string Id, string Name, string? Plan, double Price, DateTimeOffset At, RiskLevel Level, int Score)
{
    /// <summary>The weightiest cause, with its evidence; null where none was found.</summary>
    public FoundCause? Cause { get; init; }

    /// <summary>What raised the score above the usual there, most first.</summary>
    public IReadOnlyList<RiskReason> RaisedBy { get; init; } = [];

    /// <summary>
    /// The message that the outreach rules would have planned about that cause at that cut or one of the next two; null for none. Of those
    /// held out by lot too.
    /// </summary>
    public OutreachRecord? Message { get; init; }

    /// <summary>How many cuts it stood flagged at, of those that it was assessed at from then on.</summary>
    public int FlaggedCuts { get; init; }

    /// <summary>When it left, at the flag or after it; null where it had not when history ended.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>Whether it left within the horizon; null where history ends before that could be told.</summary>
    public bool? IsRight { get; init; }

    /// <summary>Days from the flag to the leaving.</summary>
    public double? DaysBefore => LeftAt is { } left ? (left - At).TotalDays : null;
}
