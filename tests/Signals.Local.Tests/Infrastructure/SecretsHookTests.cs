using Signals.Local.Tests.Storage;

namespace Signals.Local.Tests.Infrastructure;

/// <summary>Runs the hook that makes the app's secrets against a stand-in for the Azure CLI, whose vault is a folder.</summary>
public sealed class SecretsHookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeAzureCli _azure;

    public SecretsHookTests()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(),
            "The hook is a shell script; on Windows azd runs its sibling in PowerShell."
        );
        _azure = new FakeAzureCli(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_vault_gets_every_secret_in_the_form_that_the_app_reads()
    {
        var run = await _azure.RunHookAsync("postprovision.sh");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["api-token", "recipient-key", "unsubscribe-keys", "write-keys"], _azure.Vault.Keys.Order(StringComparer.Ordinal));
        Assert.Matches("^[0-9a-f]{32}$", _azure.Vault["write-keys"]);
        Assert.Matches("^[0-9a-f]{40}$", _azure.Vault["api-token"]);
        Assert.Equal(32, Convert.FromBase64String(_azure.Vault["recipient-key"]).Length);
        Assert.Equal(32, Convert.FromBase64String(_azure.Vault["unsubscribe-keys"]).Length);
        Assert.NotEqual(_azure.Vault["recipient-key"], _azure.Vault["unsubscribe-keys"]);
    }

    [Fact]
    public async Task A_secret_that_exists_is_never_touched()
    {
        await _azure.RunHookAsync("postprovision.sh");
        var before = _azure.Vault;

        var again = await _azure.RunHookAsync("postprovision.sh");

        Assert.Equal(0, again.ExitCode);
        Assert.Equal(before, _azure.Vault);
    }

    [Fact]
    public async Task Only_what_is_missing_is_made()
    {
        _azure.Store("recipient-key", "the key of all suppressions");

        await _azure.RunHookAsync("postprovision.sh");

        Assert.Equal("the key of all suppressions", _azure.Vault["recipient-key"]);
        Assert.Equal(4, _azure.Vault.Count);
    }

    [Fact]
    public async Task A_vault_that_cannot_be_read_is_not_written()
    {
        _azure.CloseVault();

        var run = await _azure.RunHookAsync("postprovision.sh");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("Key Vault Secrets Officer", run.Output, StringComparison.Ordinal);
        Assert.Empty(_azure.Vault);
    }

    [Fact]
    public async Task No_secret_is_printed_or_passed_as_an_argument()
    {
        var run = await _azure.RunHookAsync("postprovision.sh");

        Assert.Contains("--name write-keys", run.Output, StringComparison.Ordinal);
        Assert.All(_azure.Vault.Values, secret => Assert.DoesNotContain(secret, run.Output + _azure.Calls, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_app_is_told_to_read_its_secrets_once_they_are_there()
    {
        await _azure.RunHookAsync("postprovision.sh");

        Assert.EndsWith(
            "rest --method post --url /subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/app/config/configreferences/appsettings/refresh?api-version=2022-03-01 --output none",
            _azure.Calls.TrimEnd(),
            StringComparison.Ordinal
        );
    }
}
