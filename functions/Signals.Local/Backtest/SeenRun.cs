using Signals.Core.Model;
using Signals.Core.State.Seen;

namespace Signals.Local.Backtest;

/// <summary>Reads a file of events for its names only.</summary>
public static class SeenRun
{
    /// <summary>Throws <see cref="BadInputException"/> when the file is missing or damaged.</summary>
    public static async Task<SeenReport> RunAsync(string path, ValueModel model, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var file = EventFile.Open(path);
        var parser = new EventLineParser(clock.GetUtcNow());
        var uses = new NamesInUse(model);
        var names = new SeenNames(uses);
        await new EventPipeline(file, parser).ReadAsync(
            block =>
            {
                foreach (var (usageEvent, _) in block.Events)
                    names.Add(usageEvent);
            },
            cancellationToken
        );
        return SeenReport.Of(names, uses) with { Quarantined = parser.Bad.Rules };
    }
}
