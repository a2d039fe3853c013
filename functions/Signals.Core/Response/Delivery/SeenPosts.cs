using System.Security.Cryptography;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.Response.Delivery;

/// <summary>
/// The signed posts that were applied, so that one which comes again, as only a thief or a stutter would send it, changes nothing. A
/// provider repeats for hours what was not taken; whoever keeps a post for longer than <see cref="KeepDays"/> is refused by its
/// signature's date.
/// Table <c>system</c>, partitions <c>posts:{yyyyMMdd}</c> by the day of the signature, rows by a hash of what was signed.
/// </summary>
public sealed class SeenPosts(IEntityStore store)
{
    /// <summary>How long a signature is good for, and so how long its post is remembered.</summary>
    public const int KeepDays = 3;

    private const string Table = "system";

    /// <summary>Days that housekeeping looks back for what a day without it left.</summary>
    private const int PrunedDays = 7;

    /// <summary>What a signed post is known by.</summary>
    public static string KeyOf(ReadOnlySpan<byte> signed) => Convert.ToHexStringLower(SHA256.HashData(signed));

    public async Task<bool> WasAppliedAsync(string key, DateTimeOffset signedAt, CancellationToken cancellationToken) =>
        await store.GetAsync(Table, Partition(Days.Of(signedAt)), key, cancellationToken) is not null;

    /// <summary>Call once all of the post was applied: what a crash leaves half done is done again.</summary>
    public async Task NoteAsync(string key, DateTimeOffset signedAt, CancellationToken cancellationToken)
    {
        string partition = Partition(Days.Of(signedAt));
        await store.CommitAsync(Table, partition, [EntityOperation.Upsert(new Entity(partition, key))], cancellationToken);
    }

    /// <summary>
    /// True for the first who asks, false for everybody after: for posts that nobody repeats, so that one which comes again is a thief's.
    /// </summary>
    public async Task<bool> ClaimAsync(string key, DateTimeOffset signedAt, CancellationToken cancellationToken)
    {
        string partition = Partition(Days.Of(signedAt));
        return (
            await store.CommitAsync(Table, partition, [EntityOperation.Insert(new Entity(partition, key))], cancellationToken)
        ).Committed;
    }

    /// <summary>Forgets the posts whose signatures are no longer good; returns how many.</summary>
    public async Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        int removed = 0;
        int last = Days.Of(now) - KeepDays - 1;
        for (int day = last - PrunedDays; day < last; day++)
            removed += await store.RemoveAllAsync(new EntityQuery(Table, Partition(day)), cancellationToken);
        return removed;
    }

    private static string Partition(int day) => $"posts:{Days.Key(day)}";
}
