namespace Signals.Azure.Settings;

/// <summary>
/// A setting that cannot be used: its name as the environment writes it, what was found (never a secret's value), what is expected.
/// </summary>
public sealed record SettingFault(string Name, string Found, string Expected)
{
    public override string ToString() => $"{Name}: found {Found}, expected {Expected}.";
}
