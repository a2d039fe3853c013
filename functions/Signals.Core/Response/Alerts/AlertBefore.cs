namespace Signals.Core.Response.Alerts;

/// <summary>What an alert was before somebody answered it: as much of it as an answer changes.</summary>
/// <param name="Id">The alert's id.</param>
/// <param name="State">Its state.</param>
/// <param name="Answer">The answer that held; null while it was open.</param>
/// <param name="SnoozedUntil">While snoozed: when it speaks again.</param>
/// <param name="AnswerBy">By when somebody should have answered.</param>
/// <param name="ToTell">What was still to be told at once.</param>
/// <param name="Mornings">What was left to the morning's lists.</param>
public sealed record AlertBefore(
    string Id,
    AlertState State,
    AlertAnswer? Answer,
    DateTimeOffset? SnoozedUntil,
    DateTimeOffset? AnswerBy,
    AlertOccasion? ToTell,
    IReadOnlyList<AlertMorning> Mornings
)
{
    public static AlertBefore Of(Alert alert) =>
        new(alert.Id, alert.State, alert.Answer, alert.SnoozedUntil, alert.AnswerBy, alert.ToTell, alert.Mornings);

    /// <summary>The alert without its last answer.</summary>
    public Alert Restore(Alert alert) =>
        alert with
        {
            State = State,
            Answer = Answer,
            Answers = [.. alert.Answers.SkipLast(1)],
            SnoozedUntil = SnoozedUntil,
            ResolvedAt = null,
            AnswerBy = AnswerBy,
            ToTell = ToTell,
            Mornings = Mornings,
        };
}
