using Signals.Core.Model;
using Signals.Core.State.Seen;
using Signals.Local.Import;

namespace Signals.Local.Backtest;

/// <summary>Reads a file of events for its names only.</summary>
public static class SeenRun
{
    /// <summary>Throws <see cref="BadInputException"/> when the file is missing or damaged.</summary>
    public static async Task<SeenReport> RunAsync(
        string path,
        ValueModel model,
        TimeProvider clock,
        IProgress<ImportProgress> progress,
        CancellationToken cancellationToken
    )
    {
        using var file = EventFile.Open(path);
        var parser = new EventLineParser(clock.GetUtcNow());
        var uses = new NamesInUse(model);
        var names = new SeenNames(uses);
        long events = 0;
        await new EventPipeline(file, parser).ReadAsync(
            block =>
            {
                foreach (var (usageEvent, _) in block.Events)
                    names.Add(usageEvent);
                events += block.Events.Count;
                progress.Report(new ImportProgress(ImportPhase.Reading, events, 0, block.Position, file.Length));
            },
            cancellationToken
        );
        return SeenReport.Of(names, uses) with { Quarantined = parser.Bad.Rules };
    }
}
