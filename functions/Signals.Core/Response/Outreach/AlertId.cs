using System.Buffers;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Outreach;

/// <summary>An alert's id, <c>{raised, 17 digits}.{account key}</c>: it leads to the row without a lookup.</summary>
public readonly record struct AlertId(string Value)
{
    private const int MaxChars = 300;
    private const int TimeChars = 17;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\#?:|");

    public static AlertId Of(AccountKey account, DateTimeOffset raisedAt) => new($"{StorageKey.Time(raisedAt)}.{account.Value}");

    public AccountKey Account => new(Value[(TimeChars + 1)..]);

    /// <summary>Null when the text is no alert's id.</summary>
    public static AlertId? Parse(string? text) =>
        text is { Length: > TimeChars + 3 and <= MaxChars }
        && text[TimeChars] == '.'
        && !text.AsSpan(0, TimeChars).ContainsAnyExceptInRange('0', '9')
        && !text.AsSpan(TimeChars).ContainsAny(Forbidden)
        && !text.Any(char.IsControl)
            ? new AlertId(text)
            : null;

    public override string ToString() => Value;
}
