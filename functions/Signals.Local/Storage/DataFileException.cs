namespace Signals.Local.Storage;

/// <summary>
/// The data folder cannot be used as it is: a file that is damaged, not ours, from a newer version, or in use by another process.
/// Trying again does not help; a person has to look.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="found">What was found in it or about it.</param>
/// <param name="expected">What was expected.</param>
/// <param name="inner">What said so.</param>
/// <param name="isDamage">Whether its bytes are not what was written; a disk that does not give them looks alike.</param>
public sealed class DataFileException(string file, string found, string expected, Exception? inner = null, bool isDamage = false)
    : Exception($"Cannot use '{file}': found {found}; expected {expected}.", inner)
{
    public string File { get; } = file;

    public string Found { get; } = found;

    public string Expected { get; } = expected;

    public bool IsDamage { get; } = isDamage;
}
