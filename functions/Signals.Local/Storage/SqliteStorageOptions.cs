using static Signals.Local.Storage.OptionCheck;

namespace Signals.Local.Storage;

/// <summary>How the one-machine store keeps its file. The defaults lose nothing that was acknowledged, power cuts included.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>What an acknowledged write survives. Default: <see cref="SqliteDurability.Full"/>.</summary>
    public SqliteDurability Durability { get; set; } = SqliteDurability.Full;

    /// <summary>The most write requests that share one commit, 1 to 10,000. Default: 256.</summary>
    public int MaxRequestsPerCommit { get; set; } = 256;

    /// <summary>The most write requests that wait for the writer, 1 to 100,000; further callers are held back. Default: 1,024.</summary>
    public int MaxWaitingRequests { get; set; } = 1024;

    /// <summary>
    /// The largest database file in bytes; writes that need more fail with <see cref="Core.Platform.Storage.TransientStoreException"/>, as
    /// on a full disk. Null (the default) leaves it to the disk.
    /// </summary>
    public long? MaxFileBytes { get; set; }

    /// <summary>
    /// Files up to this many bytes are checked for damage whenever they are opened (about a second per GB). Default: 256 MiB.
    /// </summary>
    public long CheckedFileBytes { get; set; } = 256L * 1024 * 1024;

    internal void Validate()
    {
        Require(
            MaxRequestsPerCommit is >= 1 and <= 10_000,
            "SqliteStorageOptions.MaxRequestsPerCommit",
            MaxRequestsPerCommit,
            "1 to 10,000"
        );
        Require(MaxWaitingRequests is >= 1 and <= 100_000, "SqliteStorageOptions.MaxWaitingRequests", MaxWaitingRequests, "1 to 100,000");
        Require(MaxFileBytes is null or >= 1024 * 1024, "SqliteStorageOptions.MaxFileBytes", MaxFileBytes, "1 MiB or more, or null");
        Require(CheckedFileBytes >= 0, "SqliteStorageOptions.CheckedFileBytes", CheckedFileBytes, "0 or more");
        Require(Enum.IsDefined(Durability), "SqliteStorageOptions.Durability", Durability, "Full or Normal");
    }
}

/// <summary>What an acknowledged write survives.</summary>
public enum SqliteDurability
{
    /// <summary>A crash of the process, of the operating system, and a power cut: every commit is synced to the disk.</summary>
    Full,

    /// <summary>A crash of the process. A power cut may lose the last commits, never the file's consistency.</summary>
    Normal,
}
