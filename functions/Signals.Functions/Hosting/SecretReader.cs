using Signals.Azure.Settings;

namespace Signals.Functions.Hosting;

/// <summary>Reads settings that are secrets. What it reports of one is how long it is, never what.</summary>
internal sealed class SecretReader(SettingsReader reader, IReadOnlyDictionary<string, string>? unresolved = null)
{
    private const int LeastChars = 16;
    private const int KeyBytes = 32;

    /// <summary>A text of 16 characters or more.</summary>
    public string Text(string name)
    {
        if (Given(name, $"at least {LeastChars} characters") is not { } text)
            return "";
        if (text.Length < LeastChars)
            reader.Report(name, $"{text.Length} characters", $"at least {LeastChars}");
        return text;
    }

    /// <summary>As <see cref="Text"/>, where there need be none.</summary>
    public string? OptionalText(string name) => reader.Text(name) is null ? null : Text(name);

    /// <summary>One or more texts of 16 characters or more, separated by commas.</summary>
    public IReadOnlyList<string> Texts(string name, string what)
    {
        string expected = $"{what} of at least {LeastChars} characters each, separated by commas";
        if (Given(name, expected) is not { } text)
            return [];
        var texts = Split(text);
        if (texts.Count == 0 || texts.Any(one => one.Length < LeastChars))
            reader.Report(name, $"{texts.Count} of {string.Join(", ", texts.Select(one => one.Length))} characters", expected);
        return texts;
    }

    /// <summary>As <see cref="Texts"/>, where none need be.</summary>
    public IReadOnlyList<string> OptionalTexts(string name, string what) => reader.Text(name) is null ? [] : Texts(name, what);

    /// <summary>32 bytes in base64.</summary>
    public byte[] Key(string name)
    {
        var keys = Keys(name);
        if (keys.Count > 1)
            reader.Report(name, $"{keys.Count} keys", "one: it names the recipients in the tables and never changes");
        return keys is [var key, ..] ? key : [];
    }

    /// <summary>One or more keys of 32 bytes in base64, separated by commas.</summary>
    public IReadOnlyList<byte[]> Keys(string name)
    {
        const string Expected = "32 random bytes in base64, as `openssl rand -base64 32` prints them";
        if (Given(name, Expected) is not { } text)
            return [];
        var keys = new List<byte[]>();
        foreach (string encoded in Split(text))
        {
            byte[] key = new byte[encoded.Length];
            bool decoded = Convert.TryFromBase64String(encoded, key, out int length);
            if (decoded && length == KeyBytes)
                keys.Add(key[..length]);
            else
                reader.Report(name, decoded ? $"{length} bytes" : $"{encoded.Length} characters that are not base64", Expected);
        }
        return keys;
    }

    public static IReadOnlyList<string> Split(string? text) =>
        text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private string? Given(string name, string expected)
    {
        if (reader.Text(name) is not { } text)
            reader.Report(name, "nothing", expected);
        // Neither App Service nor we could follow it.
        else if (KeyVaultReference.IsOne(text))
            reader.Report(name, KeyVaultReference.Unresolved + Reason(name), KeyVaultReference.Expected);
        else
            return text;
        return null;
    }

    private string Reason(string name) => unresolved?.GetValueOrDefault(name) is { } reason ? $" ({reason})" : "";
}
