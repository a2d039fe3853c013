namespace Signals.Local.CommandLine;

/// <summary>What to do about a fault of the machine: its disk, its rights.</summary>
internal static class MachineFaults
{
    /// <summary>
    /// EEXIST (a file where a folder would be made), ENOSPC, EROFS and ERROR_DISK_FULL, as the platform gives them in an exception's code.
    /// </summary>
    private const int Exists = 17;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Words to stand behind the fault's own, with what joins them.</summary>
    public static string Advice(Exception fault) =>
        fault switch
        {
            _ when fault.HResult == Exists => ": it is a file, and a folder was expected. Name another with --data",
            UnauthorizedAccessException => ". Give this user the right to it, or name another folder with --data",
            _ when fault.HResult is NoSpace or WindowsDiskFull || Says(fault, "full") =>
                ". Free some space on that disk, or name a folder on another with --data",
            _ when fault.HResult == ReadOnly || Says(fault, "read-only", "readonly") =>
                ". That file system is mounted read-only: name another folder with --data",
            _ when Says(fault, "disk I/O error") => ". Look at that disk: it is full, or it fails",
            _ => "",
        };

    private static bool Says(Exception fault, params string[] words) =>
        words.Any(word => fault.Message.Contains(word, StringComparison.OrdinalIgnoreCase));
}
