using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.Reviews;
using Signals.Core.Processing.WakeUps;
using Signals.Core.State.Identity;
using Signals.Core.State.WakeUps;
using Signals.Local.Storage;

namespace Signals.Benchmarks;

/// <summary>
/// Reviews of accounts in which nothing, one event or everything is new; floor: reading the same rows. And a sweep over many accounts of
/// which one in a hundred is due: it may read no more than those.
/// </summary>
internal sealed class ReviewBench : IBench
{
    public static string Name => "review";

    private const int Accounts = 4_000;
    private const int People = 4;
    private const int Days = 60;

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await ReviewsAsync(run, cancellationToken);
        await SweepAsync(run, cancellationToken);
    }

    private static async Task ReviewsAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var noon = new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero).AddHours(12);
        await using var rig = await Rig.StartAsync(
            run,
            MadeUp.Model(ofGroups: true),
            SqliteDurability.Normal,
            noon.AddDays(-Days),
            cancellationToken
        );
        long number = 0;
        for (int day = -Days; day < 0; day += 3)
        {
            var at = noon.AddDays(day);
            rig.Clock.MoveTo(at);
            await rig.FoldAsync(Everybody().Select(who => Rig.Watched(++number, who.Person, who.Account, at)), cancellationToken);
        }
        rig.Clock.MoveTo(noon);
        AccountKey[] keys = [.. Enumerable.Range(0, Accounts).Select(account => AccountKey.Group($"a{account}"))];
        await ReviewAsync(rig, keys, cancellationToken);
        await CaseAsync("nothing new");
        rig.Clock.MoveTo(noon.AddMinutes(30));
        await rig.FoldAsync(keys.Select((_, i) => Rig.Watched(++number, $"u{i}-0", $"a{i}", noon.AddMinutes(20))), cancellationToken);
        rig.Clock.MoveTo(noon.AddHours(2));
        await CaseAsync("one event");
        await rig.FoldAsync(Everybody().Select(who => Rig.Watched(++number, who.Person, who.Account, noon.AddHours(2))), cancellationToken);
        rig.Clock.MoveTo(noon.AddDays(1).AddHours(3));
        await CaseAsync("everybody, and a new day");

        async Task CaseAsync(string what)
        {
            rig.Store.Clear();
            rig.Store.IsRecording = true;
            var cost = await Cost.OfAsync(() => ReviewAsync(rig, keys, cancellationToken));
            rig.Store.IsRecording = false;
            var floor = await Cost.BestOfAsync(2, () => rig.Store.ReadAgainAsync(cancellationToken));
            run.Add(
                new Figure(
                    Name,
                    what,
                    new Amount(Accounts / cost.Cpu, "accounts a CPU s"),
                    new Amount(Accounts / floor.Cpu, "accounts a CPU s"),
                    Goal.AtLeast(0.5)
                )
            );
            run.Add(new Figure(Name, $"{what}: allocated", new Amount((double)cost.Allocated / Accounts / 1024, "KiB an account")));
        }
    }

    private static IEnumerable<(string Person, string Account)> Everybody() =>
        Enumerable.Range(0, Accounts).SelectMany(account => Enumerable.Range(0, People).Select(i => ($"u{account}-{i}", $"a{account}")));

    private static async Task ReviewAsync(Rig rig, AccountKey[] keys, CancellationToken cancellationToken)
    {
        foreach (var some in keys.Chunk(ReviewMessage.MaxAccounts))
        {
            var failures = await rig.Get<ReviewService>().ReviewAsync(some, isAsked: false, cancellationToken);
            if (failures.Count > 0)
                throw new InvalidOperationException($"The review of {failures.First().Key} failed.", failures.First().Value);
        }
    }

    private static async Task SweepAsync(BenchRun run, CancellationToken cancellationToken)
    {
        int accounts = run.IsLong ? 1_000_000 : 100_000;
        var now = new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero).AddHours(12);
        await using var rig = await Rig.StartAsync(run, MadeUp.Model(ofGroups: true), SqliteDurability.Normal, now, cancellationToken);
        var wakes = rig.Get<WakeIndex>();
        foreach (int[] some in Enumerable.Range(0, accounts).Chunk(16_000))
        {
            await wakes.AddAsync(
                [
                    .. some.Select(account => new Wake(
                        account % 100 == 0 ? now.AddMinutes(-1) : now.AddDays(1 + account % 30),
                        WakeKind.Review,
                        AccountKey.Group($"a{account}"),
                        ""
                    )),
                ],
                cancellationToken
            );
        }
        rig.Store.Clear();
        rig.Store.IsRecording = true;
        var sweep = rig.Get<WakeSweep>();
        for (int shard = 0; shard < WakeIndex.Shards; shard++)
            await sweep.GoOnAsync(shard, cancellationToken);
        rig.Store.IsRecording = false;
        var asked = await rig.Get<IMessageQueue>().GetDepthAsync(QueueNames.Reviews, cancellationToken);
        if (asked.Items < accounts / 100)
            throw new InvalidOperationException(
                $"Found {asked.Items:#,##0} accounts asked to be reviewed, expected {accounts / 100:#,##0}."
            );
        run.Add(
            new Figure(
                Name,
                $"rows read to find 1% of {accounts:#,##0} accounts",
                new Amount((double)rig.Store.Entities / accounts, "a row an account"),
                null,
                Goal.AtMost(0.011)
            )
        );
    }
}
