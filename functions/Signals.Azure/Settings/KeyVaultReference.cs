namespace Signals.Azure.Settings;

/// <summary>
/// A setting that names a secret in a vault, <c>@Microsoft.KeyVault(SecretUri=...)</c>. The platform puts the secret in its place, and
/// leaves the reference as it stands where it could not.
/// </summary>
public static class KeyVaultReference
{
    public const string Opening = "@Microsoft.KeyVault(";

    /// <summary>What a fault says of one that nobody could follow.</summary>
    public const string Unresolved = "a Key Vault reference that was not resolved";

    /// <summary>What a fault expects in its place.</summary>
    public const string Expected = "a reference to a secret that the app's identity may read";

    public static bool IsOne(string? text) => text?.StartsWith(Opening, StringComparison.OrdinalIgnoreCase) == true;
}
