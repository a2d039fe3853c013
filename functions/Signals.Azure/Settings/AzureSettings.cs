using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Configuration;
using Signals.Smtp;

namespace Signals.Azure.Settings;

/// <summary>What the Azure adapters need to know. docs/settings.md explains every setting.</summary>
/// <param name="Tables">Tables (a connection string) or Tables__endpoint (identity).</param>
/// <param name="ServiceBus">ServiceBus (a connection string) or ServiceBus__fullyQualifiedNamespace (identity).</param>
/// <param name="SendGrid">Null when no key is set.</param>
/// <param name="Smtp">Null when no host is set; with neither it nor SendGrid nothing can be sent, which is right for a dry run.</param>
/// <param name="Language">Null when no endpoint is set: the embedded analyzer reads what customers write.</param>
public sealed record AzureSettings(
    ServiceAccess Tables,
    ServiceAccess ServiceBus,
    SendGridSettings? SendGrid = null,
    LanguageSettings? Language = null,
    SmtpSettings? Smtp = null
)
{
    public const string ClientIdSetting = "AZURE_CLIENT_ID";
    public const string SendGridKeySetting = "Signals__SendGridApiKey";
    public const string SmtpHostSetting = "Signals__SmtpHost";
    public const string LanguageEndpointSetting = "Signals__LanguageEndpoint";

    /// <exception cref="InvalidSettingsException">Lists every setting that is missing or cannot be used.</exception>
    public static AzureSettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var settings = Read(reader);
        reader.ThrowIfFaulty();
        return settings;
    }

    /// <summary>Leaves the faults in <paramref name="reader"/>, for a host that reads settings of its own beside these.</summary>
    public static AzureSettings Read(SettingsReader reader)
    {
        string? clientId = reader.Text(ClientIdSetting);
        return new AzureSettings(
            ReadAccess(reader, "Tables", "endpoint", clientId, IsTables, "https://ACCOUNT.table.core.windows.net"),
            ReadAccess(reader, "ServiceBus", "fullyQualifiedNamespace", clientId, IsServiceBus, "NAMESPACE.servicebus.windows.net"),
            ReadSendGrid(reader),
            ReadLanguage(reader, clientId),
            ReadSmtp(reader)
        );
    }

    private static ServiceAccess ReadAccess(
        SettingsReader reader,
        string service,
        string addressName,
        string? clientId,
        Func<string, bool> isConnection,
        string example
    )
    {
        string addressSetting = $"{service}__{addressName}";
        var access = new ServiceAccess(
            reader.Text(service),
            ReadAddress(reader, addressSetting, isUrl: addressName == "endpoint", example),
            reader.Text($"{service}__clientId") ?? clientId,
            ReadCredential(reader, $"{service}__credential")
        );

        if (access is { ConnectionString: null, Address: null } && reader.Text(addressSetting) is null)
            reader.Report(service, "nothing", $"a connection string, or {addressSetting} ({example}) for the app's identity");
        else if (access is { ConnectionString: not null, Address: not null })
            reader.Report(service, $"both a connection string and {addressSetting}", "one of them");
        else if (access.ConnectionString is { } text && !isConnection(text))
            reader.Report(
                service,
                $"{text.Length} characters that are no connection string",
                $"a connection string, or {addressSetting} ({example}) for the app's identity"
            );
        return access;
    }

    /// <summary>
    /// True for <c>managedidentity</c>: the app's own identity and nothing else. False, when it is not set, for whatever the environment
    /// offers.
    /// </summary>
    private static bool ReadCredential(SettingsReader reader, string setting)
    {
        const string ManagedIdentity = "managedidentity";
        if (reader.Text(setting) is not { } credential)
            return false;
        if (credential.Equals(ManagedIdentity, StringComparison.OrdinalIgnoreCase))
            return true;
        reader.Report(setting, $"\"{credential}\"", $"{ManagedIdentity}, or nothing");
        return false;
    }

    private static string? ReadAddress(SettingsReader reader, string setting, bool isUrl, string example)
    {
        if (isUrl)
            return reader.Address(setting)?.AbsoluteUri;
        if (reader.Text(setting) is not { } host)
            return null;
        if (Uri.CheckHostName(host) == UriHostNameType.Dns)
            return host;
        reader.Report(setting, $"\"{host}\"", $"a host name ({example})");
        return null;
    }

    private static SendGridSettings? ReadSendGrid(SettingsReader reader)
    {
        bool sandbox = reader.Flag("Signals__SendGridSandbox");
        var endpoint = reader.Address("Signals__SendGridEndpoint");
        if (reader.Secret(SendGridKeySetting) is not { } key)
            return null;
        if (!KeyVaultReference.IsOne(key) && (key.Any(character => character is <= ' ' or > '~') || key.StartsWith('@')))
            reader.Report(SendGridKeySetting, $"{key.Length} characters that are no API key", "a SendGrid API key");
        return new SendGridSettings(key, sandbox, endpoint);
    }

    /// <summary>Signals__SmtpHost and the like. There is no command for tokens: the app's container has none to run.</summary>
    private static SmtpSettings? ReadSmtp(SettingsReader reader)
    {
        var settings = new SmtpSettingsReader(setting => $"Signals__Smtp{setting}", reader.Secret, reader.Report).Read(commands: false);
        if (reader.Text(SmtpHostSetting) is not null && reader.Text(SendGridKeySetting) is not null)
            reader.Report(SmtpHostSetting, $"a mail server beside {SendGridKeySetting}", "one of them");
        return settings;
    }

    private static LanguageSettings? ReadLanguage(SettingsReader reader, string? clientId)
    {
        bool managedOnly = ReadCredential(reader, "Signals__LanguageCredential");
        return reader.Address(LanguageEndpointSetting) is { } endpoint
            ? new LanguageSettings(endpoint, reader.Secret("Signals__LanguageKey"), clientId, managedOnly)
            : null;
    }

    private static bool IsTables(string text)
    {
        try
        {
            return new TableServiceClient(text) is not null;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsServiceBus(string text)
    {
        try
        {
            return ServiceBusConnectionStringProperties.Parse(text).FullyQualifiedNamespace is { Length: > 0 };
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            return false;
        }
    }
}
