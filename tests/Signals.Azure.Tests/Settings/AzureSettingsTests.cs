using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Signals.Azure.Settings;
using Signals.Smtp;

namespace Signals.Azure.Tests.Settings;

public sealed class AzureSettingsTests
{
    private const string ServiceBusConnection =
        "Endpoint=sb://here.servicebus.windows.net/;SharedAccessKeyName=all;SharedAccessKey=c2VjcmV0LXNlcnZpY2UtYnVz";

    [Fact]
    public void Connection_strings_are_enough()
    {
        var settings = Read(("Tables", "UseDevelopmentStorage=true"), ("ServiceBus", ServiceBusConnection));

        Assert.Equal("UseDevelopmentStorage=true", settings.Tables.ConnectionString);
        Assert.Equal(ServiceBusConnection, settings.ServiceBus.ConnectionString);
        Assert.Null(settings.SendGrid);
        Assert.Null(settings.Language);
    }

    [Fact]
    public void Addresses_mean_the_apps_identity()
    {
        var settings = Read(
            ("Tables:endpoint", "https://acme.table.core.windows.net"),
            ("ServiceBus:fullyQualifiedNamespace", "acme.servicebus.windows.net"),
            ("ServiceBus:credential", "managedidentity"),
            ("ServiceBus:clientId", "11111111-1111-1111-1111-111111111111"),
            ("AZURE_CLIENT_ID", "22222222-2222-2222-2222-222222222222")
        );

        Assert.Equal(
            new ServiceAccess(null, "https://acme.table.core.windows.net/", "22222222-2222-2222-2222-222222222222"),
            settings.Tables
        );
        Assert.Equal(
            new ServiceAccess(null, "acme.servicebus.windows.net", "11111111-1111-1111-1111-111111111111", ManagedIdentityOnly: true),
            settings.ServiceBus
        );
    }

    [Fact]
    public void Each_service_can_be_told_to_take_the_apps_identity_and_no_other()
    {
        var settings = Read(
            ("Tables:endpoint", "https://acme.table.core.windows.net"),
            ("Tables:credential", "managedidentity"),
            ("ServiceBus:fullyQualifiedNamespace", "acme.servicebus.windows.net"),
            ("ServiceBus:credential", "ManagedIdentity"),
            ("Signals:LanguageEndpoint", "https://acme.cognitiveservices.azure.com"),
            ("Signals:LanguageCredential", "managedidentity"),
            ("AZURE_CLIENT_ID", "22222222-2222-2222-2222-222222222222")
        );

        ServiceAccess[] accesses = [settings.Tables, settings.ServiceBus, settings.Language!.Access];
        Assert.All(accesses, access => Assert.IsType<ManagedIdentityCredential>(access.Credential()));
        Assert.IsType<DefaultAzureCredential>((settings.Language with { ManagedIdentityOnly = false }).Access.Credential());
    }

    [Fact]
    public void Mail_and_language_are_read_when_they_are_set()
    {
        var settings = Read(
            ("Tables", "UseDevelopmentStorage=true"),
            ("ServiceBus", ServiceBusConnection),
            ("Signals:SendGridApiKey", "SG.key"),
            ("Signals:SendGridSandbox", "true"),
            ("Signals:SendGridEndpoint", "http://127.0.0.1:8025"),
            ("Signals:LanguageEndpoint", "https://acme.cognitiveservices.azure.com"),
            ("Signals:LanguageKey", "language-key")
        );

        Assert.Equal(new SendGridSettings("SG.key", Sandbox: true, new Uri("http://127.0.0.1:8025")), settings.SendGrid);
        Assert.Equal(new LanguageSettings(new Uri("https://acme.cognitiveservices.azure.com"), "language-key"), settings.Language);
    }

