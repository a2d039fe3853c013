using System.CommandLine;
using System.Text;
using Signals.Core.Response.Suppressions;
using Signals.Core.State.Audit;
using Signals.Local.Storage;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>signals suppressions import FILE</c> and <c>export</c>: who wants no mail, as CSV, on a data folder whose app is stopped.
/// </summary>
public static class SuppressionsCommand
{
    private const string StandardStream = "-";

    public static Command Create(TimeProvider clock)
    {
        var data = new Option<string>("--data") { Description = "The data folder.", DefaultValueFactory = _ => ServeCommand.DefaultData };
        var file = new Argument<string>("file")
        {
            Description =
                "CSV with a column email and, if known, created, reason and topic; SendGrid's exports are understood; - reads standard "
                + "input.",
        };
        var import = new Command("import", "Suppresses everybody that a file lists.") { file, data };
        import.SetAction(
            (parsed, cancellationToken) =>
                ImportAsync(parsed.GetValue(file)!, parsed.GetValue(data)!, clock, parsed.InvocationConfiguration, cancellationToken)
        );
        var output = new Option<string>("--output", "-o")
        {
            Description = "The file to write; - writes to standard output.",
            DefaultValueFactory = _ => StandardStream,
        };
        var export = new Command("export", "Writes everybody who wants no mail.") { output, data };
        export.SetAction(
            (parsed, cancellationToken) =>
                ExportAsync(parsed.GetValue(output)!, parsed.GetValue(data)!, clock, parsed.InvocationConfiguration, cancellationToken)
        );
        return new Command("suppressions", "Takes over or writes who wants no mail, as CSV.") { import, export };
    }

    private static async Task<int> ImportAsync(
        string path,
        string dataFolder,
        TimeProvider clock,
        InvocationConfiguration console,
        CancellationToken cancellationToken
    )
    {
        using var file = await FileAsync(path, cancellationToken);
        using var data = await StoppedFolder.OpenAsync(dataFolder, clock, cancellationToken);
        try
        {
            var import = new SuppressionImport(data.Recipients, data.Key, clock);
            var done = await Waiting.ForAsync(
                console,
                $"reading {path}",
                () => import.RunAsync(file, fault => console.Error.WriteLine($"{path}: {fault}"), cancellationToken)
            );
            await new AuditLog(data.Store).WriteAsync(
                new AuditEntry(
                    clock.GetUtcNow(),
                    "command-line",
                    "suppressions.imported",
                    "suppressions",
                    $"{done.Suppressed} new, {done.Known} known, {done.Faults} not read"
                ),
                cancellationToken
            );
            await console.Output.WriteLineAsync(
                $"{done.Suppressed} suppressed, {done.Known} known before"
                    + $"{(done.Faults > 0 ? $", {done.Faults} {(done.Faults == 1 ? "line" : "lines")} not read" : "")}"
                    + $"{(done.Notes > 0 ? $", {done.Notes} without a time" : "")}."
            );
            return done.Faults > 0 ? ExitCodes.Failed : ExitCodes.Ok;
        }
        catch (SuppressionFileException fault)
        {
            throw new UsageException($"{path}: {fault.Message}");
        }
    }

    private static async Task<int> ExportAsync(
        string path,
        string dataFolder,
        TimeProvider clock,
        InvocationConfiguration console,
        CancellationToken cancellationToken
    )
    {
        using var data = await StoppedFolder.OpenAsync(dataFolder, clock, cancellationToken);
        var export = new SuppressionExport(new SuppressionList(data.Store), data.Recipients, data.Outreach, data.Key);
        await using var stream =
            path == StandardStream
                ? Console.OpenStandardOutput()
                : new FileStream(path, PrivateFiles.Options(FileMode.Create, FileAccess.Write));
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        int count = await Waiting.ForAsync(console, "writing", () => export.WriteAsync(writer, cancellationToken));
        await console.Error.WriteLineAsync($"{count} {(count == 1 ? "entry" : "entries")}.");
        return ExitCodes.Ok;
    }

    /// <summary>The file, or standard input kept in one that goes when it is closed: a list is read twice.</summary>
    private static async Task<FileStream> FileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (path != StandardStream)
                return File.OpenRead(path);
            var kept = new FileStream(
                Path.GetTempFileName(),
                new FileStreamOptions
                {
                    Mode = FileMode.Create,
                    Access = FileAccess.ReadWrite,
                    Options = FileOptions.DeleteOnClose,
                }
            );
            await Console.OpenStandardInput().CopyToAsync(kept, cancellationToken);
            return kept;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{path}: found what cannot be read ({fault.Message.TrimEnd('.')}), expected a CSV file");
        }
    }
}
