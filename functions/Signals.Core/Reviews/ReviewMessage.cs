using System.Text;
using Signals.Core.Accounts;
using Signals.Core.Messaging;
using Signals.Core.Storage;

namespace Signals.Core.Reviews;

/// <summary>A message of the reviews queue: the account's key.</summary>
public static class ReviewMessage
{
    /// <summary>The id is the account's hash and the time: a key may be longer than an id can be.</summary>
    public static OutgoingMessage Of(AccountKey account, DateTimeOffset now) =>
        new($"{MessageHash.Of(account.Value):x16}@{StorageKey.Time(now)}", Encoding.UTF8.GetBytes(account.Value));

    /// <summary>Null when the body is no account key.</summary>
    public static AccountKey? Parse(ReadOnlySpan<byte> body)
    {
        string key = Encoding.UTF8.GetString(body);
        return key.Length is > 2 and <= 200 && key[1] == '_' ? new AccountKey(key) : null;
    }
}
