namespace Signals.Core.Daily.PersonFiles;

public sealed record PersonAnswer(
    DateTimeOffset At,
    string Kind,
    double? Score,
    string? Channel,
    string? Comment,
    string? Sentiment,
    IReadOnlyList<string> Themes
);

public sealed record PersonTicket(
    string Id,
    DateTimeOffset? OpenedAt,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset? SolvedAt,
    string? Text,
    string? Sentiment,
    IReadOnlyList<string> Themes
);
