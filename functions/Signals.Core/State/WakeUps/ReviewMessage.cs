using System.Globalization;
using System.Text;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Identity;

namespace Signals.Core.State.WakeUps;

/// <summary>
/// The messages of the reviews queue. The bus bills by the message, so one asks for up to <see cref="MaxAccounts"/> reviews, a key a
/// line, after a line <c>asked</c> where somebody asked for them; <c>sweep:{shard}</c> and <c>all:{shard}</c> leave it to their receiver to
/// find the accounts of a shard.
/// </summary>
public static class ReviewMessage
{
    /// <summary>
    /// As many as one transaction of a shard's due index holds; their keys stay well under the 64 KB that are billed as one.
    /// </summary>
    public const int MaxAccounts = 100;

    private const string SweepPrefix = "sweep:";
    private const string AllPrefix = "all:";
    private const string AskedLine = "asked\n";

    /// <summary>Asks for one review.</summary>
    public static OutgoingMessage Of(AccountKey account, DateTimeOffset now, bool isAsked = false) => Of([account], now, isAsked);

    /// <summary>Asks for many reviews, in as few messages as they need.</summary>
    public static IEnumerable<OutgoingMessage> Pack(IEnumerable<AccountKey> accounts, DateTimeOffset now, bool isAsked = false) =>
        accounts.Chunk(MaxAccounts).Select(chunk => Of(chunk, now, isAsked));

    /// <summary>Asks for everything that is due in a shard of the due index.</summary>
    public static OutgoingMessage OfSweep(int shard, DateTimeOffset now) => OfShard($"{SweepPrefix}{shard:D2}", StorageKey.Time(now));

    /// <summary>Asks for a review of every account of a shard of the lists; asked twice on one occasion, it is done once.</summary>
    public static OutgoingMessage OfAll(int shard, string occasion) => OfShard($"{AllPrefix}{shard:D2}", occasion);

    /// <summary>Null when the body is none of these.</summary>
    public static ReviewRequest? Parse(ReadOnlySpan<byte> body)
    {
        string text = Encoding.UTF8.GetString(body);
        if (ShardOf(text, SweepPrefix) is { } sweep)
            return new ReviewRequest.Sweep(sweep);
        if (ShardOf(text, AllPrefix) is { } all)
            return new ReviewRequest.All(all);
        bool isAsked = text.StartsWith(AskedLine, StringComparison.Ordinal);
        string[] keys = (isAsked ? text[AskedLine.Length..] : text).Split('\n');
        return keys.Length <= MaxAccounts && Array.TrueForAll(keys, IsKey)
            ? new ReviewRequest.Of([.. keys.Select(key => new AccountKey(key))], isAsked)
            : null;
    }

    /// <summary>The id is a hash of the keys and the time: a key may be longer than an id can be.</summary>
    private static OutgoingMessage Of(AccountKey[] accounts, DateTimeOffset now, bool isAsked)
    {
        string body = (isAsked ? AskedLine : "") + string.Join('\n', accounts.Select(account => account.Value));
        return new OutgoingMessage($"{MessageHash.Of(body):x16}@{StorageKey.Time(now)}", Encoding.UTF8.GetBytes(body), accounts.Length);
    }

    private static OutgoingMessage OfShard(string body, string occasion) => new($"{body}@{occasion}", Encoding.UTF8.GetBytes(body));

    private static int? ShardOf(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(text.AsSpan(prefix.Length), NumberStyles.None, null, out int shard)
            ? shard
            : null;

    private static bool IsKey(string key) => key.Length is > 2 and <= 200 && key[1] == '_';
}
