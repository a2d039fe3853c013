using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Signals.Testing;

namespace Signals.Local.Tests.CommandLine;

/// <summary>
/// Mistakes that people make on the command line and around it, with the built program as they run it: each is a line that says what to do,
/// an exit code, and no trace.
/// </summary>
public sealed class CommandMistakesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("signals-mistakes-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The command line; the environment; the exit code and what must be said. MODEL is a good one, DIR an empty folder.</summary>
    public static TheoryData<string, string, int, string[]> Mistakes =>
        new()
        {
            { "srve", "", 2, ["srve", "did you mean serve?"] },
            { "bogus", "", 2, ["bogus", "backtest", "doctor", "--help"] },
            { "serve MODEL", "", 2, ["did you mean --model"] },
            { "serve --modle MODEL", "", 2, ["--modle", "did you mean --model?"] },
            { "serve --model MODEL --port 80", "", 2, ["--port", "--urls"] },
            { "serve --data DIR/none", "", 2, ["no value model at", "--model FILE", "signals demo"] },
            { "serve --model DIR/none.json", "", 2, ["no value model at", "none.json"] },
            { "serve --model DIR --data DIR/d", "", 2, ["what cannot be read"] },
            { "serve --model MODEL --data DIR/d --urls 5180", "", 2, ["--urls", "http://127.0.0.1:5180"] },
            { "serve --model MODEL --data DIR/d --urls localhost:5180", "", 2, ["http://localhost:5180"] },
            { "serve --model MODEL --data DIR/d --urls ftp://x", "", 2, ["\"ftp\"", "http"] },
            { "serve --model MODEL --data DIR/d --urls http://127.0.0.1:99999", "", 2, ["--urls"] },
            { "serve --model MODEL --data DIR/d --urls http://192.0.2.1:5180", "", 2, ["no such address", "http://0.0.0.0"] },
            { "serve --model MODEL --data DIR/d --urls http://127.0.0.1:5180/app", "", 2, ["without one", "SIGNALS_EVENTS_PATH"] },
            { "serve --model MODEL --data MODEL", "", 1, ["--data"] },
            { "serve --model MODEL --data /proc/signals", "", 1, ["/proc/signals"] },
            { "serve --model MODEL --data DIR/d", "SIGNALS_API_TOKEN=short", 2, ["SIGNALS_API_TOKEN", "at least 16"] },
            { "serve --model MODEL --data DIR/d", "SIGNALS_SMTP_HOST=x;SIGNALS_SMTP_PORT=smtp", 2, ["SIGNALS_SMTP_PORT", "1 to 65535"] },
            {
                "serve --model MODEL --data DIR/d",
                "SIGNALS_SMTP_HOST=x;SIGNALS_SMTP_SECURITY=ssl",
                2,
                ["SIGNALS_SMTP_SECURITY", "none, starttls or tls"]
            },
            { "serve --model MODEL --data DIR/d", "SIGNALS_PROXIES=my-proxy", 2, ["SIGNALS_PROXIES", "127.0.0.1"] },
            { "serve --model MODEL --data DIR/d", "SIGNALS_EVENTS_PATH=/accounts", 2, ["SIGNALS_EVENTS_PATH", "/ev"] },
            { "serve --model MODEL --data DIR/d", "SIGNALS_QUIET_SECONDS=soon", 2, ["SIGNALS_QUIET_SECONDS", "0 to 300"] },
            { "check", "", 2, ["check", "--help"] },
            { "check DIR/none.json", "", 1, ["none.json", "no file"] },
            { "check BAD", "", 1, [":4:3: mode", "outreach.mode", "1 mistake"] },
            { "preview MODEL frction", "", 2, ["frction", "friction"] },
            { "preview MODEL friction --locale de", "", 0, ["--locale de", "en, fr", "written to in en"] },
            { "backtest DIR/none.ndjson --model MODEL", "", 2, ["none.ndjson"] },
            { "backtest MODEL", "", 2, ["--model"] },
            { "backtest DIR/none.ndjson --model MODEL --horizon-days month", "", 2, ["--horizon-days", "\"month\"", "a whole number"] },
            { "backtest DIR/none.ndjson --model MODEL --horizon-days 0", "", 2, ["--horizon-days", "expected 1 to"] },
            { "tokens create x --role owner --data DIR", "", 2, ["--role", "owner", "reader"] },
            { "tokens list --data DIR/none", "", 2, ["--data", "found no folder"] },
            { "suppressions import DIR/none.csv --data DIR", "", 2, ["none.csv", "expected a CSV file"] },
            { "people export nobody --data DIR/none", "", 2, ["--data", "found no folder"] },
            { "doctor --data DIR --offline", "", 2, ["no value model at", "--model FILE"] },
            { "doctor --model MODEL --data DIR --offline --mail-to nobody", "", 2, ["--mail-to", "nobody", "an e-mail address"] },
            { "init --product X --value A: --out DIR/m.json", "", 2, ["--value", "'A:'", "EVENT:AMOUNT"] },
            { "init --product X --value A:0 --out DIR/m.json", "", 2, ["--value", "more than 0"] },
            { "init --product X --out DIR/m.json", "", 2, ["--value", "at least one that gives value"] },
            { "init --product X --value A --accounts firm --out DIR/m.json", "", 2, ["--accounts", "firm", "person or group"] },
            { "init --product X --value A --plan pro --out DIR/m.json", "", 2, ["--plan", "NAME=PRICE"] },
            { "init --product X --value A --out BAD", "", 2, ["--out", "bad.json", "--force"] },
            { "infer --out DIR/m.json", "", 2, ["EVENTS", "--data", "one of them"] },
            { "infer DIR/none.ndjson --out DIR/m.json", "", 2, ["none.ndjson", "expected events"] },
            { "infer --data DIR/none --out DIR/m.json", "", 2, ["none", "no such file"] },
            { "infer BAD --out BAD", "", 2, ["--out", "--force"] },
            { "import DIR/none.ndjson --data DIR --model MODEL", "", 2, ["none.ndjson", "expected events"] },
            { "completion tcsh", "", 2, ["tcsh", "bash, zsh, fish, pwsh"] },
        };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_is_told_in_a_line_that_says_what_to_do(string line, string environment, int code, string[] words)
    {
        var (ended, _, errors) = await RunAsync(line, environment);

        Assert.True(ended == code, $"It ended with {ended}: {errors}");
        Assert.All(words, word => Assert.Contains(word, errors, StringComparison.Ordinal));
        AssertNoTrace(errors);
    }

    [Theory]
    [InlineData("DIR/none --offline", 1, "Value model", "Disk", "cannot be written")]
    [InlineData("DIR --offline --mail-to me@x.example", 0, "Nimbus, live", "Accepted for me@x.example")]
    public async Task The_doctor_tells_what_it_finds_and_ends_by_it(string options, int code, params string[] words)
    {
        var (ended, output, errors) = await RunAsync($"doctor --model MODEL --data {options}", "");

        Assert.True(ended == code, $"It ended with {ended}: {output}");
        Assert.All(words, word => Assert.Contains(word, output, StringComparison.Ordinal));
        Assert.Empty(errors);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_with_the_next_one()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (code, _, errors) = await RunAsync($"serve --model MODEL --data DIR/d --urls http://127.0.0.1:{port}", "");

        Assert.Equal(2, code);
        Assert.Contains($"another process listens on http://127.0.0.1:{port}", errors, StringComparison.Ordinal);
        Assert.Contains($"--urls http://127.0.0.1:{port + 1}", errors, StringComparison.Ordinal);
        AssertNoTrace(errors);
    }

    [Fact]
    public async Task A_folder_that_another_process_has_open_is_told()
    {
        string data = Path.Combine(_folder, "d");
        Directory.CreateDirectory(data);
        await using var held = new FileStream(Path.Combine(data, "signals.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);

        var (code, _, errors) = await RunAsync("serve --model MODEL --data DIR/d --urls http://127.0.0.1:0", "");

        Assert.Equal(2, code);
        Assert.Contains("a lock held by another process", errors, StringComparison.Ordinal);
        Assert.Contains("stop the other or use another folder", errors, StringComparison.Ordinal);
        AssertNoTrace(errors);
    }

    [Fact]
    public async Task Keys_that_are_lost_and_files_that_are_no_database_are_told()
    {
        string data = Path.Combine(_folder, "d");
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "signals.db"), "no database", Cancel);

        var (code, _, errors) = await RunAsync("serve --model MODEL --data DIR/d --urls http://127.0.0.1:0", "");

        Assert.Equal(2, code);
        Assert.Contains("put keys.json back from the backup", errors, StringComparison.Ordinal);
        AssertNoTrace(errors);
    }

    [Fact]
    public async Task A_follow_up_is_shown_by_its_own_name()
    {
        var (code, output, errors) = await RunAsync("preview MODEL onboarding-stalled-again", "");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("still shows as open on our side.", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void AssertNoTrace(string errors)
    {
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", errors, StringComparison.Ordinal);
        Assert.InRange(errors.Trim().Split('\n').Length, 1, 6);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string line, string environment)
    {
        string bad = Path.Combine(_folder, "bad.json");
        await File.WriteAllTextAsync(
            bad,
            """
            {
              "product": "Nimbus",
              "value": { "unit": "minutes", "from": [{ "event": "Watched", "amount": 3 }] },
              "mode": "live"
            }
            """,
            Cancel
        );
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "signals.dll"));
        foreach (string word in line.Split(' '))
            start.ArgumentList.Add(
                word.Replace("MODEL", Repository.Sample("nimbus.json"), StringComparison.Ordinal)
                    .Replace("BAD", bad, StringComparison.Ordinal)
                    .Replace("DIR", _folder, StringComparison.Ordinal)
            );
        foreach (string setting in environment.Split(';', StringSplitOptions.RemoveEmptyEntries))
            start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            string errors = await process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
