using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using Signals.Core.Processing.Opening;
using Signals.Core.Response.Mail;
using Signals.Local.Hosting;
using Signals.Local.Storage;
using Signals.Local.Tests.Storage;
using Signals.Messages.Sources;
using Signals.Testing.Mail;
using ModelFile = Signals.Testing.World.ModelFile;

namespace Signals.Local.Tests.Hosting;

/// <summary>What a data folder holds is its owner's alone, and opens with its own keys only.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0b110_100_100;
    private const UnixFileMode OpenFolder = (UnixFileMode)0b111_101_101;
    private const UnixFileMode ClosedFolder = (UnixFileMode)0b111_000_000;
    private const UnixFileMode ClosedFile = (UnixFileMode)0b110_000_000;

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.File("data");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_in_a_new_folder_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        await UseAsync();
        AssertClosed(expected: ["keys.json", "outbox", "signals.db", "signals.db-shm", "signals.db-wal", "signals.lock"]);
    }

    [Fact]
    public async Task An_open_folder_of_an_earlier_version_is_closed_with_all_that_is_in_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        await UseAsync();
        string script = Path.Combine(Data, "backup.sh");
        await File.WriteAllTextAsync(script, "#!/bin/sh", Cancellation);
        string[] wal = [Path.Combine(Data, "signals.db-wal"), Path.Combine(Data, "signals.db-shm")];
        foreach (string file in wal)
            await File.WriteAllBytesAsync(file, [], Cancellation);
        foreach (string folder in (string[])[Data, Path.Combine(Data, "outbox")])
            File.SetUnixFileMode(folder, OpenFolder);
        foreach (string file in Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories))
            File.SetUnixFileMode(file, file == script ? OpenFolder : Everybody);

        await UseAsync();

        Assert.Equal(OpenFolder, File.GetUnixFileMode(script));
        File.Delete(script);
        AssertClosed(expected: ["keys.json", "outbox", "signals.db", "signals.db-shm", "signals.db-wal", "signals.lock"]);
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        Directory.CreateDirectory(Data, OpenFolder);
        File.SetUnixFileMode(Data, OpenFolder);
        string elsewhere = _folder.File("elsewhere.json");
        File.WriteAllText(elsewhere, "{}");
        File.SetUnixFileMode(elsewhere, Everybody);
        File.CreateSymbolicLink(Path.Combine(Data, "other.json"), elsewhere);

        PrivateFiles.Folder(Data);

        Assert.Equal(Everybody, File.GetUnixFileMode(elsewhere));
        Assert.Equal(ClosedFolder, File.GetUnixFileMode(Data));
    }

    [Fact]
    public async Task Missing_keys_are_not_replaced()
    {
        await UseAsync();
        File.Delete(Path.Combine(Data, "keys.json"));

        var refusal = Assert.Throws<DataFileException>(() => LocalKeys.Open(Data));

        Assert.Contains("no such file beside signals.db", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("put keys.json back from the backup", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("signals suppressions import", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Data, "keys.json")));
    }

    [Fact]
    public async Task Another_folders_keys_do_not_open_it()
    {
        await UseAsync();
        string keys = Path.Combine(Data, "keys.json"),
            ours = await File.ReadAllTextAsync(keys, Cancellation);
        LocalKeys.Open(Directory.CreateDirectory(_folder.File("other")).FullName);
        File.Copy(_folder.File("other/keys.json"), keys, overwrite: true);

        await Assert.ThrowsAsync<StateRefusedException>(UseAsync);
        await File.WriteAllTextAsync(keys, ours, Cancellation);
        await UseAsync();
    }

    [Theory]
    [InlineData(false, "no such file beside signals.db")]
    [InlineData(true, "The recipient key is not the one that this data was made with")]
    public async Task The_built_app_says_so_in_a_line_and_ends(bool foreign, string words)
    {
        await UseAsync();
        string keys = Path.Combine(Data, "keys.json");
        File.Delete(keys);
        if (foreign)
        {
            LocalKeys.Open(Directory.CreateDirectory(_folder.File("other")).FullName);
            File.Copy(_folder.File("other/keys.json"), keys);
        }
        string model = _folder.File("model.json");
        await File.WriteAllTextAsync(model, new ModelFile().ToString(), Cancellation);

        using var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    Path.Combine(AppContext.BaseDirectory, "signals.dll"),
                    "serve",
                    "--data",
                    Data,
                    "--model",
                    model,
                    "--urls",
                    "http://127.0.0.1:0",
                ]
            )
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        string output = await process.StandardOutput.ReadToEndAsync(Cancellation),
            error = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);

        Assert.Equal(2, process.ExitCode);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.DoesNotContain("is running", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Signals", error + output, StringComparison.Ordinal);
    }

    /// <summary>Opens the folder as the app does, looks whether it may, and sends a mail to the outbox.</summary>
    private async Task UseAsync()
    {
        var options = new LocalOptions(Data, new ModelFile().ReadValid(), TemplateSource.Embedded, new LocalSettings(null, null, null));
        var services = new ServiceCollection().AddLogging();
        services.AddLocalSignals(options, TimeProvider.System);
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<StateGuard>().CheckAsync(Cancellation);
        await provider.GetRequiredService<IEmailSender>().SendAsync(Mails.Plain, Cancellation);
        _modes = Modes();
    }

    private List<(string Name, UnixFileMode Mode)> _modes = [];

    private List<(string Name, UnixFileMode Mode)> Modes() =>
        OperatingSystem.IsWindows()
            ? []
            :
            [
                .. Directory
                    .EnumerateFileSystemEntries(Data, "*", SearchOption.AllDirectories)
                    .Select(path => (Path.GetRelativePath(Data, path), File.GetUnixFileMode(path))),
            ];

    private void AssertClosed(IReadOnlyList<string> expected)
    {
        Assert.Equal(ClosedFolder, File.GetUnixFileMode(Data));
        Assert.Equal(
            expected,
            _modes.Select(entry => entry.Name).Where(name => !name.Contains('/') && name != "backup.sh").Order(StringComparer.Ordinal)
        );
        Assert.Contains(_modes, entry => entry.Name.EndsWith(".eml", StringComparison.Ordinal));
        Assert.All(
            _modes.Where(entry => entry.Name != "backup.sh"),
            entry => Assert.Equal((entry.Name, entry.Name == "outbox" ? ClosedFolder : ClosedFile), entry)
        );
    }
}
