using Signals.Core.Intake.Events;
using Signals.Core.Intake.Exports;
using Signals.Local.Backtest;
using Signals.Local.Import;

namespace Signals.Local.Infer;

/// <summary>Reads files of events, in every form that <c>signals import</c> reads, for a survey or whatever else wants them.</summary>
internal sealed class SurveyRun(IProgress<ImportProgress> progress)
{
    private readonly HistoryReader _reader = new();
    private readonly DateTimeOffset _now = EventTime.WholeMilliseconds(TimeProvider.System.GetUtcNow());

    public long Events { get; private set; }

    /// <summary>Objects that are no events.</summary>
    public long Faults { get; private set; }

    /// <summary>
    /// Hands over every event that can be understood. Throws <see cref="BadInputException"/> where a file is missing, damaged, or a table
    /// whose columns cannot be told.
    /// </summary>
    public async Task ReadAsync(IReadOnlyList<string> paths, string? map, Action<UsageEvent> take, CancellationToken cancellationToken)
    {
        var sources = ImportSource.Find(paths);
        long whole = sources.Sum(source => source.Bytes),
            before = 0;
        foreach (var source in sources)
        {
            await using var reader = await ItemReader.OpenAsync(source, cancellationToken);
            if (reader.Table is { } table)
                reader.Mapping = FoundTable.Of(source, table, map).Usable;
            await foreach (var (items, position) in reader.ReadAsync(cancellationToken))
            {
                foreach (var item in items)
                    Take(item, take);
                progress.Report(new ImportProgress(ImportPhase.Reading, Events, 0, before + position, whole));
            }
            before += source.Bytes;
        }
    }

    private void Take(RawItem item, Action<UsageEvent> take)
    {
        if (item.Fault is not null)
        {
            Faults++;
            return;
        }
        foreach (var (read, _) in _reader.Read(item.Json, _now).Events)
        {
            if (read.Event is { } usage)
            {
                Events++;
                take(usage);
            }
            else
                Faults++;
        }
    }
}
