namespace Signals.Local.CommandLine;

/// <summary>What a command ends with.</summary>
public static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>It ran and failed, or found faults in what it was to check.</summary>
    public const int Failed = 1;

    /// <summary>What it was given cannot be used.</summary>
    public const int BadInput = 2;
}
