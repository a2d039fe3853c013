using System.CommandLine;
using Signals.Core.Daily.Erasure;
using Signals.Local.Storage;

namespace Signals.Local.CommandLine;

/// <summary>What the commands for people and for accounts have in common: their options, and what becomes of a wish.</summary>
internal sealed class ErasureVerbs(TimeProvider clock)
{
    /// <summary>Who did it, as the audit trail names them.</summary>
    public const string Who = "command-line";

    private const string StandardStream = "-";

    private readonly Option<string> _data = new("--data")
    {
        Description = "The data folder.",
        DefaultValueFactory = _ => ServeCommand.DefaultData,
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = "The value model; model.json in the data folder where it is not given.",
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The file to write; - writes to standard output.",
        DefaultValueFactory = _ => StandardStream,
    };

    private readonly Option<string?> _file = new("--file")
    {
        Description =
            "A file of many: JSON with userIds, anonymousIds, addresses and accounts, or CSV with user_id, anonymous_id, email, account.",
    };

    private readonly Option<bool> _yes = new("--yes") { Description = "Yes, forget them: it cannot be taken back." };

    public TimeProvider Clock => clock;

    public static UsageException Nobody(string id) => new($"found nobody that is called {id}");

    public void SetExport(Command command, Func<StoppedApp, ParseResult, CancellationToken, Task<byte[]>> read)
    {
        AddTo(command, _output, _data, _model);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var app = await OpenAsync(parsed, cancellationToken);
                byte[] json = await Waiting.ForAsync(
                    parsed.InvocationConfiguration,
                    "looking for all that is known",
                    () => read(app, parsed, cancellationToken)
                );
                string path = parsed.GetValue(_output)!;
                if (path == StandardStream)
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(json));
                    return ExitCodes.Ok;
                }
                await using var file = new FileStream(path, PrivateFiles.Options(FileMode.Create, FileAccess.Write));
                await file.WriteAsync(json, cancellationToken);
                return ExitCodes.Ok;
            }
        );
    }

    public void SetErase(
        Command command,
        Argument<string[]> ids,
        Func<StoppedApp, IReadOnlyList<string>, CancellationToken, Task<ErasureWish>> find
    )
    {
        AddTo(command, _file, _yes, _data, _model);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var app = await OpenAsync(parsed, cancellationToken);
                var wish = await WishAsync(parsed, ids, named => find(app, named, cancellationToken), cancellationToken);
                if (!parsed.GetValue(_yes))
                    throw new UsageException($"found {CountOf(wish)} to forget, and no --yes: nothing was done");
                var asked = await app.Get<ErasureDesk>().AskForManyAsync(wish, Who, cancellationToken);
                await Waiting.ForAsync(
                    parsed.InvocationConfiguration,
                    $"forgetting {CountOf(wish)}, every row is read",
                    () => app.Get<ErasureWork>().RunAsync(int.MaxValue, cancellationToken)
                );
                int removed = 0;
                foreach (var request in asked)
                    removed += (await app.Get<ErasureBook>().FindAsync(request.Id, cancellationToken))?.Removed ?? 0;
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{CountOf(wish)} forgotten: {removed} rows, messages and mails were removed or mended. "
                        + "The app looks again when it runs, proves it (Pipeline, Erasures), and has the disk forget it."
                );
                return ExitCodes.Ok;
            }
        );
    }

    public void SetRestore(Command command, Argument<string[]> ids, Func<IReadOnlyList<string>, ErasureWish> wishOf)
    {
        AddTo(command, _file, _data, _model);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var app = await OpenAsync(parsed, cancellationToken);
                var wish = await WishAsync(parsed, ids, named => Task.FromResult(wishOf(named)), cancellationToken);
                int restored = await app.Get<ErasureDesk>().RestoreAsync(wish, Who, cancellationToken);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{(restored == 1 ? "1 id or address" : $"{restored} ids and addresses")} may come back; what was forgotten stays so."
                );
                return restored > 0 ? ExitCodes.Ok : ExitCodes.Failed;
            }
        );
    }

    private static void AddTo(Command command, params Option[] options)
    {
        foreach (var option in options)
            command.Options.Add(option);
    }

    private Task<StoppedApp> OpenAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        StoppedApp.OpenAsync(parsed.GetValue(_data)!, parsed.GetValue(_model), clock, cancellationToken);

    /// <summary>Who is named, or whom a file lists.</summary>
    private async Task<ErasureWish> WishAsync(
        ParseResult parsed,
        Argument<string[]> ids,
        Func<IReadOnlyList<string>, Task<ErasureWish>> ofIds,
        CancellationToken cancellationToken
    )
    {
        string[] named = parsed.GetValue(ids) ?? [];
        string? path = parsed.GetValue(_file);
        if (path is null == (named.Length == 0))
            throw new UsageException("found nobody to look for, or ids and --file: expected one of the two");
        if (path is null)
            return await ofIds(named);
        try
        {
            byte[] bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            bool isJson = bytes.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8);
            return isJson ? ErasureFile.ReadJson(bytes) : await ErasureFile.ReadCsvAsync(bytes, cancellationToken);
        }
        catch (ErasureFileException fault)
        {
            throw new UsageException($"{path}: {fault.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: found what cannot be read ({fault.Message.TrimEnd('.')}), expected JSON or CSV");
        }
    }

    private static string CountOf(ErasureWish wish)
    {
        int people = wish.UserIds.Count + wish.AnonymousIds.Count + wish.Addresses.Count;
        string[] parts =
        [
            .. people > 0 ? [people == 1 ? "1 person" : $"{people} people"] : (string[])[],
            .. wish.Groups.Count > 0 ? [wish.Groups.Count == 1 ? "1 account" : $"{wish.Groups.Count} accounts"] : (string[])[],
        ];
        return string.Join(" and ", parts);
    }
}
