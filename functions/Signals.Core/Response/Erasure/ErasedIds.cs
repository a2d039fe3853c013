using System.Collections.Concurrent;
using System.Text.Json;
using Signals.Core.Intake.Doors;
using Signals.Core.Intake.Events;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Storage;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Identity;

namespace Signals.Core.Response.Erasure;

/// <summary>
/// Who was erased, by a keyed hash of each id and address, so that what comes late about them is dropped; nothing of them can be read from
/// it. Table <see cref="Table"/>, partition <c>ids</c>, rows <c>{time}:{hash}</c>. Each process keeps a copy and reads what is new every
/// <see cref="RefreshEvery"/>.
/// </summary>
public sealed class ErasedIds(IEntityStore store, RecipientKey key, TimeProvider clock)
{
    public const string Table = "erased";

    /// <summary>Another process knows of an erasure within this time: one query, while there is work.</summary>
    public static readonly TimeSpan RefreshEvery = TimeSpan.FromMinutes(1);

    /// <summary>Who may come back again is known everywhere within this time.</summary>
    private static readonly TimeSpan ReloadEvery = TimeSpan.FromHours(1);

    /// <summary>Rows are looked for so long before the newest one known: clocks differ, and a write may take its time.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private const string Partition = "ids";
    private const int TimeDigits = 17;

    private readonly Lock _gate = new();
    private Task _loading = Task.CompletedTask;
    private ConcurrentDictionary<string, bool> _hashes = new(StringComparer.Ordinal);
    private DateTimeOffset _refreshedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _loadedAt = DateTimeOffset.MinValue;

    public bool IsEmpty => _hashes.IsEmpty;

    /// <summary>Call before a batch of work: reads what other processes erased meanwhile, unless that was done lately.</summary>
    public ValueTask RefreshAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return IsFresh(now) ? ValueTask.CompletedTask : new ValueTask(LoadOnceAsync(now).WaitAsync(cancellationToken));
    }

    public bool Contains(PersonKey person) => !IsEmpty && _hashes.ContainsKey(key.OfErased(person.Value));

    public bool Contains(AccountKey account) => !IsEmpty && _hashes.ContainsKey(key.OfErased(account.Value));

    public bool Contains(Mailbox mailbox) => !IsEmpty && _hashes.ContainsKey(key.OfErased(mailbox.Identity));

    /// <summary>
    /// True for an event of somebody who was erased, about an erased account, or that says who somebody erased is. A browser that several
    /// use has one anonymous id: an event with a user id is that user's.
    /// </summary>
    public bool Concerns(UsageEvent usageEvent) =>
        !IsEmpty
        && (
            (
                usageEvent.UserId is { } user
                    ? Contains(PersonKey.User(user))
                    : usageEvent.AnonymousId is { } anonymous
                        && (Contains(PersonKey.Anonymous(anonymous)) || (DoorIds.MailboxOf(anonymous) is { } mailbox && Contains(mailbox)))
            )
            || (usageEvent.PreviousId is { } previous && IsEither(previous))
            || (usageEvent.GroupId is { } group && Contains(AccountKey.Group(group)))
        );

    /// <summary>The same for one that could not be understood, as far as it can be read.</summary>
    public bool Concerns(QuarantinedEvent quarantined)
    {
        if (IsEmpty)
            return false;
        try
        {
            using var document = JsonDocument.Parse(quarantined.Raw);
            return Concerns(document.RootElement, depth: 0);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Remembers people, accounts and addresses. Doing it again changes nothing.</summary>
    /// <param name="names">Keys of people and accounts, and the identities of addresses (<see cref="Mailbox.Identity"/>).</param>
    /// <param name="cancellationToken">Ends the writing between transactions.</param>
    public async Task AddAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        string time = StorageKey.Time(clock.GetUtcNow());
        string[] news = [.. names.Select(key.OfErased).Distinct(StringComparer.Ordinal).Where(hash => !_hashes.ContainsKey(hash))];
        foreach (string[] chunk in news.Chunk(EntityLimits.MaxOperations))
        {
            await store.CommitAsync(
                Table,
                Partition,
                [.. chunk.Select(hash => EntityOperation.Upsert(new Entity(Partition, $"{time}:{hash}")))],
                cancellationToken
            );
            foreach (string hash in chunk)
                _hashes[hash] = true;
        }
    }

    /// <summary>Lets people, accounts and addresses come back; returns how many were kept out.</summary>
    public async Task<int> RemoveAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var back = names.Select(key.OfErased).ToHashSet(StringComparer.Ordinal);
        var rows = await store
            .ReadAllAsync(new EntityQuery(Table, Partition), cancellationToken)
            .Where(row => back.Contains(HashOf(row)))
            .ToListAsync(cancellationToken);
        foreach (var row in rows)
        {
            await store.CommitAsync(Table, Partition, [EntityOperation.Delete(row.RowKey)], cancellationToken);
            _hashes.TryRemove(HashOf(row), out _);
        }
        return rows.Select(HashOf).Distinct(StringComparer.Ordinal).Count();
    }

    /// <summary>One loading serves all who wait for it, so it does not end with any one of them.</summary>
    private Task LoadOnceAsync(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_loading.IsCompleted)
                _loading = LoadAsync(now);
            return _loading;
        }
    }

    private async Task LoadAsync(DateTimeOffset now)
    {
        bool isWhole = now < _loadedAt || now - _loadedAt >= ReloadEvery;
        var hashes = isWhole ? new ConcurrentDictionary<string, bool>(StringComparer.Ordinal) : _hashes;
        string? from = isWhole ? null : StorageKey.Time(_refreshedAt - Overlap);
        await foreach (var row in store.ReadAllAsync(new EntityQuery(Table, Partition, from), CancellationToken.None))
            hashes[HashOf(row)] = true;
        _hashes = hashes;
        _refreshedAt = now;
        if (isWhole)
            _loadedAt = now;
    }

    private bool IsFresh(DateTimeOffset now) => now >= _refreshedAt && now - _refreshedAt < RefreshEvery;

    private bool IsEither(string id) => Contains(PersonKey.User(id)) || Contains(PersonKey.Anonymous(id));

    /// <summary>Ids and addresses stand at the top of an event, in its traits or in its properties.</summary>
    private bool Concerns(JsonElement element, int depth)
    {
        const int TraitsInContext = 2;
        if (element.ValueKind != JsonValueKind.Object || depth > TraitsInContext)
            return false;
        foreach (var member in element.EnumerateObject())
        {
            bool isErased = member.Value.ValueKind switch
            {
                JsonValueKind.Object => Concerns(member.Value, depth + 1),
                JsonValueKind.String => IsErased(member.Name, member.Value.GetString()!),
                JsonValueKind.Number => IsErased(member.Name, member.Value.GetRawText()),
                _ => false,
            };
            if (isErased)
                return true;
        }
        return false;
    }

    private bool IsErased(string name, string value) =>
        name switch
        {
            "userId" or "anonymousId" or "previousId" => IsEither(value),
            "groupId" => Contains(AccountKey.Group(value)),
            _ => Mailbox.Parse(value) is { } mailbox && Contains(mailbox),
        };

    private static string HashOf(Entity row) => row.RowKey[(TimeDigits + 1)..];
}
