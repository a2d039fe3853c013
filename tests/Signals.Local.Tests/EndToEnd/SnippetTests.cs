using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Signals.Testing;

namespace Signals.Local.Tests.EndToEnd;

/// <summary>
/// The snippets of docs/instrumenting.md, as they stand there, against the built app: whoever copies one finds their person in their account.
/// Those whose library is not on this machine are skipped and say so.
/// </summary>
public sealed class SnippetTests : IDisposable
{
    private const string Docs = "https://signals.example";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("signals-snippets-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Clients => Path.Combine(Repository.Root, "tests", "clients");

    [Fact]
    public async Task Nodes_arrives()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Clients, "node_modules")), "The SDKs are not installed in tests/clients.");

        await ArrivesAsync("node", code => RunAsync("node", ["--input-type=module", "-e", code], Clients));
    }

    [Fact]
    public async Task Curls_arrives()
    {
        Assert.SkipUnless(await HasAsync("curl", "--version"), "There is no curl.");

        await ArrivesAsync("curl", code => RunAsync("sh", ["-c", code], _folder));
    }

    [Fact]
    public async Task Pythons_arrives()
    {
        Assert.SkipUnless(
            await HasAsync("python3", "-c", "import segment.analytics"),
            "Segment's library for Python is not installed: pip install segment-analytics-python."
        );

        await ArrivesAsync("python", code => RunAsync("python3", ["-c", code], _folder));
    }

    /// <summary>The quick start's least model is one, so that the first thing that is copied works.</summary>
    [Fact]
    public async Task The_least_model_of_the_quick_start_is_good()
    {
        string model = Path.Combine(_folder, "least.json");
        await File.WriteAllTextAsync(model, DocSnippet.Read("quick-start.md", "least-model"), Cancel);

        var (code, output) = await RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "signals.dll"), "check", model], _folder);

        Assert.True(code == 0, output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task ArrivesAsync(string snippet, Func<string, Task<(int Code, string Output)>> run)
    {
        await using var app = await SignalsProcess.ServeAsync(Path.Combine(_folder, "data"), Repository.Sample("nimbus.json"), Cancel);
        string code = DocSnippet
            .Read("instrumenting.md", snippet)
            .Replace(Docs, app.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("SERVER_KEY", SignalsProcess.WriteKey, StringComparison.Ordinal);

        var (ended, output) = await run(code);

        Assert.True(ended == 0, output);
        var counts = await app.DrainedAsync(Cancel);
        Assert.Equal((3, 3, 0), (counts.Accepted, counts.Folded, counts.Quarantined));
        var person = await app.Client.GetFromJsonAsync<JsonElement>("/api/people/ann-17", Cancel);
        var account = Assert.Single(
            person.GetProperty("accounts").EnumerateArray(),
            known => known.GetProperty("account").GetString() == "acme"
        );
        var shared = Assert.Single(
            account.GetProperty("events").EnumerateArray(),
            seen => seen.GetProperty("name").GetString() == "Report Shared"
        );
        Assert.Equal(1, shared.GetProperty("count").GetInt32());
    }

    private async Task<bool> HasAsync(string program, params string[] arguments)
    {
        try
        {
            return (await RunAsync(program, arguments, _folder)).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, string folder)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
