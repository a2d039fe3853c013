using Signals.Core.Intake.Events;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.Reviews;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;

namespace Signals.Testing.Cost;

/// <summary>
/// Many accounts of three people through a month: a tenth is used every weekday by everybody, half once a week by somebody, a tenth stops
/// on the tenth day, the rest stays away. A sweep every five minutes, as on Azure.
/// </summary>
public static class MonthOfReviews
{
    /// <summary>Queries that sweeps make in a day though nothing is due.</summary>
    public const int EmptySweepsADay = 24 * 12 * WakeIndex.Shards;

    private const int People = 3;

    /// <summary>
    /// The month of so many accounts, or its first days, then everybody reviewed anew, and two ways of asking for reviews that change
    /// nothing.
    /// </summary>
    public static async Task<MonthResult> PlayAsync(int accounts, int days = 30, Action<int>? onDay = null)
    {
        await using var rig = await CostRig.StartAsync(TrafficMixes.Model);
        var maker = new EventMaker(5);
        await TrafficMixes.ImportEverybodyAsync(rig, maker, accounts, People);
        rig.BeginCounting();
        long events = 0;
        var start = rig.Clock.GetUtcNow().Date;
        for (int day = 1; day <= days; day++)
        {
            var midnight = new DateTimeOffset(start.AddDays(day), TimeSpan.Zero);
            await SweepUntilAsync(rig, midnight.AddHours(9));
            events += await UseAsync(rig, maker, accounts, day, midnight.AddHours(9));
            await SweepUntilAsync(rig, midnight.AddHours(23));
            onDay?.Invoke(day);
        }
        var month = TrafficMixes.Result(rig, $"{days} days of {accounts:N0} accounts", events);

        rig.BeginCounting();
        rig.Meter.Phase = "review";
        await rig.Get<ReviewFanOut>().AskAllAsync(CancellationToken.None);
        await rig.DrainAsync();
        var anew = TrafficMixes.Result(rig, "asked for, on another day than the last review", 0);

        rig.BeginCounting();
        await rig.Get<ReviewFanOut>().AskAllAsync(CancellationToken.None);
        await rig.DrainAsync();
        var asked = TrafficMixes.Result(rig, "asked for again, nothing changed", 0);

        var now = rig.Clock.GetUtcNow();
        await rig.Get<WakeIndex>()
            .AddAsync(
                [
                    .. Enumerable
                        .Range(0, accounts)
                        .Select(account => new Wake(now, WakeKind.Review, AccountKey.Group(TrafficMixes.Group(account)))),
                ],
                CancellationToken.None
            );
        rig.BeginCounting();
        await rig.SweepAsync();
        return new MonthResult(accounts, days, month, anew, asked, TrafficMixes.Result(rig, "woken, nothing changed", 0));
    }

    private static async Task SweepUntilAsync(CostRig rig, DateTimeOffset until)
    {
        while (rig.Clock.GetUtcNow() < until)
        {
            rig.Advance(TimeSpan.FromMinutes(5));
            await rig.SweepAsync();
        }
    }

    private static async Task<long> UseAsync(CostRig rig, EventMaker maker, int accounts, int day, DateTimeOffset at)
    {
        bool weekday = at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
        var batch = new List<UsageEvent>();
        long events = 0;
        for (int account = 0; account < accounts; account++)
        {
            int used = (account % 10) switch
            {
                0 when weekday => People,
                1 when weekday && day < 10 => People,
                >= 2 and <= 6 when (account / 10 + day) % 7 == 0 => 1,
                _ => 0,
            };
            for (int person = 0; person < used; person++)
            {
                batch.Add(maker.Track(TrafficMixes.User(account, person), TrafficMixes.Group(account), at, at, name: "Report Shared"));
                batch.Add(maker.Track(TrafficMixes.User(account, person), TrafficMixes.Group(account), at.AddMinutes(5), at));
            }
            if (batch.Count >= 400 || account == accounts - 1)
            {
                events += batch.Count;
                rig.Meter.Phase = "ingest";
                await rig.Queue.SendAsync(QueueNames.Usage, EventBatchCodec.Pack(new EventBatch(batch, []), at), CancellationToken.None);
                batch.Clear();
            }
        }
        await rig.DrainAsync();
        return events;
    }
}

/// <summary>
/// A month or its first days, reviews asked for by the API on another day than the last ones, and reviews that change nothing: asked for
/// again, and brought by a wake-up.
/// </summary>
public sealed record MonthResult(int Accounts, int Days, MixResult Month, MixResult Anew, MixResult Asked, MixResult Woken);
