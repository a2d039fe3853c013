using System.Text;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Accounts;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Outreach;

/// <summary>
/// An outreach's id, <c>{planned, 17 digits}.{hash, 16}.{account key}</c>: it leads to the row without a lookup, and the same plan made
/// twice has the same id.
/// </summary>
public readonly record struct OutreachId(string Value)
{
    public static OutreachId Of(AccountKey account, string person, string cause, string? detail, DateTimeOffset plannedAt) =>
        new($"{StorageKey.Time(plannedAt)}.{MessageHash.Of($"{person}|{cause}|{detail}"):x16}.{account.Value}");

    /// <summary>
    /// The queue message that asks to send it; its id holds the account's hash, for a key may be longer than an id can be.
    /// </summary>
    public OutgoingMessage ToMessage() => new($"{Value[..35]}{MessageHash.Of(Account.Value):x16}", Encoding.UTF8.GetBytes(Value));

    /// <summary>
    /// The same, asked for again by a wake-up: a broker that remembers message ids for a while must not take it for the first one. All
    /// sweeps of one wake-up give it one id.
    /// </summary>
    public OutgoingMessage ToMessage(DateTimeOffset due)
    {
        var first = ToMessage();
        return first with { MessageId = $"{first.MessageId}@{StorageKey.Time(due)}" };
    }

    public AccountKey Account => new(Value[(17 + 1 + 16 + 1)..]);

    /// <summary>The row within the account's partition.</summary>
    public string RowKey => $"{AccountRows.OutreachPrefix}{Value[..17]}:{Value.AsSpan(18, 16)}";

    /// <summary>Null when the text is no outreach id.</summary>
    public static OutreachId? Parse(string? text)
    {
        if (
            text is null
            || text.Length is < 38 or > 300
            || text[17] != '.'
            || text[34] != '.'
            || !text.AsSpan(0, 17).ContainsOnlyDigits()
            || text.AsSpan(35).ContainsAny("/\\#?:")
        )
            return null;
        return new OutreachId(text);
    }

    public override string ToString() => Value;
}

file static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
