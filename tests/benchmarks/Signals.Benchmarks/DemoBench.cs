using Signals.Core.Platform.Time;
using Signals.Local.Demo;
using Signals.Local.Hosting;
using Signals.Local.Storage;
using Signals.Messages.Sources;

namespace Signals.Benchmarks;

/// <summary>The demo's story of 90 days, played, and its first page. Floor: its events folded once, with nothing reviewed.</summary>
internal sealed class DemoBench : IBench
{
    public static string Name => "demo";

    public static async Task RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var model = DemoModel.Read();
        int lastDay = Days.Of(DateTimeOffset.UtcNow);
        long events = 0;
        var floor = await Cost.OfAsync(async () =>
        {
            var story = new DemoStory(model, lastDay);
            await using var rig = await Rig.StartAsync(run, model, SqliteDurability.Normal, story.Begins, cancellationToken);
            foreach (var day in story.Tell())
            {
                rig.Clock.MoveTo(day.Date.AddDays(1));
                var told = day.InOrder();
                events += told.Count;
                await rig.FoldAsync(told, cancellationToken);
            }
        });
        var cost = await Cost.OfAsync(async () =>
        {
            var options = new LocalOptions(run.Folder(), model, TemplateSource.Embedded, new LocalSettings(null, null, null));
            await using var player = new StoryPlayer(new DemoStory(model, lastDay), options, "http://localhost");
            await player.PlayAsync(_ => { }, cancellationToken);
        });
        run.Add(new Figure(Name, $"the story of {events:#,##0} events", new Amount(cost.Cpu, "CPU s"), new Amount(floor.Cpu, "CPU s")));
        run.Add(new Figure(Name, "processor time of the story", new Amount(cost.Cpu, "CPU s"), null, Goal.AtMost(20)));
        run.Add(new Figure(Name, "seconds until told", new Amount(cost.Wall, "s"), null, Goal.AtMost(15)));
        await using var served = await Serving.DemoAsync(cancellationToken);
        run.Add(
            new Figure(Name, "seconds until a page says how far it is", new Amount(served.Started.TotalSeconds, "s"), null, Goal.AtMost(5))
        );
    }
}
