namespace Signals.Local.Storage;

/// <summary>
/// The data folder cannot be used as it is: a file that is damaged, not ours, from a newer version, or in use by another process.
/// Trying again does not help; a person has to look.
/// </summary>
public sealed class DataFileException(string file, string found, string expected, Exception? inner = null)
    : Exception($"Cannot use '{file}': found {found}; expected {expected}.", inner)
{
    public string File { get; } = file;

    public string Found { get; } = found;

    public string Expected { get; } = expected;
}
