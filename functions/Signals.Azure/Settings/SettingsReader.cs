using Microsoft.Extensions.Configuration;

namespace Signals.Azure.Settings;

/// <summary>
/// Reads an app's settings by their names in the environment (<c>Tables__endpoint</c>), and gathers every fault before any is thrown. A
/// blank value counts as none: that is how templates leave a setting out.
/// </summary>
public sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<SettingFault> _faults = [];

    public IReadOnlyList<SettingFault> Faults => _faults;

    /// <summary>The setting's text without blanks around it, or null when it is not set.</summary>
    public string? Text(string name) =>
        configuration[name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)]?.Trim() is { Length: > 0 } value
            ? value
            : null;

    /// <summary>The same for a secret, which may be a reference to a vault that nobody could follow: that is a fault.</summary>
    public string? Secret(string name)
    {
        string? text = Text(name);
        if (KeyVaultReference.IsOne(text))
            Report(name, KeyVaultReference.Unresolved, KeyVaultReference.Expected);
        return text;
    }

    /// <summary>true or false; <paramref name="otherwise"/> when it is not set.</summary>
    public bool Flag(string name, bool otherwise = false)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (bool.TryParse(text, out bool value))
            return value;
        Report(name, $"\"{text}\"", "true or false");
        return otherwise;
    }

    /// <summary>An absolute https address, or http to this machine; null when it is not set.</summary>
    public Uri? Address(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (
            Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        )
            return address;
        Report(name, $"\"{text}\"", "an absolute https address");
        return null;
    }

    /// <param name="name">The setting's name in the environment.</param>
    /// <param name="found">What is there, in words; of a secret its length at most.</param>
    /// <param name="expected">What should be there.</param>
    public void Report(string name, string found, string expected) => _faults.Add(new SettingFault(name, found, expected));

    /// <exception cref="InvalidSettingsException">Something was reported.</exception>
    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
            throw new InvalidSettingsException(_faults);
    }
}
