using System.Text.Json;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Exports;
using Signals.Local.Backtest;
using Signals.Local.Import;

namespace Signals.Local.Infer;

/// <summary>Reads files of events, in every form that <c>signals import</c> reads, for a survey or whatever else wants them.</summary>
internal sealed class SurveyRun(IProgress<ImportProgress> progress)
{
    private readonly EventReader _reader = new();
    private readonly ExportMapper _mapper = new();
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
                reader.Mapping = MappingOf(source, table, map);
            await foreach (var (items, position) in reader.ReadAsync(cancellationToken))
            {
                foreach (var item in items)
                    Take(item, take);
                progress.Report(new ImportProgress(ImportPhase.Reading, Events, 0, before + position, whole));
            }
            before += source.Bytes;
        }
    }

    private static TableMapping MappingOf(ImportSource source, TableEvents table, string? map)
    {
        try
        {
            var mapping = map is null ? TableMapping.Guess(table.Headers, table.FirstRow) : TableMapping.Parse(map, table.Headers);
            return mapping.Problem is { } problem
                ? throw new BadInputException($"{source.Name}: found {problem}. Say with --map which columns say what.")
                : mapping;
        }
        catch (TableMappingException fault)
        {
            throw new BadInputException($"--map: {source.Name}: {fault.Message}.", fault);
        }
    }

    private void Take(RawItem item, Action<UsageEvent> take)
    {
        if (item.Fault is not null)
        {
            Faults++;
            return;
        }
        if (_reader.ReadLine(item.Json, _now).Event is { } usage)
        {
            Give(usage, take);
            return;
        }
        try
        {
            var mapped = _mapper.Map(item.Json).Messages;
            if (mapped.Count == 0)
                return;
            foreach (byte[] message in mapped)
            {
                if (_reader.ReadLine(message, _now).Event is { } said)
                    Give(said, take);
                else
                    Faults++;
            }
        }
        catch (JsonException)
        {
            Faults++;
        }
    }

    private void Give(UsageEvent usage, Action<UsageEvent> take)
    {
        Events++;
        take(usage);
    }
}
