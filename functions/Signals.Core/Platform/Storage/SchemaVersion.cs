namespace Signals.Core.Platform.Storage;

/// <summary>
/// Rows say which layout they were written in, so that a later version of Signals can read them and an earlier one refuses.
/// </summary>
public static class SchemaVersion
{
    /// <summary>Throws <see cref="InvalidDataException"/> when the row is newer than this version of Signals.</summary>
    public static void Check(byte found, byte known, string row)
    {
        if (found is 0 || found > known)
            throw new InvalidDataException($"A {row} row has layout {found}; this version of Signals reads layouts 1 to {known}.");
    }
}
