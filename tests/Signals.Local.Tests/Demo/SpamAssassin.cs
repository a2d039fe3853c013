using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Signals.Local.Tests.Storage;

namespace Signals.Local.Tests.Demo;

/// <summary>The SpamAssassin of this machine, asked about many mails at once, by its rules alone: no network, no memory.</summary>
internal static partial class SpamAssassin
{
    public const string HowTo = "There is no SpamAssassin: apt-get install spamassassin brings it.";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "spamassassin"))
            .FirstOrDefault(File.Exists);

    /// <summary>What each mail scores, and the rules it met, in their order.</summary>
    public static async Task<IReadOnlyList<(double Score, string Rules)>> AskAsync(
        IReadOnlyList<byte[]> mails,
        CancellationToken cancellationToken
    )
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("mails.mbox");
        await File.WriteAllTextAsync(path, string.Concat(mails.Select(InMbox)), Encoding.Latin1, cancellationToken);
        var start = new ProcessStartInfo(Find()!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            string argument in new[]
            {
                "--local",
                "--nocreate-prefs",
                "--cf=use_bayes 0",
                "--cf=use_auto_whitelist 0",
                "--cf=fold_headers 0",
                "--cf=report_safe 0",
                "--mbox",
                path,
            }
        )
            start.ArgumentList.Add(argument);
        // What it notes of senders stays in the folder that goes.
        start.Environment["HOME"] = folder.Path;
        start.StandardOutputEncoding = Encoding.Latin1;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        string marked = await process.StandardOutput.ReadToEndAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var scores = Status()
            .Matches(marked)
            .Select(match => (double.Parse(match.Groups["score"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["rules"].Value))
            .ToList();
        Assert.True(scores.Count == mails.Count, $"{scores.Count} of {mails.Count} mails were scored. {await errors}");
        return scores;
    }

    /// <summary>As mail programs keep many mails in one file (RFC 4155).</summary>
    private static string InMbox(byte[] mail) =>
        "From signals@nimbus.example Wed Mar 18 10:30:00 2026\n"
        + FromLine().Replace(Encoding.Latin1.GetString(mail).ReplaceLineEndings("\n"), ">From ").TrimEnd('\n')
        + "\n\n";

    [GeneratedRegex("^From ", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FromLine();

    [GeneratedRegex(
        @"^X-Spam-Status: (?:Yes|No), score=(?<score>-?[\d.]+) required=\S+ tests=(?<rules>[^\n]*?)(?: autolearn=| version=|$)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Status();
}
