using Microsoft.Extensions.DependencyInjection;
using Signals.Core;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Reviews;
using Signals.Core.Processing.WakeUps;
using Signals.Core.Response.Links;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Core.State.People;
using Signals.Core.State.WakeUps;
using Signals.Testing.Messaging;
using Signals.Testing.Storage;
using Xunit;

namespace Signals.Testing.World;

/// <summary>
/// The whole app over stores in memory and a clock that stands still: people do things on numbered days, <see cref="AdvanceToAsync(int)"/>
/// lets the days pass, and what follows can be looked at. Day 0 is Monday, 3 March 2025, unless told.
/// </summary>
/// <example>
/// <code>
/// var world = await SignalsWorld.WithAsync(model);
/// world.Given("ann").Joins("acme").With("plan", "pro").On(0).Tracks("Report Shared").OnWeekdays(0, 60);
/// await world.AdvanceToAsync(day: 80);
/// var review = await world.ReviewAsync("acme");
/// </code>
/// </example>
public sealed class SignalsWorld
{
    public static readonly DateTimeOffset Start = new(2025, 3, 3, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>The hours at which a day's sweep runs: time-alone reviews fall due in the first four.</summary>
    private static readonly double[] SweepHours = [4.5, 12, 18];

    private readonly PriorityQueue<UsageEvent, (DateTimeOffset, int)> _coming = new();
    private readonly DateTimeOffset _start;
    private readonly IEntityStore _store;
    private ServiceProvider _services = null!;
    private int _messages;

    private SignalsWorld(ValueModel model, DateTimeOffset? start, IEntityStore? store)
    {
        Model = model;
        _store = store ?? Store;
        _start = start ?? Start;
        Clock = new VirtualClock(_start);
        Queue = new InMemoryMessageQueue(Clock);
        Mail = new RecordingEmailSender(Clock);
        Today = 0;
    }

    public ValueModel Model { get; private set; }

    public VirtualClock Clock { get; }

    public InMemoryEntityStore Store { get; } = new();

    public InMemoryMessageQueue Queue { get; }

    public RecordingEmailSender Mail { get; }

    public PlainRenderer Renderer { get; } = new();

    public RecipientKey RecipientKey { get; } = new(new byte[32]);

    /// <summary>The day that the clock is in.</summary>
    public int Today { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="model">The value model.</param>
    /// <param name="start">Midnight of day 0.</param>
    /// <param name="store">An empty one of a host's own; null keeps everything in memory.</param>
    public static async Task<SignalsWorld> WithAsync(ValueModel model, DateTimeOffset? start = null, IEntityStore? store = null)
    {
        var world = new SignalsWorld(model, start, store);
        await world.RestartAsync();
        return world;
    }

    /// <summary>A moment of a numbered day, by UTC hour.</summary>
    public DateTimeOffset At(int day, double hour = 10) => _start.AddDays(day).AddHours(hour);

    /// <summary>The UTC date of a numbered day, as evidence tells it.</summary>
    public DateOnly Date(int day) => DateOnly.FromDateTime(At(day).UtcDateTime);

    public PersonStory Given(string person) => new(this, person);

    /// <summary>Ends the process and starts another on the same data, under the same model or another one.</summary>
    /// <param name="model">Another model.</param>
    /// <param name="with">What takes the place of a double.</param>
    public async Task RestartAsync(ValueModel? model = null, Action<IServiceCollection>? with = null)
    {
        Model = model ?? Model;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSignalsCore(Model);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(_store);
        services.AddSingleton<IEntityScan>(_store as IEntityScan ?? Store);
        services.AddSingleton<IMessageQueue>(Queue);
        services.AddSingleton<IDeadLetters>(Queue);
        services.AddSingleton<IEmailSender>(Mail);
        services.AddSingleton<IMessageRenderer>(Renderer);
        services.AddSingleton<ICardRenderer>(Renderer);
        services.AddSingleton(RecipientKey);
        services.AddSingleton(new LinkKeys(new byte[32]));
        services.AddSingleton(new PublicAddress("https://signals.example"));
        with?.Invoke(services);
        _services = services.BuildServiceProvider();
        await Get<ModelActivation>().ActivateAsync(Cancel);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>An event that will be accepted when the clock reaches its arrival.</summary>
    public void Expect(UsageEvent usageEvent) => _coming.Enqueue(usageEvent, (usageEvent.ReceivedAt, _coming.Count + _messages));

    public string NextMessageId() => $"m-{++_messages}";

    /// <summary>Lets the days pass up to the end of the afternoon of a day, with sweeps and queues at work.</summary>
    public async Task AdvanceToAsync(int day)
    {
        for (; Today <= day; Today++)
        {
            foreach (double hour in SweepHours)
            {
                await AcceptUntilAsync(At(Today, hour));
                await RunAsync();
            }
        }
        Today = day;
    }

    /// <summary>Lets an exact time pass; sweeps and queues run once, at its end.</summary>
    public async Task AdvanceToAsync(DateTimeOffset moment)
    {
        await AcceptUntilAsync(moment);
        Today = (int)(Clock.GetUtcNow() - _start).TotalDays;
        await RunAsync();
    }

    /// <summary>Runs the sweep and the queues at the clock's time until nothing is left to do.</summary>
    public async Task RunAsync()
    {
        while (await Get<WakeSweep>().RunAsync(Cancel) + await DrainAsync() > 0) { }
    }

    /// <summary>Handles what waits in the queues now; returns how many deliveries that took.</summary>
    public async Task<int> DrainAsync()
    {
        int deliveries = 0;
        foreach (var handler in _services.GetServices<IMessageHandler>())
            deliveries += await DrainAsync(handler);
        return deliveries;
    }

    public async Task<AccountState?> AccountAsync(string account) => await new AccountRows(_store).GetAccountAsync(KeyOf(account), Cancel);

    /// <summary>An account's last review; fails when there is none.</summary>
    public async Task<AccountReview> ReviewAsync(string account) =>
        (await AccountAsync(account))?.Review ?? throw new InvalidOperationException($"'{account}' was never reviewed.");

    public async Task<PersonState?> PersonAsync(string account, string person) =>
        await new AccountRows(_store).GetPersonAsync(KeyOf(account), PersonKey.User(person), Cancel);

    /// <summary>Reviews an account at once, as the API's call does.</summary>
    public Task<AccountReview?> ReviewNowAsync(string account) => Get<ReviewService>().ReviewAsync(KeyOf(account), Cancel);

    /// <summary>An account's messages and alerts, oldest first.</summary>
    public async Task<IReadOnlyList<OutreachRecord>> OutreachAsync(string account) =>
        [.. (await Get<OutreachRows>().OfAccountAsync(KeyOf(account), 1000, null, Cancel)).Reverse()];

    /// <summary>Messages to customers of an account, oldest first.</summary>
    public async Task<IReadOnlyList<OutreachRecord>> MessagesAsync(string account) =>
        [.. (await OutreachAsync(account)).Where(record => record.Kind == OutreachKind.Message)];

    public async Task<IReadOnlyList<OutreachRecord>> AlertsAsync(string account) =>
        [.. (await OutreachAsync(account)).Where(record => record.Kind == OutreachKind.Alert)];

    /// <summary>The ids of the accounts in a list, in its order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string list, string? after = null)
    {
        var ids = new List<string>();
        await foreach (var (account, _) in Get<AccountLists>().ReadAsync(list, after, 100, Cancel))
            ids.Add(account.Id);
        return ids;
    }

    /// <summary>Every wake-up that stands, earliest first.</summary>
    public async Task<IReadOnlyList<Wake>> WakesAsync()
    {
        var all = new List<Wake>();
        for (int shard = 0; shard < WakeIndex.Shards; shard++)
        {
            await foreach (var wake in Get<WakeIndex>().AllAsync(shard, Cancel))
                all.Add(wake);
        }
        return [.. all.OrderBy(wake => wake.At)];
    }

    /// <summary>The key of a group, or in a model of persons that of a person's own account.</summary>
    public AccountKey KeyOf(string account) =>
        Model.Accounts == AccountsMode.Group ? AccountKey.Group(account) : AccountKey.Own(PersonKey.User(account));

    private async Task AcceptUntilAsync(DateTimeOffset moment)
    {
        while (_coming.TryPeek(out var next, out _) && next.ReceivedAt <= moment)
        {
            var batch = new List<UsageEvent>();
            var until = next.ReceivedAt.AddMinutes(30) < moment ? next.ReceivedAt.AddMinutes(30) : moment;
            while (_coming.TryPeek(out next, out _) && next.ReceivedAt <= until)
                batch.Add(_coming.Dequeue());
            Clock.MoveTo(batch[^1].ReceivedAt);
            await Queue.SendAsync(QueueNames.Usage, EventBatchCodec.Pack(new EventBatch(batch, []), Clock.GetUtcNow()), Cancel);
            await RunAsync();
            Clock.Advance(ReviewSchedule.Settle);
            await RunAsync();
        }
        Clock.MoveTo(moment);
    }

    private async Task<int> DrainAsync(IMessageHandler handler)
    {
        for (int deliveries = 0; ; )
        {
            var messages = await Queue.ReceiveAsync(handler.Queue, handler.BatchSize, Lease, Cancel);
            if (messages.Count == 0)
                return deliveries;
            deliveries += messages.Count;
            var settlements = await handler.HandleAsync(messages, Cancel);
            await Queue.SettleAsync(
                [.. messages.Zip(settlements, (message, settlement) => new SettledMessage(message, settlement))],
                Cancel
            );
        }
    }
}
