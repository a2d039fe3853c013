using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Accounts;
using Signals.Core.Storage;
using Signals.Core.Time;
using Signals.Core.Reviews;
using Signals.Core.Pipeline;
using Signals.Core.Folding;
using Signals.Core.Waking;
using Signals.Local.Demo.Scripts;
using Signals.Local.Hosting;
using Signals.Messages.Sources;
namespace Signals.Local.Tests.Demo;
public sealed class ScratchTests(PlayedDemo demo)
{
    [Fact]
    public async Task Look()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddLocalSignals(new LocalOptions(demo.Folder, demo.Model, TemplateSource.Embedded, new LocalSettings(null, null, null)), new VirtualClock(PlayedDemo.Now));
        await using var p = services.BuildServiceProvider();
        var rows = new AccountRows(p.GetRequiredService<IEntityStore>());
        var o = new StringWriter();
        foreach (var a in demo.Summary.Accounts.Where(a => demo.Cast[a.Id].Script is UsageDropScript or UnhappyScript))
        {
            var s = (await rows.GetAccountAsync(new AccountKey(a.Key), default))!;
            o.WriteLine($"{a.Id} n{demo.Cast[a.Id].Number} {a.Level} {a.Score} reviewed {s.Review!.ReviewedAt:MM-dd HH:mm} next {s.Review.NextReviewAt:MM-dd HH:mm} wake {s.NextWake:MM-dd HH:mm} changed {s.Changed} last {s.History.Buckets[^1].Day - Days.Of(demo.Story.Begins)}");
        }
        var wakes = p.GetRequiredService<WakeIndex>();
        int stuck = 0; for (int i = 0; i < 16; i++) foreach (var w in await wakes.DueAsync(i, PlayedDemo.Now, 100, default)) { stuck++; o.WriteLine($"due {w}"); }
        var files = Directory.GetFiles(Path.Combine(demo.Folder, "outbox")).Select(f => Path.GetFileNameWithoutExtension(f)).ToHashSet();
        foreach (var r in demo.Summary.Outreach) if (r.State == Core.Outreach.OutreachState.Sent) files.Remove(StorageKey.Encode(r.Id));
        foreach (var f in files) { o.WriteLine($"file {f}"); var st = await p.GetRequiredService<Core.Outreach.OutreachRows>().GetAsync(new Core.Outreach.OutreachId(f), default); o.WriteLine($"  {st?.Record.State} {st?.Record.Reason} {st?.Record.To} {st?.Record.Cause} planned {st?.Record.PlannedAt:u}"); }
        o.WriteLine("-- suppressed");
        foreach (var g in demo.Summary.Outreach.Where(r => r.State == Core.Outreach.OutreachState.Suppressed).GroupBy(r => r.Cause + " " + demo.Cast[r.AccountId].Script.Name + " " + r.Reason)) o.WriteLine($"{g.Count()} {g.Key}");
        o.WriteLine("-- sent");
        foreach (var g in demo.Summary.Outreach.GroupBy(r => r.Kind + " " + r.State + " " + demo.Cast[r.AccountId].Script.Name + " " + r.Cause + "/" + r.Detail).OrderBy(g => g.Key)) o.WriteLine($"{g.Count()} {g.Key}");
        o.WriteLine("-- confusion");
        foreach (var g in demo.Summary.Accounts.GroupBy(r => demo.Cast[r.Id].Script.Name + " -> " + r.Level + " " + (r.Causes.Count > 0 ? r.Causes[0].Id + "/" + r.Causes[0].Detail : "none")).OrderBy(g => g.Key)) o.WriteLine($"{g.Count()} {g.Key}");
        foreach (var r in demo.Summary.Outreach.Where(r => demo.Cast[r.AccountId].Script is SteadyScript)) o.WriteLine($"{r.Kind} {r.State} {r.PlannedAt:u} {r.AccountId} {r.To} {r.Cause} {r.Detail} {r.Variables.RiskScore} {string.Join(';', r.Variables.Evidence.Select(e=>e.Text))}");
        File.WriteAllText("/tmp/demo-look.txt", o.ToString());
    }
}
