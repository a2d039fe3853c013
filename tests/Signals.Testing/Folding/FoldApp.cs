using Microsoft.Extensions.Logging.Abstractions;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Folding;
using Signals.Core.Response.Erasure;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Core.State.People;
using Signals.Core.State.Seen;
using Signals.Core.State.WakeUps;
using Xunit;

namespace Signals.Testing.Folding;

/// <summary>The fold as one process runs it, on any store, under a clock that stands still.</summary>
public sealed class FoldApp
{
    /// <summary>Monday noon; tests count their moments from it.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public FoldApp(IEntityStore store, ValueModel model, VirtualClock? clock = null)
    {
        Store = store;
        Model = model;
        Clock = clock ?? new VirtualClock(Noon);
        Wakes = new WakeIndex(store);
        Rows = new AccountRows(store);
        Counters = new PipelineCounters(store, Clock);
        Folder = new EventFolder(model);
        Minutes = new MinuteCounts(Clock);
        LeftOut = new LeftOutCounts(Clock);
        Seen = new SeenBook(store, new NamesInUse(model), new LeftOutList(store, LeftOut, Clock), Clock);
        var wishes = new ProductWishes(new Recipients(store, Clock), new RecipientKey(new byte[32]), model);
        var people = new PeopleList(new ShardedList(store));
        Directory = new PersonDirectory(store, Wakes, new HistoryMover(store, Wakes, wishes, people, model, Clock), Clock);
        Handler = new FoldHandler(
            new EventRouter(Directory, model),
            new AccountFold(store, Folder, Directory, Wakes, wishes, people, model, Clock),
            Folder,
            new Quarantine(store),
            Counters,
            new LiveSince(store),
            new ImportedHistory(store, Clock),
            new KnownEvents(store, Clock),
            Minutes,
            Seen,
            LeftOut,
            new ErasedIds(store, new RecipientKey(new byte[32]), Clock),
            Clock,
            NullLogger<FoldHandler>.Instance
        );
    }

    public IEntityStore Store { get; }

    public ValueModel Model { get; }

    public VirtualClock Clock { get; }

    public WakeIndex Wakes { get; }

    public AccountRows Rows { get; }

    public PipelineCounters Counters { get; }

    public EventFolder Folder { get; }

    public MinuteCounts Minutes { get; }

    public SeenBook Seen { get; }

    public LeftOutCounts LeftOut { get; }

    public PersonDirectory Directory { get; }

    public FoldHandler Handler { get; }

    /// <summary>The same app after the process died: nothing but the store and the clock is left.</summary>
    public FoldApp Restarted() => new(Store, Model, Clock);

    /// <summary>A queue message of these events.</summary>
    public static QueueMessage Message(string id, params IEnumerable<UsageEvent> events) => Message(id, new EventBatch([.. events], []));

    /// <summary>A queue message of this batch, which must fit one.</summary>
    public static QueueMessage Message(string id, EventBatch batch)
    {
        var packed = Assert.Single(EventBatchCodec.Pack(batch, Noon));
        return new QueueMessage(QueueNames.Usage, id, packed.Body, packed.Items, 1, Noon, id);
    }

    public Task<IReadOnlyList<Settlement>> DeliverAsync(params IReadOnlyList<QueueMessage> messages) =>
        Handler.HandleAsync(messages, TestContext.Current.CancellationToken);

    /// <summary>Delivers a message and insists that it is settled as done.</summary>
    public async Task FoldAsync(params IReadOnlyList<QueueMessage> messages) =>
        Assert.All(await DeliverAsync(messages), settlement => Assert.Equal(Settlement.Done, settlement));

    /// <summary>Folds events that came in one message.</summary>
    public Task FoldAsync(string messageId, params IEnumerable<UsageEvent> events) => FoldAsync(Message(messageId, events));

    public async Task<AccountState> AccountAsync(AccountKey key) =>
        await Rows.GetAccountAsync(key, TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException($"There is no account '{key}'.");

    public Task<AccountState> GroupAsync(string groupId) => AccountAsync(AccountKey.Group(groupId));

    public Task<AccountState> OwnAsync(string userId) => AccountAsync(AccountKey.Own(PersonKey.User(userId)));

    /// <summary>A person's row, or null.</summary>
    public async Task<PersonState?> FindAsync(AccountKey account, PersonKey person) =>
        await Rows.GetPersonAsync(account, person, TestContext.Current.CancellationToken);

    /// <summary>A user's row in their own account.</summary>
    public async Task<PersonState> UserAsync(string userId) =>
        await FindAsync(AccountKey.Own(PersonKey.User(userId)), PersonKey.User(userId))
        ?? throw new InvalidOperationException($"User '{userId}' has no row.");

    /// <summary>A user's row in a group.</summary>
    public async Task<PersonState> MemberAsync(string groupId, string userId) =>
        await FindAsync(AccountKey.Group(groupId), PersonKey.User(userId))
        ?? throw new InvalidOperationException($"User '{userId}' has no row in '{groupId}'.");

    public async Task<PipelineTotals> TotalsAsync() => await Counters.GetAsync(TestContext.Current.CancellationToken);

    /// <summary>What was left out so far, written down and read again.</summary>
    public async Task<IReadOnlyList<LeftOut>> LeftOutAsync()
    {
        var list = new LeftOutList(Store, LeftOut, Clock);
        await list.FlushAsync(TestContext.Current.CancellationToken);
        return await list.ReadAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Every wake-up in the due index, however far ahead.</summary>
    public async Task<IReadOnlyList<Wake>> AllWakesAsync()
    {
        var wakes = new List<Wake>();
        for (int shard = 0; shard < WakeIndex.Shards; shard++)
            wakes.AddRange(await Wakes.DueAsync(shard, Noon.AddYears(10), EntityLimits.MaxPage, TestContext.Current.CancellationToken));
        return wakes;
    }
}
