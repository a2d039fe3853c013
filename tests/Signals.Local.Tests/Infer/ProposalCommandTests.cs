using System.Diagnostics;
using System.Text;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Local.Tests.Storage;

namespace Signals.Local.Tests.Infer;

/// <summary>The built program proposes a model: from answers in a script, from answers on a terminal, and from what a folder holds.</summary>
public sealed class ProposalCommandTests : IDisposable
{
    private const string Terminal = "/usr/bin/script";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string ModelPath => _folder.File("proposed.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Answers_in_a_script_are_a_model_that_is_good()
    {
        var (code, told) = await RunAsync(
            "init",
            ["--product", "Atelier", "--accounts", "group", "--value", "Site Visited:seconds", "--value", "Quote Sent:5"],
            ["--step", "Team Invited", "--churn", "Contract Ended", "--plan", "pro=99", "--locale", "fr", "--out", ModelPath]
        );

        Assert.True(code == 0, told);
        Assert.Contains($"Next: signals check {ModelPath}", told, StringComparison.Ordinal);
        var model = Proposed();
        Assert.Equal(("Atelier", true, "fr"), (model.Product, model.Accounts == AccountsMode.Group, Assert.Single(model.Locales)));
        Assert.Equal(["Site Visited", "Quote Sent"], model.Value.From.Select(source => source.Event));
        Assert.Equal(1.0 / 60, model.Value.From[0].Scale, 9);
        Assert.Equal(["Team Invited"], Assert.Single(model.Onboarding).Done);
        Assert.Equal(["Contract Ended"], model.Churn.Events);
        await ShouldPassAsync();
    }

    [Fact]
    public async Task On_a_terminal_it_asks_and_asks_again_for_what_it_cannot_understand()
    {
        Assert.SkipUnless(File.Exists(Terminal), $"There is no {Terminal}, which makes a terminal.");
        string[] answers =
        [
            "Atelier",
            "firm",
            "companies",
            "Quote Sent:none:",
            "Quote Sent:5",
            "",
            "Contract Ended",
            "",
            "Team Invited",
            "",
        ];

        var (code, told) = await OnTerminalAsync($"init --out {ModelPath}", answers);

        Assert.True(code == 0, told);
        Assert.Equal(2, told.Split("Who pays").Length - 1);
        Assert.Contains("found 'Quote Sent:none:', expected EVENT", told, StringComparison.Ordinal);
        var model = Proposed();
        Assert.Equal(("Atelier", AccountsMode.Group), (model.Product, model.Accounts));
        Assert.Equal(5, Assert.Single(model.Value.From).Amount);
        Assert.Equal(["Contract Ended"], model.Churn.Events);
        Assert.Equal(["Team Invited"], Assert.Single(model.Onboarding).Done);
        await ShouldPassAsync();
    }

    [Fact]
    public async Task What_a_folder_holds_is_enough_for_names_and_says_what_it_lacks()
    {
        string data = await ImportedAsync();

        var (code, told) = await RunAsync("infer", ["--data", data, "--product", "Atelier", "--out", ModelPath]);

        Assert.True(code == 0, told);
        var model = Proposed();
        Assert.Contains("Quote Sent", model.Value.From.Select(source => source.Event));
        Assert.DoesNotContain("Session Started", model.Value.From.Select(source => source.Event));
        Assert.Equal(["Subscription Cancelled"], model.Churn.Events);
        Assert.Contains("signals check", told, StringComparison.Ordinal);
        await ShouldPassAsync();
    }

    private ValueModel Proposed()
    {
        var reading = ValueModelReader.ReadFile(ModelPath, CauseCatalogue.All);
        Assert.Empty(reading.Errors);
        return reading.Model!;
    }

    private async Task ShouldPassAsync()
    {
        var (code, told) = await RunAsync("check", [ModelPath]);
        Assert.True(code == 0, told);
        Assert.Contains("is good", told, StringComparison.Ordinal);
    }

    /// <summary>Forty people over ten weeks, of whom eight cancelled, in a folder of an app whose model knows of one event.</summary>
    private async Task<string> ImportedAsync()
    {
        var lines = new StringBuilder();
        var start = new DateTimeOffset(2026, 8, 3, 9, 0, 0, TimeSpan.Zero);
        for (int person = 0; person < 40; person++)
        {
            int days = person % 5 == 0 ? 30 : 70;
            for (int day = person % 3; day < days; day += 2)
            {
                Line(person, "Session Started", start.AddDays(day));
                Line(person, "Quote Sent", start.AddDays(day).AddMinutes(20));
            }
            if (days == 30)
                Line(person, "Subscription Cancelled", start.AddDays(days));
        }
        await File.WriteAllTextAsync(_folder.File("events.ndjson"), lines.ToString(), Cancel);
        await File.WriteAllTextAsync(
            _folder.File("model.json"),
            """{ "product": "Atelier", "accounts": "person", "value": { "unit": "minutes", "from": [{ "event": "Site Visited", "amount": 1 }] } }""",
            Cancel
        );
        string data = _folder.File("data");
        var (code, told) = await RunAsync("import", [_folder.File("events.ndjson"), "--data", data, "--model", _folder.File("model.json")]);
        Assert.True(code == 0, told);
        return data;

        void Line(int person, string name, DateTimeOffset at) =>
            lines.AppendLine(
                $$"""{"type":"track","messageId":"{{person}}-{{name}}-{{at.Ticks}}","userId":"u{{person}}","event":"{{name}}","timestamp":"{{at:O}}"}"""
            );
    }

    private static Task<(int Code, string Told)> RunAsync(string verb, params string[][] options) =>
        RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "signals.dll"), verb, .. options.SelectMany(some => some)], "");

    private static Task<(int Code, string Told)> OnTerminalAsync(string line, IEnumerable<string> answers) =>
        RunAsync(
            Terminal,
            ["-qec", $"dotnet {Path.Combine(AppContext.BaseDirectory, "signals.dll")} {line}", "/dev/null"],
            string.Join('\n', answers) + "\n"
        );

    private static async Task<(int Code, string Told)> RunAsync(string file, IEnumerable<string> arguments, string input)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start.");
        await process.StandardInput.WriteAsync(input.AsMemory(), Cancel);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        string errors = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output + errors);
    }
}
