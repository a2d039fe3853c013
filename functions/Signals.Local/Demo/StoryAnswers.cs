using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;

namespace Signals.Local.Demo;

/// <summary>
/// What the CS managers of the story answer in the afternoon of a working day: most alerts soon, some later, a few never.
/// </summary>
internal sealed class StoryAnswers(AlertBook book, TimeProvider clock)
{
    private const string Team = "cs@nimbus.example";
    private const int SnoozeDays = 5;

    public async Task AnswerAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var open = new List<Alert>();
        await foreach (var (alert, _) in book.ReadAsync(null, null, 100, cancellationToken))
        {
            if (alert.State == AlertState.Open && Lot(alert.Id) >= 0.15)
                open.Add(alert);
        }
        foreach (var alert in open)
        {
            var id = new AlertId(alert.Id);
            string by = alert.Csm ?? Team;
            await (
                Lot($"{alert.Id}|{Days.Of(now)}") switch
                {
                    < 0.45 => book.AcknowledgeAsync(id, by, "I am calling them", cancellationToken),
                    < 0.55 => book.SnoozeAsync(id, by, now.AddDays(SnoozeDays), "They asked for some days", cancellationToken),
                    < 0.65 => book.ResolveAsync(id, by, AlertReasons.Helped, "We did it together on the phone", cancellationToken),
                    < 0.7 => book.ResolveAsync(id, by, AlertReasons.FalseAlarm, "Their season is over, as every year", cancellationToken),
                    _ => Task.CompletedTask,
                }
            );
        }
    }

    private static double Lot(string of) => MessageHash.Of(of) / (double)ulong.MaxValue;
}
