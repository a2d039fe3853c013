namespace Signals.Local.Import;

/// <summary>Where the events of an import go: the data folder itself, or an app that runs.</summary>
internal interface IImportTarget
{
    /// <summary>
    /// Takes events; done once they are durable. The same <paramref name="name"/> comes with the same events: after a crash once more, and
    /// then nothing is counted twice.
    /// </summary>
    Task TakeAsync(string name, IReadOnlyList<SpoolRecord> records, CancellationToken cancellationToken);
}
