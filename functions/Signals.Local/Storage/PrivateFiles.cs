namespace Signals.Local.Storage;

/// <summary>
/// Files that hold customers' data, mails with live links and keys: their owner alone may read them. The folder is closed first, so that
/// nothing in it can be reached while the rest follows. On Windows the folder's inherited rights decide.
/// </summary>
internal static class PrivateFiles
{
    public const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the folder, or closes one that is there; of one that was open, its files too. Returns its full path.</summary>
    public static string Folder(string path)
    {
        if (OperatingSystem.IsWindows())
            return Directory.CreateDirectory(path).FullName;
        var folder = Directory.CreateDirectory(path, FolderMode);
        if ((File.GetUnixFileMode(folder.FullName) & ~FolderMode) == UnixFileMode.None)
            return folder.FullName;
        try
        {
            File.SetUnixFileMode(folder.FullName, FolderMode);
        }
        catch (UnauthorizedAccessException)
        {
            // Somebody else's folder, as a mounted volume is: who else may look into it is theirs to say.
            Console.Error.WriteLine(
                $"signals: others than its owner may open {folder.FullName}, and only its owner can change that: chmod 700 it."
            );
        }
        foreach (var file in folder.EnumerateFiles().Where(file => IsOurs(file.Name)))
            Close(file.FullName);
        return folder.FullName;
    }

    /// <summary>
    /// Database, lock, keys, model and mails, with what a crash or a backup left of them: a folder may hold other things of its owner's.
    /// </summary>
    private static bool IsOurs(string name) =>
        name.StartsWith("signals.", StringComparison.Ordinal)
        || name.StartsWith("keys.json", StringComparison.Ordinal)
        || Path.GetExtension(name) is ".json" or ".eml" or ".partial";

    /// <summary>Options for a file that nobody else can read from its first moment on.</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = access,
            Share = share,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }

    /// <summary>
    /// Writes a file as a whole: it is on the disk before it is there under its name, so that a crash leaves the old one or the new one.
    /// </summary>
    /// <param name="path">Where it is to be.</param>
    /// <param name="write">Writes what is in it.</param>
    /// <param name="overwrite">Whether it takes the place of one that is there; else that one is an <see cref="IOException"/>.</param>
    public static void Write(string path, Action<Stream> write, bool overwrite = true)
    {
        string next = path + ".new";
        // One that a crash left may be anybody's to read.
        File.Delete(next);
        using (var file = new FileStream(next, Options(FileMode.CreateNew, FileAccess.Write)))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite);
    }

    /// <summary>Makes an empty file where there is none, for whoever opens it by name; closes one that is there.</summary>
    public static void Touch(string path)
    {
        if (!File.Exists(path))
            new FileStream(path, Options(FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite)).Dispose();
        Close(path);
    }

    /// <summary>Takes a file from everybody but its owner. Links are left alone: what they lead to is not ours.</summary>
    public static void Close(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path) || new FileInfo(path).LinkTarget is not null)
            return;
        var mode = File.GetUnixFileMode(path);
        if ((mode & ~OwnerOnly) == UnixFileMode.None)
            return;
        try
        {
            File.SetUnixFileMode(path, mode & OwnerOnly);
        }
        catch (UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"signals: others than its owner may read {path}, and only its owner can change that: chmod 600 it.");
        }
    }
}
