using Signals.Core.Intake.Events;
using Signals.Core.Intake.Exports;
using Signals.Local.Backtest;
using Signals.Local.Storage;

namespace Signals.Local.Import;

/// <summary>What an import was asked for.</summary>
/// <param name="Paths">Files and folders.</param>
/// <param name="WorkFolder">Where the spool and the state lie while it is under way.</param>
/// <param name="LedgerFolder">Where what was imported is noted.</param>
internal sealed record ImportRequest(IReadOnlyList<string> Paths, string WorkFolder, string LedgerFolder)
{
    /// <summary>Which columns of tables say what; null guesses.</summary>
    public string? Map { get; init; }

    /// <summary>The property that names the account, where others' events have none for it.</summary>
    public string? GroupProperty { get; init; }

    /// <summary>Begin anew, whatever is under way.</summary>
    public bool Restart { get; init; }

    /// <summary>Import files that were imported before.</summary>
    public bool Again { get; init; }
}

/// <summary>
/// One import: reads every file into the spool, and the spool into its target. Saves how far it is as it goes, so that whoever runs it
/// again after a crash goes on there.
/// </summary>
internal sealed class ImportRun(ImportRequest request, IntakeRules rules, TimeProvider clock, IProgress<ImportProgress> progress)
{
    private IReadOnlyDictionary<ExportShape, long> _shapes = new Dictionary<ExportShape, long>();

    /// <summary>Whose events there were, as far as this run read.</summary>
    public IReadOnlyDictionary<ExportShape, long> Shapes => _shapes;

    /// <summary>
    /// Finds what is to be read, or what was begun. Throws <see cref="BadInputException"/> for what is not there, was imported before, or
    /// differs from what was begun.
    /// </summary>
    public (ImportState State, IReadOnlyList<ImportSource> Sources, bool GoesOn) Begin()
    {
        if (request.Restart)
            Clear();
        var sources = ImportSource.Find(request.Paths);
        if (sources.Count == 0)
            throw new BadInputException($"{string.Join(", ", request.Paths)}: found no files, expected events.");
        var files = sources.Select(ImportedFile.Of).ToList();
        if (ImportState.Read(request.WorkFolder) is { } begun)
        {
            if (!begun.Files.SequenceEqual(files))
                throw new BadInputException(
                    $"An import of {string.Join(", ", begun.Files.Select(file => file.Name).Distinct(StringComparer.Ordinal).Take(3))} "
                        + $"that began on {begun.BeganAt:yyyy-MM-dd HH:mm} UTC is not over, and the "
                        + "files given are others, or have changed since. Give the same ones to go on, or --restart to begin anew."
                );
            return (begun, sources, true);
        }
        if (!request.Again)
            RefuseKnown(sources);
        var state = new ImportState
        {
            Id = $"import-{Guid.CreateVersion7(clock.GetUtcNow()):N}",
            BeganAt = EventTime.WholeMilliseconds(clock.GetUtcNow()),
            Files = files,
            Partitions = ImportSpool.PartitionsFor(sources.Sum(source => source.ExpandedBytes)),
        };
        return (state, sources, false);
    }

    /// <summary>The tables among the sources, with the columns as they were said to be or are guessed.</summary>
    public async Task<IReadOnlyList<FoundTable>> TablesAsync(IReadOnlyList<ImportSource> sources, CancellationToken cancellationToken)
    {
        var tables = new List<FoundTable>();
        foreach (var source in sources)
        {
            await using var reader = await ItemReader.OpenAsync(source, cancellationToken);
            if (reader.Table is not { } table)
                continue;
            tables.Add(FoundTable.Of(source, table, request.Map));
        }
        return tables;
    }

