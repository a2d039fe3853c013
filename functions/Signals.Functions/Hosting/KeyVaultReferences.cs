using Azure;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;
using Signals.Azure.Settings;

namespace Signals.Functions.Hosting;

/// <summary>
/// Reads the secrets that settings refer to, as <c>@Microsoft.KeyVault(SecretUri=...)</c> or <c>(VaultName=...;SecretName=...)</c>, where
/// the platform has not: App Service puts the secret in the setting's place and leaves the reference as it stands when it could not, and
/// nothing else knows of them.
/// </summary>
internal static class KeyVaultReferences
{
    /// <summary>A worker that cannot reach the vault should say so while somebody is looking.</summary>
    private static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(5);

    /// <summary>Puts secrets over the references to them. What cannot be read stays a reference, and is reported with the reason.</summary>
    /// <param name="configuration">The app's settings.</param>
    /// <param name="transport">Where requests go; null is the network.</param>
    /// <returns>Why a reference could not be followed, by the setting's name in the environment.</returns>
    public static IReadOnlyDictionary<string, string> Resolve(IConfigurationManager configuration, HttpPipelineTransport? transport = null)
    {
        var secrets = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var faults = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var (name, value) in configuration
                .AsEnumerable()
                .Where(setting => IsOurs(setting.Key) && KeyVaultReference.IsOne(setting.Value))
                .ToList()
        )
        {
            string setting = name.Replace(ConfigurationPath.KeyDelimiter, "__", StringComparison.Ordinal);
            if (!TryParse(value!, out var secret))
            {
                faults[setting] = "it names no secret";
                continue;
            }
            try
            {
                secrets[name] = Client(secret, configuration, transport).GetSecret(secret.Name, secret.Version).Value.Value;
            }
            catch (Exception fault)
                when (fault is RequestFailedException or AuthenticationFailedException or AggregateException or InvalidOperationException)
            {
                faults[setting] = FirstLine((fault as AggregateException)?.InnerExceptions[^1] ?? fault);
            }
        }
        if (secrets.Count > 0)
            configuration.AddInMemoryCollection(secrets);
        return faults;
    }

    /// <summary>The host's own settings are the host's.</summary>
    private static bool IsOurs(string name) =>
        name is "Tables" or "ServiceBus" || name.StartsWith("Signals:", StringComparison.OrdinalIgnoreCase);

    internal static bool TryParse(string value, out KeyVaultSecretIdentifier secret)
    {
        secret = default;
        var parts = value[KeyVaultReference.Opening.Length..]
            .TrimEnd(')', ' ')
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(part => part is [_, { Length: > 0 }])
            .GroupBy(part => part[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(part => part.Key, part => part.First()[1], StringComparer.OrdinalIgnoreCase);
        string? address = parts.GetValueOrDefault("SecretUri");
        if (address is null && parts.TryGetValue("VaultName", out string? vault) && parts.TryGetValue("SecretName", out string? name))
            address = $"https://{vault}.vault.azure.net/secrets/{name}/{parts.GetValueOrDefault("SecretVersion")}";
        return Uri.TryCreate(address?.TrimEnd('/'), UriKind.Absolute, out var uri)
            && uri.Scheme == Uri.UriSchemeHttps
            && KeyVaultSecretIdentifier.TryCreate(uri, out secret);
    }

    private static SecretClient Client(KeyVaultSecretIdentifier secret, IConfiguration configuration, HttpPipelineTransport? transport)
    {
        var options = new SecretClientOptions { Retry = { MaxRetries = 1, NetworkTimeout = AnswerWait } };
        if (transport is not null)
            options.Transport = transport;
        // Where the platform offers an identity there is no other to try.
        bool managed = !string.IsNullOrEmpty(configuration["IDENTITY_ENDPOINT"]);
        string? clientId = configuration[AzureSettings.ClientIdSetting] is { Length: > 0 } id ? id : null;
        return new SecretClient(
            secret.VaultUri,
            new ServiceAccess(null, secret.VaultUri.AbsoluteUri, clientId, managed).Credential(),
            options
        );
    }

    private static string FirstLine(Exception fault) => fault.Message.Split('\r', '\n')[0];
}
