using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.Response.Alerts;

/// <summary>
/// How many alerts a manager may still get at once this week: what is more waits for the morning. A piece of news is counted once, however
/// often a crash has it counted again.
/// </summary>
/// <remarks>
/// Table system, partition <c>alert-budget</c>, a row a manager, named by the address's hash: the week, and what was counted.
/// </remarks>
public sealed class AlertBudget(IEntityStore store, ValueModel model, TeamCalendars calendars, TimeProvider clock)
{
    private const string Partition = "alert-budget";
    private const string WeekColumn = "week";
    private const string NewsColumn = "news";

    /// <summary>How many are left after this one; null where the week's are used up.</summary>
    /// <param name="address">The manager's.</param>
    /// <param name="news">Tells this piece of news from all others.</param>
    /// <param name="cancellationToken">Stops the counting.</param>
    public async Task<int?> TakeAsync(string address, string news, CancellationToken cancellationToken)
    {
        string row = $"{MessageHash.Of(address.Trim().ToLowerInvariant()):x16}",
            mark = $"{MessageHash.Of(news):x16}";
        int week = WeekOf(address),
            most = model.Alerts.AtOncePerWeek;
        int? left = null;
        await store.ChangeAsync(
            PipelineCounters.Table,
            Partition,
            row,
            "count a manager's alerts",
            clock,
            read =>
            {
                string[] counted = read?.GetInt32(WeekColumn) == week ? read.GetString(NewsColumn)?.Split(' ') ?? [] : [];
                int index = Array.IndexOf(counted, mark);
                left =
                    index >= 0 ? most - index - 1
                    : counted.Length < most ? most - counted.Length - 1
                    : null;
                return index >= 0 || left is null
                    ? null
                    : new Entity(Partition, row) { [WeekColumn] = week, [NewsColumn] = string.Join(' ', [.. counted, mark]) };
            },
            cancellationToken
        );
        return left is { } known ? Math.Max(0, known) : null;
    }

    /// <summary>The day's number of the Monday that began the manager's week.</summary>
    private int WeekOf(string address)
    {
        var local = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), calendars.Of(address).Work.Zone);
        return Days.MondayOf(DateOnly.FromDateTime(local.DateTime).DayNumber);
    }
}
