using System.Text;
using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Hindsight;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Reviews;
using Signals.Core.State.Accounts;
using Signals.Core.State.Collection;
using Signals.Core.State.Histories;
using Signals.Core.State.Identity;
using Signals.Core.State.Indexes;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.Hindsight;

/// <summary>After history was imported, the days before are there as if Signals had looked all along.</summary>
public sealed class HindsightPassTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_that_worked_and_fell_silent_is_seen_well_first_and_then_not()
    {
        var world = await ImportedAsync(workedFrom: -120, workedTo: -50);

        Assert.Equal(1, await world.Get<HindsightPass>().LookBackAsync(null, Cancel));

        int today = Days.Of(world.Clock.GetUtcNow());
        var days = await world.Get<FigureBook>().ReadAsync(today - 130, today - 1, Cancel);
        // The first look after the first event is at most four weeks later; from there on no day is missing.
        Assert.InRange(days[0].Day, today - 119, today - 92);
        Assert.Equal(Enumerable.Range(days[0].Day, today - days[0].Day), days.Select(day => day.Day));
        Assert.All(days, day => Assert.Equal(1, day.Customers));
        Assert.Equal(RiskLevel.Healthy, LevelOn(days, today - 60));
        Assert.NotEqual(RiskLevel.Healthy, LevelOn(days, today - 25));
        Assert.True(days.Single(day => day.Day == today - 25).Topics.ContainsKey("usage-drop"));
        Assert.DoesNotContain(days.Single(day => day.Day == today - 60).Topics.Keys, topic => topic == "usage-drop");

        var account = (await new AccountRows(world.Store).GetAccountAsync(AccountKey.Own(PersonKey.User("ann")), Cancel))!;
        Assert.Equal(RiskLevel.Healthy, account.Review!.Trail.Points[0].Level);
        Assert.Contains(account.Review.Trail.Points, point => point.Level != RiskLevel.Healthy && point.Day < today - 10);
    }

    [Fact]
    public async Task Nobody_who_is_known_from_history_alone_is_written_to_or_alerted_of()
    {
        var world = await ImportedAsync(workedFrom: -120, workedTo: -50);

        await world.Get<HindsightPass>().LookBackAsync(null, Cancel);
        await world.AdvanceToAsync(day: 3);

        Assert.Empty(world.Mail.Left);
        Assert.Equal(0, (await world.Queue.GetDepthAsync(QueueNames.Outreach, Cancel)).Messages);
    }

    [Fact]
    public async Task A_level_stands_since_history_says_and_is_no_news()
    {
        var world = await ImportedAsync(workedFrom: -120, workedTo: -50);
        var now = world.Clock.GetUtcNow();

        await world.Get<HindsightPass>().LookBackAsync(null, Cancel);
        await world.AdvanceToAsync(day: 2);

        var account = (await new AccountRows(world.Store).GetAccountAsync(AccountKey.Own(PersonKey.User("ann")), Cancel))!;
        Assert.NotEqual(RiskLevel.Healthy, account.Review!.Assessment.Risk.Level);
        Assert.InRange(account.Review.LevelSince, now.AddDays(-50), now.AddDays(-10));
        Assert.Empty(await world.Get<AccountLists>().KeysAsync(AccountLists.Worsened, null, 10, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task It_is_done_once_for_an_import_when_no_more_comes()
    {
        var world = await ImportedAsync(workedFrom: -60, workedTo: -1);

        Assert.Equal(0, await world.Get<HindsightPass>().RunAsync(Cancel));
        world.Clock.Advance(HindsightPass.Quiet);
        Assert.Equal(1, await world.Get<HindsightPass>().RunAsync(Cancel));
        Assert.Equal(0, await world.Get<HindsightPass>().RunAsync(Cancel));
    }

    [Fact]
    public async Task Days_that_were_seen_live_stay_as_they_were_seen()
    {
        var world = await ImportedAsync(workedFrom: -120, workedTo: -50);
        int today = Days.Of(world.Clock.GetUtcNow());
        await world.Get<LiveSince>().NoteAsync(world.Clock.GetUtcNow().AddDays(-40), Cancel);
        var seen = await world.Get<FigurePass>().RunAsync(Cancel) with { Day = today - 30, Left = 7 };
        await world.Get<FigureBook>().SaveAsync(seen, Cancel);

        await world.Get<HindsightPass>().LookBackAsync(null, Cancel);

        var days = await world.Get<FigureBook>().ReadAsync(today - 130, today - 1, Cancel);
        Assert.Equal(7, days.Single(day => day.Day == today - 30).Left);
        Assert.Equal([today - 30], days.Where(day => day.Day >= today - 40).Select(day => day.Day));
        Assert.Contains(days, day => day.Day == today - 41);
    }

    [Fact]
    public void A_history_up_to_a_day_is_what_was_folded_up_to_then()
    {
        History whole = new(),
            then = new();
        var random = new Random(3);
        int cut = Days.Of(SignalsWorld.Start) + 40;
        for (int i = 0; i < 400; i++)
        {
            var at = SignalsWorld.Start.AddHours(random.Next(24 * 80));
            string name = $"e{random.Next(5)}";
            PropertySum[] sums = [new(History.PropertyKey(name, "seconds"), 1_000_000 * random.Next(9))];
            whole.Record(name, at, mentioned: true, sums);
            if (Days.Of(at) <= cut)
                then.Record(name, at, mentioned: true, sums);
        }

        var cutOff = whole.UpTo(cut);

        Assert.Equal(
            then.Buckets.Select(bucket => (bucket.Day, bucket.Sessions)),
            cutOff.Buckets.Select(bucket => (bucket.Day, bucket.Sessions))
        );
        foreach (var total in then.Names)
        {
            Assert.Equal((total.Count, total.First), (cutOff.Total(total.Name)!.Count, cutOff.Total(total.Name)!.First));
            Assert.Equal(Days.Of(total.Last), Days.Of(cutOff.Total(total.Name)!.Last));
        }
        Assert.Equal(Days.Of(then.Last!.Value), Days.Of(cutOff.Last!.Value));
        Assert.Null(whole.UpTo(Days.Of(SignalsWorld.Start) - 1).First);
    }

    private static RiskLevel LevelOn(IReadOnlyList<DayFigures> days, int day) =>
        (RiskLevel)days.Single(figures => figures.Day == day).Levels.ToList().FindIndex(level => level.Accounts == 1);

    /// <summary>Ann's work of some days before today, imported, and everybody reviewed.</summary>
    private static async Task<SignalsWorld> ImportedAsync(int workedFrom, int workedTo)
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfPeople);
        string property = StoryModels.OfPeople.Value.From[0].Property ?? "none";
        var events = new List<UsageEvent>();
        for (int day = workedFrom; day <= workedTo; day++)
        {
            for (int i = 0; i < 6; i++)
            {
                events.Add(
                    new UsageEvent
                    {
                        Type = EventType.Track,
                        Name = StoryModels.OfPeople.Value.From[0].Event,
                        MessageId = $"{day}-{i}",
                        UserId = "ann",
                        Timestamp = world.At(day, 9 + i),
                        ReceivedAt = world.Clock.GetUtcNow(),
                        Imported = true,
                        Payload = Encoding.UTF8.GetBytes($$"""{"{{property}}":600}"""),
                    }
                );
            }
        }
        events.Add(
            new UsageEvent
            {
                Type = EventType.Identify,
                MessageId = "who",
                UserId = "ann",
                Timestamp = world.At(workedFrom),
                ReceivedAt = world.Clock.GetUtcNow(),
                Imported = true,
                Payload = """{"email":"ann@customer.example","plan":"pro"}"""u8.ToArray(),
            }
        );
        await world.Queue.SendAsync(QueueNames.Usage, EventBatchCodec.Pack(new EventBatch(events, []), world.Clock.GetUtcNow()), Cancel);
        await world.DrainAsync();
        await world.Get<ReviewFanOut>().AskAllAsync(Cancel);
        await world.DrainAsync();
        return world;
    }
}
