using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Testing.World;

namespace Signals.Testing.Cost;

/// <summary>Named traffic, played through the real app. Everybody is known before the counting begins, but for the import.</summary>
public static class TrafficMixes
{
    /// <summary>Requests of these mixes are shared by so many workers.</summary>
    public const int Workers = 3;

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(5);

    private static readonly Customers Teams = new(Accounts: 2000, People: 10);

    /// <summary>Groups are accounts; set-up steps and features, so that rules have something to say.</summary>
    public static ValueModel Model { get; } = StoryModels.OfGroups.WithSetUp().WithFeatures();

    /// <summary>Single calls, 100 a second, of random people of 2,000 accounts with ten people each.</summary>
    public static Task<MixResult> SinglesAsync(TimeSpan duration) => OnlineAsync(Singles(duration), Teams);

    /// <summary>
    /// SDK batches of 15 events from distinct people, 40 batches (600 events) a second, of 2,000 accounts with ten people each.
    /// </summary>
    public static Task<MixResult> SdkBatchesAsync(TimeSpan duration) => OnlineAsync(SdkBatches(duration), Teams);

    /// <summary>Both of these, one after the other: to get to know 20,000 people takes longer than to play either.</summary>
    public static async Task<(MixResult Singles, MixResult SdkBatches)> SinglesThenSdkBatchesAsync(TimeSpan singles, TimeSpan sdkBatches)
    {
        await using var rig = await CostRig.StartAsync(Model, Workers);
        var maker = new EventMaker(seed: 1);
        await ImportEverybodyAsync(rig, maker, Teams.Accounts, Teams.People);
        return (await PlayAsync(rig, maker, Singles(singles), Teams), await PlayAsync(rig, maker, SdkBatches(sdkBatches), Teams));
    }

    /// <summary>Server batches of 500 events over 200 accounts with 25 people each, 2 batches (1,000 events) a second.</summary>
    public static Task<MixResult> ServerBatchesAsync(TimeSpan duration) =>
        OnlineAsync(new("server batches of 500, 1,000 events/s", duration, Requests: 2, Events: 500), new(Accounts: 200, People: 25));

    /// <summary>
    /// 90 days of history of people nobody knew, five an account, in chunks of 5,000 in order of time; 40 events a person.
    /// </summary>
    public static async Task<MixResult> ImportAsync(int accounts)
    {
        const int People = 5,
            EventsEach = 40,
            Chunk = 5000,
            Days = 90;
        await using var rig = await CostRig.StartAsync(Model);
        var maker = new EventMaker(4);
        rig.BeginCounting();
        int count = accounts * People * EventsEach;
        for (int sent = 0; sent < count; )
        {
            var chunk = new List<UsageEvent>(Chunk);
            for (; chunk.Count < Chunk && sent < count; sent++)
            {
                int account = maker.Random.Next(accounts);
                var at = CostRig.Start.AddDays(-Days).AddDays((double)Days * sent / count);
                chunk.Add(maker.Track(User(account, maker.Random.Next(People)), Group(account), at, rig.Clock.GetUtcNow(), imported: true));
            }
            rig.Accept(0, chunk);
            await rig.FinishAsync();
        }
        rig.Advance(BetweenSweeps + TimeSpan.FromSeconds(1));
        await rig.SweepAsync();
        return Result(rig, "import, 5,000 events a chunk", count);
    }

    private static Online Singles(TimeSpan duration) => new("single calls, 100/s", duration, Requests: 100, Events: 1);

    private static Online SdkBatches(TimeSpan duration) => new("SDK batches of 15, 600 events/s", duration, Requests: 40, Events: 15);

    private static async Task<MixResult> OnlineAsync(Online mix, Customers customers)
    {
        await using var rig = await CostRig.StartAsync(Model, Workers);
        var maker = new EventMaker(seed: mix.Events);
        await ImportEverybodyAsync(rig, maker, customers.Accounts, customers.People);
        return await PlayAsync(rig, maker, mix, customers);
    }

    /// <summary>
    /// Requests of people who are known, at a steady rate and knowing nothing of each other, with a sweep every five minutes.
    /// </summary>
    private static async Task<MixResult> PlayAsync(CostRig rig, EventMaker maker, Online mix, Customers customers)
    {
        rig.BeginCounting();
        long count = 0;
        var until = rig.Clock.GetUtcNow() + mix.Duration;
        var nextDrain = rig.Clock.GetUtcNow();
        var nextSweep = nextDrain + BetweenSweeps;
        for (var at = rig.Clock.GetUtcNow(); at < until; at += maker.Gap(mix.Requests))
        {
            rig.Advance(at - rig.Clock.GetUtcNow());
            var batch = new UsageEvent[mix.Events];
            for (int i = 0; i < mix.Events; i++)
            {
                int account = maker.Random.Next(customers.Accounts);
                batch[i] = maker.Track(User(account, maker.Random.Next(customers.People)), Group(account), at, at);
            }
            rig.Accept(maker.Random.Next(Workers), batch);
            count += mix.Events;
            if (at >= nextDrain)
            {
                await rig.DrainAsync();
                nextDrain = at.AddSeconds(1);
            }
            if (at >= nextSweep)
            {
                await rig.SweepAsync();
                nextSweep = at + BetweenSweeps;
            }
        }
        await rig.FinishAsync();
        return Result(rig, mix.Name, count);
    }

    /// <summary>Lets everybody identify and use the product a little, and reviews all accounts.</summary>
    internal static async Task ImportEverybodyAsync(CostRig rig, EventMaker maker, int accounts, int people)
    {
        var now = rig.Clock.GetUtcNow();
        foreach (int[] chunk in Enumerable.Range(0, accounts).Chunk(1000))
        {
            var batch = new List<UsageEvent>();
            foreach (int account in chunk)
            {
                for (int person = 0; person < people; person++)
                {
                    batch.Add(maker.Identify(User(account, person), Group(account), now.AddDays(-60)));
                    batch.Add(maker.Track(User(account, person), Group(account), now.AddDays(-20), now, imported: true));
                }
            }
            await rig.Queue.SendAsync(QueueNames.Usage, EventBatchCodec.Pack(new EventBatch(batch, []), now), CancellationToken.None);
            await rig.DrainAsync();
        }
        rig.Advance(TimeSpan.FromHours(1));
        await rig.SweepAsync();
    }

    internal static string Group(int account) => $"team-{account:D6}";

    internal static string User(int account, int person) => $"user-{account:D6}-{person:D2}";

    internal static MixResult Result(CostRig rig, string name, long events) =>
        new(name, events, rig.Reviews, rig.Meter.ToBill(), rig.Folds);

    private sealed record Customers(int Accounts, int People);

    /// <param name="Name">As it is told.</param>
    /// <param name="Duration">How long it is played.</param>
    /// <param name="Requests">A second.</param>
    /// <param name="Events">Of a request.</param>
    private sealed record Online(string Name, TimeSpan Duration, double Requests, int Events);
}
