using Signals.Core.Platform.Statistics;

namespace Signals.Local.Backtest.Page;

/// <summary>How numbers read on the page.</summary>
internal static class Words
{
    public static string Count(double count) => count.ToString("#,##0.##");

    public static string Percent(double? share) => share is { } known ? $"{known * 100:0.0}%" : "–";

    public static string Number(double? measure, string format = "0.00") => measure is { } known ? known.ToString(format) : "–";

    /// <summary>"0.71 (0.64 to 0.77)".</summary>
    public static string With(double? measure, Interval? interval, string format = "0.00") =>
        Number(measure, format)
        + (measure is not null && interval is { } known ? $" ({known.From.ToString(format)} to {known.To.ToString(format)})" : "");

    /// <summary>"0.64 to 0.77".</summary>
    public static string Between(Interval? interval, string format) =>
        interval is { } known ? $"{known.From.ToString(format)} to {known.To.ToString(format)}" : "not defined";

    /// <summary>"8.0% (3.1% to 14.2%)".</summary>
    public static string PercentWith(double? share, Interval? interval) =>
        Percent(share) + (share is not null && interval is { } known ? $" ({Percent(known.From)} to {Percent(known.To)})" : "");

    /// <summary>"1.4 times (1.1 to 1.8)".</summary>
    public static string TimesWith(double? times, Interval? interval) =>
        times is null ? Number(null) : $"{Number(times, "0.0")} times" + (interval is null ? "" : $" ({Between(interval, "0.0")})");
}
