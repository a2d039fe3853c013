using Signals.Backtesting;
using Signals.Core.Response.Messages;

namespace Signals.Local.Backtest;

/// <summary>
/// An account that was flagged: when first, at which level, why, with what evidence, what raised the score, what would have been written,
/// and when it left. Right is null where history ends before the horizon.
/// </summary>
public sealed record FlaggedJson(
    string Account,
    string Name,
    string? Plan,
    double Price,
    DateOnly FirstFlag,
    string Level,
    int Score,
    int FlaggedCuts,
    string? Cause,
    double? Confidence,
    IReadOnlyList<string> Evidence,
    IReadOnlyList<string> RaisedBy,
    FlaggedMessageJson? Message,
    DateOnly? LeftAt,
    double? DaysBeforeLeaving,
    bool? Right
)
{
    internal static FlaggedJson Of(FlaggedAccount account, IMessageRenderer? renderer)
    {
        var texts = FlaggedTexts.Of(account, renderer);
        return new FlaggedJson(
            account.Id,
            account.Name,
            account.Plan,
            account.Price,
            DateOnly.FromDateTime(account.At.UtcDateTime),
            texts.Level,
            account.Score,
            account.FlaggedCuts,
            account.Cause?.Id,
            BacktestJson.Rounded(account.Cause?.Confidence),
            texts.Evidence,
            texts.RaisedBy,
            account.Message is { } message
                ? new FlaggedMessageJson(message.Template, message.To, texts.Message?.Subject, texts.Message?.Text)
                : null,
            account.LeftAt is { } left ? DateOnly.FromDateTime(left.UtcDateTime) : null,
            BacktestJson.Rounded(account.DaysBefore),
            account.IsRight
        );
    }
}

/// <summary>A message as it would have been: its template, whom it was for, and what it would have said.</summary>
public sealed record FlaggedMessageJson(string Template, string To, string? Subject, string? Text);
