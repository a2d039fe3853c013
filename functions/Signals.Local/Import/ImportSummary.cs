using Signals.Core.Daily.Figures;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Local.CommandLine;

namespace Signals.Local.Import;

/// <summary>What the dashboard says after an import, in a few lines: levels now and before, and what holds customers back.</summary>
internal static class ImportSummary
{
    private const int CausesShown = 5;
    private static readonly int[] DaysBack = [28, 56, 84, 182, 364];

    public static async Task WriteAsync(TextWriter output, StoppedApp app, TimeProvider clock, CancellationToken cancellationToken)
    {
        int today = Days.Of(clock.GetUtcNow());
        var figures = await app.Get<FigureBook>().ReadAsync(today - FigureBook.KeepDays, today, cancellationToken);
        if (figures.Count == 0)
            return;
        await output.WriteLineAsync();
        await output.WriteLineAsync("day          customers  healthy  watch  at risk  critical  left  health");
        var shown = DaysBack
            .Select(days => figures.FirstOrDefault(day => day.Day == figures[^1].Day - days))
            .OfType<DayFigures>()
            .Reverse()
            .Append(figures[^1]);
        foreach (var day in shown)
        {
            await output.WriteLineAsync(
                $"{Days.Date(day.Day):yyyy-MM-dd}   {day.Customers, 9:#,##0}  {Of(day, RiskLevel.Healthy), 7:#,##0}  "
                    + $"{Of(day, RiskLevel.Watch), 5:#,##0}  "
                    + $"{Of(day, RiskLevel.AtRisk), 7:#,##0}  {Of(day, RiskLevel.Critical), 8:#,##0}  {day.Left, 4:#,##0}  "
                    + $"{day.Health, 6:0.0}"
            );
        }
        var causes = figures[^1]
            .Topics.Where(topic => !topic.Key.Contains('/', StringComparison.Ordinal))
            .OrderByDescending(topic => topic.Value.Accounts)
            .Take(CausesShown)
            .Select(cause => $"{cause.Key} ({cause.Value.Accounts:#,##0})")
            .ToList();
        if (causes.Count > 0)
            await output.WriteLineAsync($"Held back most by: {string.Join(", ", causes)}");
        await output.WriteLineAsync();
    }

    private static int Of(DayFigures day, RiskLevel level) => day.Levels[(int)level].Accounts;
}
