using System.Diagnostics;
using System.Text;
using Signals.Local.Tests.Storage;

namespace Signals.Local.Tests.CommandLine;

/// <summary>What <c>check --events</c> says of the model's segments: how many accounts of a history would be in each.</summary>
public sealed class CheckSegmentsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_segment_is_told_with_its_accounts_on_the_files_last_day()
    {
        string told = await CheckAsync(
            """
            "segments": [
              { "id": "german", "traits": { "country": ["DE"] } },
              { "id": "sharers", "did": [{ "event": "Report Shared", "times": 2, "days": 30 }] },
              { "id": "unkind", "feels": ["unkind-words"] },
              { "id": "nobody", "plans": ["pro"], "traits": { "country": ["FR"] } }
            ]
            """
        );

        Assert.EndsWith(
            """
            Segments, of 3 accounts on the file's last day:
              german: 2
              sharers: 1
              unkind: 0 (what people wrote is not read here)
              nobody: 0
            """.ReplaceLineEndings("\n"),
            told.TrimEnd(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_model_without_segments_says_nothing_of_them() =>
        Assert.DoesNotContain("Segments", await CheckAsync("\"locales\": [\"en\"]"), StringComparison.Ordinal);

    /// <summary>Three accounts: two German ones, of which one shared two reports in the last thirty days, and a third that shared two before those.</summary>
    private async Task<string> CheckAsync(string section)
    {
        string model = _folder.File("model.json"),
            events = _folder.File("events.ndjson");
        await File.WriteAllTextAsync(
            model,
            $$"""
            {
              "product": "Nimbus", "accounts": "group", "plans": { "pro": { "price": 9 } },
              "value": { "unit": "minutes", "from": [{ "event": "Report Shared", "amount": 3 }] },
              {{section}}
            }
            """,
            Cancel
        );
        var lines = new StringBuilder();
        foreach (var (group, country, days) in new[] { ("acme", "DE", new[] { 55, 60 }), ("zen", "DE", [5]), ("umbrella", "AT", [1, 2]) })
        {
            lines.AppendLine(
                $$"""{"type":"group","messageId":"{{group}}","userId":"u-{{group}}","groupId":"{{group}}","traits":{"country":"{{country}}"},"timestamp":"{{At(1)}}"}"""
            );
            foreach (int day in days)
                lines.AppendLine(
                    $$"""{"type":"track","messageId":"{{group}}-{{day}}","userId":"u-{{group}}","context":{"groupId":"{{group}}"},"event":"Report Shared","timestamp":"{{At(day)}}"}"""
                );
        }
        await File.WriteAllTextAsync(events, lines.ToString(), Cancel);
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "signals.dll"), "check", model, "--events", events]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        string errors = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, errors);
        return (await output).ReplaceLineEndings("\n");
    }

    private static string At(int day) => new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero).AddDays(day - 1).ToString("O");
}
