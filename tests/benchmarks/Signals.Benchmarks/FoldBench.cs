using Signals.Core.Platform.Messaging;
using Signals.Local.Storage;

namespace Signals.Benchmarks;

/// <summary>
/// Events into accounts of 1 to 10,000 people with 1 to 400 days of history. Floor: the same rows written once more, without reading or
/// folding. Cost an event is to be flat in both.
/// </summary>
internal sealed class FoldBench : IBench
{
    public static string Name => "fold";

    private const int Measured = 8_000;
    private const int EventsABatch = 2_000;

    /// <summary>History is told sparsely to many people: so many events at most go in before what is measured.</summary>
    private const int History = 120_000;

    /// <summary>Whoever works in the same minutes: a large account's events come from some of its people at a time.</summary>
    private const int AtOnce = 50;

    private static readonly int[] Crowds = [1, 100, 10_000];
    private static readonly int[] Histories = [1, 90, 400];

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        await CaseAsync(run, 10, 10, null, cancellationToken);
        var costs = new Dictionary<(int People, int Days), double>();
        foreach (int people in Crowds)
        {
            foreach (int days in Histories)
                costs[(people, days)] = await CaseAsync(run, people, days, $"{people:#,##0} people, {days} days", cancellationToken);
        }
        run.Add(Grows("with people", [.. Crowds.Select(people => ((double)people, Histories.Average(days => costs[(people, days)])))]));
        run.Add(Grows("with days", [.. Histories.Select(days => ((double)days, Crowds.Average(people => costs[(people, days)])))]));
    }

    /// <summary>A tenth more for each tenfold is as flat as can be told.</summary>
    private static Figure Grows(string what, IReadOnlyList<(double, double)> points) =>
        new(Name, $"growth of an event {what}", new Amount(Growth.Exponent(points), "(exponent)"), null, Goal.AtMost(0.1));

    private static async Task<double> CaseAsync(BenchRun run, int people, int days, string? told, CancellationToken cancellationToken)
    {
        var noon = new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero).AddHours(12);
        await using var rig = await Rig.StartAsync(
            run,
            MadeUp.Model(ofGroups: true),
            SqliteDurability.Normal,
            noon.AddDays(-days),
            cancellationToken
        );
        long number = 0;
        int step = Math.Max(1, (int)Math.Ceiling((double)people * days / History));
        for (int day = -days; day < 0; day++)
        {
            var at = noon.AddDays(day);
            rig.Clock.MoveTo(at);
            // Everybody is there from the first day, and every so many days from then on.
            var doers = Enumerable.Range(0, people).Where(person => day == -days || (person + day + days) % step == 0);
            await rig.FoldAsync(doers.Select(person => Rig.Watched(++number, $"u{person}", "acme", at)), cancellationToken);
        }
        rig.Clock.MoveTo(noon);
        var batches = Enumerable
            .Range(0, Measured / EventsABatch)
            .Select(batch =>
                rig.Messages(
                    Enumerable
                        .Range(0, EventsABatch)
                        .Select(i =>
                            Rig.Watched(
                                ++number,
                                $"u{(batch * AtOnce + i % Math.Min(AtOnce, people)) * 7919L % people}",
                                "acme",
                                noon.AddSeconds(i)
                            )
                        )
                )
            )
            .ToList();
        var fold = rig.Handler(QueueNames.Usage);
        rig.Store.IsRecording = true;
        var cost = await Cost.OfAsync(async () =>
        {
            foreach (var batch in batches)
            {
                foreach (var messages in batch.Chunk(fold.BatchSize))
                    Rig.Insist(await fold.HandleAsync(messages, cancellationToken));
            }
        });
        rig.Store.IsRecording = false;
        var (database, empty) = RecordingStore.Empty(run.Folder(), SqliteDurability.Normal);
        var floor = await Cost.OfAsync(() => rig.Store.WriteAgainAsync(empty, 1, cancellationToken));
        database.Dispose();
        double an = cost.Cpu / Measured * 1e6;
        if (told is not null)
        {
            run.Add(new Figure(Name, told, new Amount(an, "CPU µs an event"), new Amount(floor.Cpu / Measured * 1e6, "CPU µs an event")));
            if (people == Crowds[^1] && days == Histories[^1])
                run.Add(new Figure(Name, "allocated", new Amount((double)cost.Allocated / Measured, "bytes an event")));
        }
        return an;
    }
}
