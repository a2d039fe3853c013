using System.Diagnostics;
using Signals.Testing;

namespace Signals.Local.Tests.Infrastructure;

/// <summary>
/// An <c>az</c> on the path of a hook that keeps its vault in a folder and writes down how it was called, and a <c>sleep</c> that does not.
/// </summary>
internal sealed class FakeAzureCli
{
    private const string Az = """
        #!/bin/sh
        echo "$@" >>"$FAKE_AZURE/calls"
        case "$1 $2 $3" in
          "keyvault secret list")
            [ ! -e "$FAKE_AZURE/closed" ] || { echo "Forbidden" >&2; exit 1; }
            ls "$FAKE_AZURE/vault"
            ;;
          "keyvault secret set")
            while [ $# -gt 0 ]; do
              case "$1" in
                --name) name=$2 ;;
                --file) file=$2 ;;
              esac
              shift
            done
            cp "$file" "$FAKE_AZURE/vault/$name"
            ;;
          rest*) ;;
          *) echo "unexpected: $*" >&2; exit 64 ;;
        esac
        """;

    private readonly string _folder;
    private readonly string _vault;
    private readonly string _bin;

    public FakeAzureCli(string folder)
    {
        _folder = folder;
        _vault = Directory.CreateDirectory(Path.Combine(folder, "vault")).FullName;
        _bin = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        WriteTool("az", Az);
        WriteTool("sleep", "#!/bin/sh");
    }

    /// <summary>Secrets by name, as they are now.</summary>
    public Dictionary<string, string> Vault =>
        Directory.GetFiles(_vault).ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);

    /// <summary>One line a call.</summary>
    public string Calls => File.ReadAllText(Path.Combine(_folder, "calls"));

    public void Store(string name, string value) => File.WriteAllText(Path.Combine(_vault, name), value);

    public void CloseVault() => File.WriteAllText(Path.Combine(_folder, "closed"), "");

    /// <summary>Runs a hook as azd does: from the root of the project, with the outputs of the deployment in its environment.</summary>
    public async Task<(int ExitCode, string Output)> RunHookAsync(string hook)
    {
        var start = new ProcessStartInfo("sh", [Path.Combine("infra", "hooks", hook)])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = _bin + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        start.Environment["FAKE_AZURE"] = _folder;
        start.Environment["AZURE_KEY_VAULT_NAME"] = "vault";
        start.Environment["AZURE_SUBSCRIPTION_ID"] = "s";
        start.Environment["AZURE_RESOURCE_GROUP"] = "g";
        start.Environment["AZURE_FUNCTION_NAME"] = "app";
        start.Environment["SIGNALS_URL"] = "https://signals.example";
        using var process = Process.Start(start)!;
        var cancellation = TestContext.Current.CancellationToken;
        string[] output = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(cancellation),
            process.StandardError.ReadToEndAsync(cancellation)
        );
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, string.Concat(output));
    }

    private void WriteTool(string name, string script)
    {
        string file = Path.Combine(_bin, name);
        File.WriteAllText(file, script);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
