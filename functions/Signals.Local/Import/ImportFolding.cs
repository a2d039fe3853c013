namespace Signals.Local.Import;

/// <summary>The second half of an import: the spool's events go to their target, who is who first, then person by person.</summary>
internal sealed class ImportFolding(string folder, ImportSpool spool, IImportTarget target, IProgress<ImportProgress> progress)
{
    /// <summary>Takes what is left; returns the state after it.</summary>
    public async Task<ImportState> RunAsync(ImportState state, CancellationToken cancellationToken)
    {
        while (state.Phase is ImportPhase.Names or ImportPhase.Events)
        {
            var part = state.Phase == ImportPhase.Names ? SpoolPart.Names : SpoolPart.Events;
            for (int partition = state.Partition; partition < spool.Partitions; partition++)
            {
                state = await FoldAsync(state, part, partition, cancellationToken);
                state = Save(state with { Partition = partition + 1, Slice = 0 });
            }
            state = Save(state with { Phase = state.Phase + 1, Partition = 0, Slice = 0 });
        }
        return state;
    }

    private async Task<ImportState> FoldAsync(ImportState state, SpoolPart part, int partition, CancellationToken cancellationToken)
    {
        using var slices = spool.Slices(part, partition).GetEnumerator();
        // The next slice is unpacked and sorted while one is folded.
        var next = Task.Run(Next, cancellationToken);
        for (int index = 0; await next is { } slice; index++)
        {
            next = Task.Run(Next, cancellationToken);
            if (index < state.Slice)
                continue;
            await target.TakeAsync($"{part}-{partition}-{index}", slice.Records, cancellationToken);
            state = Save(
                state with
                {
                    Slice = index + 1,
                    Folded = state.Folded + slice.Records.Count,
                    People = state.People + (part == SpoolPart.Events ? slice.People : 0),
                }
            );
            progress.Report(new ImportProgress(state.Phase, state.Folded, state.People, state.Folded, state.Events));
        }
        return state;

        SpoolSlice? Next() => slices.MoveNext() ? slices.Current : null;
    }

    private ImportState Save(ImportState state)
    {
        state.Save(folder);
        return state;
    }
}
