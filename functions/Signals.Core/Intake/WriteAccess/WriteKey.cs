using Signals.Core.Platform.Languages;

namespace Signals.Core.Intake.WriteAccess;

/// <summary>A write key as it is kept: never the key itself.</summary>
/// <param name="Id">Names it for good.</param>
/// <param name="Name">What people call it; a key and those it was rotated from share one.</param>
/// <param name="Hash">SHA-256 of the key's UTF-8 text.</param>
/// <param name="End">The key's last characters, by which people tell it from others.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="EndsAt">From when it opens nothing any more: it was revoked then, or rotated before; null while it has no end.</param>
/// <param name="Kind">Where it lives; null for one that was made before keys had kinds and of which nobody has said it since.</param>
public sealed record WriteKey(
    string Id,
    string Name,
    byte[] Hash,
    string End,
    DateTimeOffset CreatedAt,
    DateTimeOffset? EndsAt,
    WriteKeyKind? Kind
)
{
    /// <summary>A key of which nobody said where it lives goes on being believed, as it was when it was made.</summary>
    public WriteKeyKind TakenAs => Kind ?? WriteKeyKind.Server;

    public bool IsValid(DateTimeOffset now) => EndsAt is not { } end || now < end;
}

/// <summary>A key that was just made. <paramref name="Secret"/> is the key itself, told this once and kept nowhere.</summary>
public sealed record NewWriteKey(WriteKey Key, string Secret)
{
    /// <summary>Never the key, so that it can't end in a log.</summary>
    public override string ToString() => $"{nameof(NewWriteKey)} {Key.Id}";
}

/// <summary>A write key that cannot be made so; the message names what was found and what is expected.</summary>
public sealed class WriteKeyException(Phrase reason) : Exception(reason.ToString())
{
    /// <summary>What was found and what was expected, for whoever asked.</summary>
    public Phrase Reason { get; } = reason;
}
