using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Intake.WriteAccess;

/// <summary>
/// The configured write keys, and those that people made. The latter are read into memory: a request costs no read, and every process sees
/// a change within <see cref="StaleAfter"/>.
/// </summary>
/// <remarks>
/// Whatever a key, it is held against all of them. One that is known goes on working while the store is away; one that is not is looked for
/// again before it is refused, no more often than every <see cref="LookAgainAfter"/>, so that a key works everywhere soon after it was made
/// and whoever guesses keys costs next to nothing.
/// </remarks>
public sealed partial class WriteKeys(WriteKeyRows rows, HashedWriteKeys configured, TimeProvider clock, ILogger<WriteKeys> logger)
    : IWriteKeys
{
    /// <summary>Requests have the keys read again when they are older than this, and don't wait for it.</summary>
    public static readonly TimeSpan RefreshAfter = TimeSpan.FromSeconds(30);

    /// <summary>Keys older than this are read again before they are believed.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(1);

    /// <summary>How soon an unknown key may have the keys read again.</summary>
    public static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Known _known = new([], null);
    private Task _reading = Task.CompletedTask;
    private DateTimeOffset _triedAt;

    public ValueTask<WriteKeyKind?> KindOfAsync(string writeKey, CancellationToken cancellationToken)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (!HashedWriteKeys.TryHash(writeKey, hash))
            return new ValueTask<WriteKeyKind?>((WriteKeyKind?)null);
        var known = Volatile.Read(ref _known);
        var now = clock.GetUtcNow();
        var configuredAs = configured.KindOf(hash);
        var madeAs = known.KindOf(hash, now);
        var age = known.ReadAt is { } readAt ? (now - readAt).Duration() : TimeSpan.MaxValue;
        if (configuredAs is not null || (madeAs is not null && age < StaleAfter))
        {
            if (age >= RefreshAfter)
                _ = ReadAsync();
            return new ValueTask<WriteKeyKind?>(configuredAs ?? madeAs);
        }
        return madeAs is null && age < LookAgainAfter
            ? new ValueTask<WriteKeyKind?>((WriteKeyKind?)null)
            : new ValueTask<WriteKeyKind?>(LookAgainAsync(hash.ToArray(), madeAs, cancellationToken));
    }

    /// <summary>Reads the keys now: whoever changed them sees the change at once.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // A reading that is under way may have begun before the change.
        await ReadAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        await ReadAsync().WaitAsync(cancellationToken);
    }

    private async Task<WriteKeyKind?> LookAgainAsync(byte[] hash, WriteKeyKind? madeAs, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync().WaitAsync(cancellationToken);
        }
        catch (TransientStoreException) when (madeAs is not null)
        {
            // It was good when the keys could last be read: better to take the events of a key that was revoked since than to lose a good
            // one's.
            return madeAs;
        }
        return Volatile.Read(ref _known).KindOf(hash, clock.GetUtcNow());
    }

    /// <summary>
    /// One reading serves all who wait for it, so it does not end with any one of them. One that failed speaks for the next few seconds
    /// too.
    /// </summary>
    private Task ReadAsync()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (!_reading.IsCompleted || (_reading.IsFaulted && (now - _triedAt).Duration() < LookAgainAfter))
                return _reading;
            _triedAt = now;
            return _reading = ReadNowAsync();
        }
    }

    private async Task ReadNowAsync()
    {
        try
        {
            var now = clock.GetUtcNow();
            var keys = await rows.ListAsync(CancellationToken.None);
            Volatile.Write(ref _known, new Known([.. keys.Where(key => key.IsValid(now))], now));
        }
        catch (TransientStoreException fault)
        {
            LogUnread(logger, fault);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write keys cannot be read now; those known go on being taken.")]
    private static partial void LogUnread(ILogger logger, Exception fault);

    private sealed record Known(WriteKey[] Keys, DateTimeOffset? ReadAt)
    {
        public WriteKeyKind? KindOf(ReadOnlySpan<byte> hash, DateTimeOffset now)
        {
            WriteKeyKind? kind = null;
            foreach (var key in Keys)
            {
                if (CryptographicOperations.FixedTimeEquals(hash, key.Hash) & key.IsValid(now))
                    kind = key.TakenAs;
            }
            return kind;
        }
    }
}
