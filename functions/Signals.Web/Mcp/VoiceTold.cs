namespace Signals.Web.Mcp;

/// <summary>Themes and requests as of the last pass, texts the newest first.</summary>
internal sealed record VoiceTold(
    DateTimeOffset? MeasuredAt,
    IReadOnlyList<ThemeTold> Themes,
    IReadOnlyList<TextTold> Texts,
    IReadOnlyList<RequestTold> AskedFor
);

internal sealed record ThemeTold(string Name, int Texts, int Accounts, int AccountsKind, int AccountsUnkind);

internal sealed record TextTold(
    DateTimeOffset At,
    string Account,
    string AccountName,
    string Source,
    string? Channel,
    double? Score,
    string Sentiment,
    string CustomerWords
);

internal sealed record RequestTold(
    string CustomerWords,
    int Accounts,
    double Price,
    string Currency,
    DateTimeOffset First,
    DateTimeOffset Last
);
