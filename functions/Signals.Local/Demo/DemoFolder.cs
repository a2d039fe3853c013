using Signals.Local.CommandLine;
using Signals.Local.Storage;

namespace Signals.Local.Demo;

/// <summary>
/// The data folder of a demo: a temporary one that goes with the demo, or one that was named and stays. A folder that holds anything is
/// refused: the demo never writes over data.
/// </summary>
public sealed class DemoFolder : IDisposable
{
    private const string TemporaryPrefix = "signals-demo-";

    private DemoFolder(string path, bool isTemporary) => (Path, IsTemporary) = (path, isTemporary);

    public string Path { get; }

    public bool IsTemporary { get; }

    /// <summary>Makes the folder. Throws <see cref="UsageException"/> when the named one is not empty, or is no folder.</summary>
    public static DemoFolder Open(string? named)
    {
        if (named is null)
            return new DemoFolder(Directory.CreateTempSubdirectory(TemporaryPrefix).FullName, isTemporary: true);
        if (File.Exists(named))
            throw new UsageException($"--data {named} is a file; expected a folder that is empty or not there yet");
        if (Directory.Exists(named) && Directory.EnumerateFileSystemEntries(named).FirstOrDefault() is { } found)
        {
            throw new UsageException(
                $"--data {named} holds data already ({System.IO.Path.GetFileName(found)}); expected a folder that is empty or not there "
                    + "yet. "
                    + $"To go on with it: signals serve --data {named}"
            );
        }
        return new DemoFolder(PrivateFiles.Folder(named), isTemporary: false);
    }

    public void Dispose()
    {
        if (IsTemporary)
            Directory.Delete(Path, recursive: true);
    }
}
