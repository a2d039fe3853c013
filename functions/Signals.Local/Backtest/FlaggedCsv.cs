using Signals.Core.Platform.Csv;

namespace Signals.Local.Backtest;

/// <summary>The flagged accounts as a table for a spreadsheet: one row each, the first flags first.</summary>
internal static class FlaggedCsv
{
    public static async Task WriteAsync(TextWriter output, BacktestReport report)
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
            "raised_by",
            "message",
            "message_to",
            "left_at",
            "days_before_leaving",
            "right"
        );
        foreach (var account in report.Result.Flagged.Select(account => FlaggedJson.Of(account, report.Renderer)))
        {
            await csv.RowAsync(
                account.Account,
                account.Name,
                account.Plan,
                account.Price,
                account.FirstFlag,
                account.Level,
                account.Score,
                account.FlaggedCuts,
                account.Cause,
                string.Join("; ", account.Evidence),
                string.Join("; ", account.RaisedBy),
                account.Message?.Subject ?? account.Message?.Template,
                account.Message?.To,
                account.LeftAt,
                account.DaysBeforeLeaving,
                account.Right is { } isRight ? (isRight ? "yes" : "no") : null
            );
        }
    }
}