    /// <summary>Reads what is left to read; the state after it, and the spool that the rest goes on with.</summary>
    public async Task<(ImportState State, ImportSpool Spool)> ReadAsync(
        ImportState state,
        IReadOnlyList<ImportSource> sources,
        CancellationToken cancellationToken
    )
    {
        PrivateFiles.Folder(request.WorkFolder);
        var spool = ImportSpool.Open(request.WorkFolder, state.Partitions, state.Lengths);
        if (spool is null)
        {
            // After a power cut the disk may hold less than was said to be written; while nothing is folded, nothing is lost by reading
            // again.
            if (state.Phase != ImportPhase.Reading)
                throw new BadInputException(
                    $"{request.WorkFolder} has lost events that were read. --restart begins anew; what was folded is known and counts once."
                );
            state = state with
            {
                Source = 0,
                Items = 0,
                Lengths = [],
                FaultsBytes = 0,
                Events = 0,
                Faults = 0,
                LeftOut = new Dictionary<string, long>(StringComparer.Ordinal),
            };
            spool = ImportSpool.Open(request.WorkFolder, state.Partitions, [])!;
        }
        if (state.Phase != ImportPhase.Reading)
            return (state, spool);
        using var reading = new ImportReading(request.WorkFolder, sources, rules, request.GroupProperty, progress);
        try
        {
            state = await reading.RunAsync(state, spool, cancellationToken);
        }
        catch
        {
            spool.Dispose();
            throw;
        }
        _shapes = reading.Shapes;
        return (state, spool);
    }

    /// <summary>Hands the spool's events to their target, as far as that was not done.</summary>
    public Task<ImportState> FoldAsync(ImportState state, ImportSpool spool, IImportTarget target, CancellationToken cancellationToken) =>
        new ImportFolding(request.WorkFolder, spool, target, progress).RunAsync(state, cancellationToken);

    /// <summary>The first lines about what could not be read.</summary>
    public IReadOnlyList<string> FirstFaults(int count) =>
        File.Exists(ImportState.FaultsPath(request.WorkFolder))
            ? [.. File.ReadLines(ImportState.FaultsPath(request.WorkFolder)).Take(count)]
            : [];

    /// <summary>Notes what was imported and clears up; returns where the faults are kept, if there were any.</summary>
    public string? End(ImportState state, IReadOnlyList<ImportSource> sources)
    {
        new ImportLedger(request.LedgerFolder).Add(
            sources.Select(source => source.Path).Distinct(StringComparer.Ordinal).Select(path => (path, ImportLedger.FingerprintOf(path))),
            clock.GetUtcNow()
        );
        string? kept = null;
        if (state.Faults > 0)
        {
            kept = Path.Combine(request.LedgerFolder, $"import-faults-{state.BeganAt:yyyyMMdd-HHmmss}.txt");
            File.Move(ImportState.FaultsPath(request.WorkFolder), kept, overwrite: true);
        }
        Clear();
        return kept;
    }

    /// <summary>Removes what an import left; the folder goes where nothing else is in it.</summary>
    public void Clear()
    {
        if (!Directory.Exists(request.WorkFolder))
            return;
        // The state goes last, or whoever goes on would miss what it tells of.
        foreach (
            string file in Directory
                .EnumerateFiles(request.WorkFolder)
                .Where(IsOurs)
                .OrderBy(file => Path.GetFileName(file) == ImportState.FileName)
        )
            File.Delete(file);
        if (!Directory.EnumerateFileSystemEntries(request.WorkFolder).Any())
            Directory.Delete(request.WorkFolder);

        static bool IsOurs(string file) =>
            Path.GetFileName(file) is var name
            && (
                name.StartsWith("spool-", StringComparison.Ordinal)
                || name.StartsWith("told-", StringComparison.Ordinal)
                || name.StartsWith(ImportState.FileName, StringComparison.Ordinal)
                || name == Path.GetFileName(ImportState.FaultsPath(""))
            );
    }

    private void RefuseKnown(IReadOnlyList<ImportSource> sources)
    {
        var ledger = new ImportLedger(request.LedgerFolder);
        foreach (string path in sources.Select(source => source.Path).Distinct(StringComparer.Ordinal))
        {
            if (ledger.Find(ImportLedger.FingerprintOf(path)) is { } at)
                throw new BadInputException(
                    $"{path} was imported on {at:yyyy-MM-dd HH:mm} UTC. Within a week its events are known by their ids; later "
                        + "they would count twice. --again imports it all the same."
                );
        }
    }
}
