using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Links;
using Signals.Core.Response.Outreach;

namespace Signals.Web.Alerts;

/// <summary>
/// Gives the answer that a signed token holds, from an alert's link or a chat's button. Answering the same again changes nothing.
/// </summary>
internal sealed class AlertLinkAnswers(AlertBook book, TeamCalendars calendars, TimeProvider clock)
{
    /// <summary>Hours of working days: on Friday "tomorrow" is Monday.</summary>
    private const double SnoozeHours = 24;

    /// <summary>The alert that a token is about; null without a token, and where a newer alert took its place.</summary>
    public async Task<Alert?> AlertOfAsync(AlertToken? token, CancellationToken cancellationToken) =>
        token is not null && AlertId.Parse(token.AlertId) is { } id ? await book.GetAsync(id, cancellationToken) : null;

    /// <param name="token">Of an alert that <see cref="AlertOfAsync"/> found.</param>
    /// <param name="by">Who answers.</param>
    /// <param name="cancellationToken">Stops the answer.</param>
    public Task<AlertChange> GiveAsync(AlertToken token, string by, CancellationToken cancellationToken)
    {
        var id = AlertId.Parse(token.AlertId)!.Value;
        return token.Answer switch
        {
            AlertLinkAnswer.Acknowledge => book.AcknowledgeAsync(id, by, null, cancellationToken),
            AlertLinkAnswer.Snooze => book.SnoozeAsync(
                id,
                by,
                WorkingTime.After(clock.GetUtcNow(), SnoozeHours, calendars.Of(token.By).Work),
                null,
                cancellationToken
            ),
            _ => book.ResolveAsync(id, by, AlertReasons.FalseAlarm, null, cancellationToken),
        };
    }
}
