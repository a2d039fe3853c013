using System.Net;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Configuration;
using Signals.Azure.Settings;
using Signals.Functions.Hosting;

namespace Signals.Functions.Tests.Hosting;

public sealed class KeyVaultReferencesTests : HttpMessageHandler
{
    private readonly List<Uri> _asked = [];
    private readonly ConfigurationManager _configuration = new();

    [Fact]
    public void References_that_the_platform_did_not_follow_are_read_from_the_vault()
    {
        Set("Signals:ApiToken", "@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/api-token)");
        Set("Signals:WriteKeys", "@Microsoft.KeyVault(VaultName=acme;SecretName=write-keys)");
        Set(
            "Signals:RecipientKey",
            "@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/recipient-key/0123456789abcdef0123456789abcdef/)"
        );
        Set("Signals:PublicUrl", "https://signals.example");
        Set("AzureWebJobsStorage", "@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/hosts-own)");

        var unresolved = Resolve();

        Assert.Empty(unresolved);
        Assert.Equal("secret of api-token", _configuration["Signals:ApiToken"]);
        Assert.Equal("secret of write-keys", _configuration["Signals:WriteKeys"]);
        Assert.Equal("secret of recipient-key", _configuration["Signals:RecipientKey"]);
        Assert.Equal("https://signals.example", _configuration["Signals:PublicUrl"]);
        Assert.Contains(
            _asked,
            address => address.AbsolutePath.EndsWith("/recipient-key/0123456789abcdef0123456789abcdef", StringComparison.Ordinal)
        );
        Assert.Equal(3, _asked.Count);
    }

    [Fact]
    public void One_that_cannot_be_read_is_told_with_the_reason()
    {
        Set("Signals:ApiToken", "@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/missing)");
        Set("Signals:WriteKeys", "@Microsoft.KeyVault(SecretUri=http://acme.vault.azure.net/secrets/write-keys)");

        var refused = Assert.Throws<InvalidSettingsException>(() => AppSettings.Read(_configuration, SampleSettings.AppFolder, Resolve()));

        Assert.Contains(
            "Signals__ApiToken: found a Key Vault reference that was not resolved (",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("no such secret", refused.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Signals__WriteKeys: found a Key Vault reference that was not resolved (it names no secret)",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("@Microsoft.KeyVault()")]
    [InlineData("@Microsoft.KeyVault(SecretUri=)")]
    [InlineData("@Microsoft.KeyVault(SecretUri=elsewhere)")]
    [InlineData("@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net)")]
    [InlineData("@Microsoft.KeyVault(VaultName=acme)")]
    public void What_names_no_secret_is_not_asked_for(string reference)
    {
        Set("Signals:ApiToken", reference);

        Assert.Equal("it names no secret", Resolve()["Signals__ApiToken"]);
        Assert.Empty(_asked);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _asked.Add(request.RequestUri!);
        string[] path = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path[1] == "missing"
            ? new HttpResponseMessage(HttpStatusCode.NotFound)
            {
                Content = new StringContent("""{"error":{"code":"SecretNotFound","message":"no such secret"}}"""),
            }
            : new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(
                    $$"""{"id":"https://acme.vault.azure.net/secrets/{{path[1]}}/1","value":"secret of {{path[1]}}"}"""
                ),
            };
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Send(request, cancellationToken));

    private IReadOnlyDictionary<string, string> Resolve() => KeyVaultReferences.Resolve(_configuration, new HttpClientTransport(this));

    private void Set(string name, string value) => _configuration[name] = value;
}
