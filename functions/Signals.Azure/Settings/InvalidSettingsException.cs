namespace Signals.Azure.Settings;

/// <summary>The app cannot start with these settings; the message lists every fault, so that one deployment mends them all.</summary>
public sealed class InvalidSettingsException(IReadOnlyList<SettingFault> faults)
    : Exception(
        $"{faults.Count} of the app's settings cannot be used:{string.Concat(faults.Select(fault => $"{Environment.NewLine}  {fault}"))}"
    )
{
    public IReadOnlyList<SettingFault> Faults { get; } = faults;
}
