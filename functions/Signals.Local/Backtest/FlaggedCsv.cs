using Signals.Core.Platform.Csv;
using Signals.Core.Response.Messages;

namespace Signals.Local.Backtest;

/// <summary>The flagged accounts as a table for a spreadsheet: one row each, the first flags first.</summary>
internal static class FlaggedCsv
{
    public static async Task WriteAsync(TextWriter output, BacktestReport report, IMessageRenderer? renderer)
    {
        var csv = new CsvWriter(output);
        await csv.RowAsync(
            "account",
            "name",
            "plan",
            "price",
            "first_flag",
            "level",
            "score",
            "flagged_cuts",
            "cause",
            "evidence",
            "message",
            "message_to",
            "left_at",
            "days_before_leaving",
            "right"
        );
        foreach (var account in report.Result.Flagged)
        {
            var texts = FlaggedTexts.Of(account, renderer);
            await csv.RowAsync(
                account.Id,
                account.Name,
                account.Plan,
                account.Price,
                DateOnly.FromDateTime(account.At.UtcDateTime),
                texts.Level,
                (double)account.Score,
                (double)account.FlaggedCuts,
                account.Cause?.Id,
                string.Join("; ", texts.Evidence),
                texts.Message?.Subject ?? account.Message?.Template,
                texts.To,
                account.LeftAt is { } left ? DateOnly.FromDateTime(left.UtcDateTime) : null,
                account.DaysBefore,
                account.IsRight is { } isRight ? (isRight ? "yes" : "no") : null
            );
        }
    }
}