    [Fact]
    public void A_mail_server_is_read_with_what_signs_in_there()
    {
        var settings = ReadSmtp(
            ("SmtpHost", "smtp.azurecomm.net"),
            ("SmtpUser", "nimbus"),
            ("SmtpPassword", "tell-nobody"),
            ("SmtpTimeout", "20")
        );

        Assert.Null(settings.SendGrid);
        Assert.Equal(
            new SmtpSettings
            {
                Host = "smtp.azurecomm.net",
                Port = 587,
                Security = SmtpSecurity.StartTls,
                User = "nimbus",
                Password = "tell-nobody",
                Timeout = TimeSpan.FromSeconds(20),
            },
            settings.Smtp
        );
        Assert.DoesNotContain("tell-nobody", settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_server_may_want_OAuth()
    {
        var settings = ReadSmtp(
            ("SmtpHost", "smtp.office365.com"),
            ("SmtpUser", "help@nimbus.example"),
            ("SmtpOAuthTokenUrl", "https://login.microsoftonline.com/t/oauth2/v2.0/token"),
            ("SmtpOAuthClientId", "app"),
            ("SmtpOAuthClientSecret", "tell-nobody"),
            ("SmtpOAuthScope", "https://outlook.office365.com/.default")
        );

        Assert.Equal(
            new SmtpOAuth(
                new Uri("https://login.microsoftonline.com/t/oauth2/v2.0/token"),
                "app",
                "tell-nobody",
                null,
                "https://outlook.office365.com/.default"
            ),
            settings.Smtp?.OAuth
        );
        Assert.DoesNotContain("tell-nobody", settings.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SmtpPort=0;SmtpSecurity=ssl;SmtpTimeout=soon", "Security,Port,Timeout")]
    [InlineData("SmtpUser=ada", "User")]
    [InlineData("SmtpPassword=tell-nobody", "User")]
    [InlineData("SmtpUser=ada;SmtpPassword=tell-nobody;SmtpSecurity=none", "Security")]
    [InlineData("SmtpUser=ada;SmtpPassword=@Microsoft.KeyVault(SecretUri=tell-nobody)", "Password")]
    [InlineData("SmtpUser=ada;SmtpOAuthTokenUrl=login", "OAuthTokenUrl,OAuthClientId,OAuthClientSecret")]
    // There is no shell to ask in the cloud.
    [InlineData("SmtpUser=ada;SmtpTokenCommand=gcloud", "User")]
    [InlineData("SendGridApiKey=tell-nobody", "Host")]
    public void A_mail_server_that_cannot_work_is_refused_by_every_fault(string settings, string faulty)
    {
        var told = settings.Split(';').Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], pair[1]));

        var fault = Assert.Throws<InvalidSettingsException>(() => ReadSmtp([("SmtpHost", "mail.nimbus.example"), .. told]));

        Assert.Equal(faulty.Split(',').Select(name => $"Signals__Smtp{name}"), fault.Faults.Select(one => one.Name));
        Assert.DoesNotContain("tell-nobody", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_named_at_once_and_no_secret_is_told()
    {
        var fault = Assert.Throws<InvalidSettingsException>(() =>
            Read(
                ("Tables", "AccountKey=tell-nobody"),
                ("ServiceBus:credential", "secret"),
                ("Signals:SendGridApiKey", "@Microsoft.KeyVault(SecretUri=hidden)"),
                ("Signals:SendGridSandbox", "maybe"),
                ("Signals:SendGridEndpoint", "http://elsewhere.example"),
                ("Signals:LanguageCredential", "a key"),
                ("Signals:LanguageEndpoint", "language")
            )
        );

        Assert.Equal(
            [
                "Tables",
                "ServiceBus__credential",
                "ServiceBus",
                "Signals__SendGridSandbox",
                "Signals__SendGridEndpoint",
                "Signals__SendGridApiKey",
                "Signals__LanguageCredential",
                "Signals__LanguageEndpoint",
            ],
            fault.Faults.Select(one => one.Name)
        );
        Assert.All(fault.Faults, one => Assert.Contains(one.ToString(), fault.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("tell-nobody", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_set_names_both_ways_to_reach_the_tables()
    {
        var fault = Assert.Throws<InvalidSettingsException>(() => Read());

        Assert.Equal(
            "Tables: found nothing, expected a connection string, or Tables__endpoint (https://ACCOUNT.table.core.windows.net) for the app's identity.",
            fault.Faults[0].ToString()
        );
        Assert.Equal("ServiceBus", fault.Faults[1].Name);
    }

    [Fact]
    public void A_connection_string_beside_an_address_is_refused()
    {
        var fault = Assert.Throws<InvalidSettingsException>(() =>
            Read(
                ("Tables", "UseDevelopmentStorage=true"),
                ("Tables:endpoint", "https://acme.table.core.windows.net"),
                ("ServiceBus", ServiceBusConnection)
            )
        );

        Assert.Equal("Tables", Assert.Single(fault.Faults).Name);
    }

    [Theory]
    [InlineData("@Microsoft.AppConfiguration(Endpoint=https://acme.azconfig.io; Key=hidden)")]
    [InlineData("@hidden")]
    [InlineData("hid den")]
    public void What_cannot_be_a_SendGrid_key_is_refused_by_its_length(string key)
    {
        var fault = Assert.Throws<InvalidSettingsException>(() =>
            Read(("Tables", "UseDevelopmentStorage=true"), ("ServiceBus", ServiceBusConnection), ("Signals:SendGridApiKey", key))
        );

        Assert.Equal(
            $"Signals__SendGridApiKey: found {key.Length} characters that are no API key, expected a SendGrid API key.",
            Assert.Single(fault.Faults).ToString()
        );
    }

    [Theory]
    [InlineData("SendGridApiKey")]
    [InlineData("LanguageKey")]
    public void A_reference_to_a_vault_that_nobody_followed_is_no_key(string setting)
    {
        var fault = Assert.Throws<InvalidSettingsException>(() =>
            Read(
                ("Tables", "UseDevelopmentStorage=true"),
                ("ServiceBus", ServiceBusConnection),
                ("Signals:LanguageEndpoint", "https://acme.cognitiveservices.azure.com"),
                ($"Signals:{setting}", "@Microsoft.KeyVault(SecretUri=hidden)")
            )
        );

        Assert.Equal(
            $"Signals__{setting}: found a Key Vault reference that was not resolved, expected a reference to a secret that the app's identity may read.",
            Assert.Single(fault.Faults).ToString()
        );
    }

    [Fact]
    public void A_blank_setting_counts_as_none()
    {
        var settings = Read(
            ("Tables", " "),
            ("Tables:endpoint", "https://acme.table.core.windows.net"),
            ("ServiceBus", ServiceBusConnection),
            ("Signals:SendGridApiKey", "")
        );

        Assert.Null(settings.Tables.ConnectionString);
        Assert.Null(settings.SendGrid);
    }

    [Fact]
    public void Settings_print_no_key()
    {
        var settings = Read(
            ("Tables", "UseDevelopmentStorage=true"),
            ("ServiceBus", ServiceBusConnection),
            ("Signals:SendGridApiKey", "SG.key"),
            ("Signals:LanguageEndpoint", "https://acme.cognitiveservices.azure.com"),
            ("Signals:LanguageKey", "language-key")
        );

        string text = settings.ToString();

        Assert.DoesNotContain("SG.key", text, StringComparison.Ordinal);
        Assert.DoesNotContain("language-key", text, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", text, StringComparison.Ordinal);
    }

    private static AzureSettings ReadSmtp(params (string Key, string Value)[] settings) =>
        Read([
            ("Tables", "UseDevelopmentStorage=true"),
            ("ServiceBus", ServiceBusConnection),
            .. settings.Select(setting => ($"Signals:{setting.Key}", setting.Value)),
        ]);

    private static AzureSettings Read(params (string Key, string Value)[] settings) =>
        AzureSettings.Read(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
                .Build()
        );
}
