using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Signals.Core.Intake.Events;
using Signals.Core.Intake.Exports;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Messaging;
using Signals.Core.Processing.Folding;
using Signals.Core.State.Audit;
using Signals.Local.Backtest;
using Signals.Local.Hosting;
using Signals.Local.Import;
using Signals.Local.Storage;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>signals import FILE...</c>: history into a data folder, whether its app runs or not, or into an app elsewhere (<c>--to URL
/// --key</c>). Ends with 0, with 1 when something failed or was not understood, with 2 when the input cannot be used.
/// </summary>
public static class ImportCommand
{
    private const string Who = "command-line";
    private const string WorkName = "import";
    private const int FaultsShown = 10;

    public static Command Create(TimeProvider clock)
    {
        var options = new ImportOptions();
        var command = new Command(
            "import",
            """
            Takes history in: JSON lines, arrays, {"batch": [...]}, CSV and TSV, plain, gzip or zip, files and whole folders; raw events
            of Segment, RudderStack, PostHog, Mixpanel, Amplitude and Customer.io. In any order; run again after a crash, it goes on
            where it was. Reviews everybody at the end and writes to nobody.
            """
        );
        options.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) => new Run(options.Of(parsed), parsed.InvocationConfiguration, clock, cancellationToken).RunAsync()
        );
        return command;
    }

    /// <summary>One run of the command.</summary>
    private sealed class Run(ImportOrder request, InvocationConfiguration console, TimeProvider clock, CancellationToken cancellationToken)
    {
        private readonly Stopwatch _time = Stopwatch.StartNew();
        private readonly bool _isTerminal = Waiting.IsSeen(console);

        private TextWriter Output => console.Output;

        public async Task<int> RunAsync()
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
            try
            {
                if (request.To is not null)
                    return await IntoAppAsync(client, AppAt(request.To), KeyFor(request.To), null, request.Work ?? "signals-import");
                if (await RunningApp.FindAsync(request.Data, client, cancellationToken) is { } running)
                {
                    var keys = LocalKeys.Open(request.Data);
                    var settings = LocalSettings.FromEnvironment(Environment.GetEnvironmentVariable);
                    await Output.WriteLineAsync($"The app of {request.Data} runs at {running}; its history goes there.");
                    return await IntoAppAsync(
                        client,
                        running,
                        request.Key ?? settings.WriteKey ?? keys.WriteKey,
                        settings.ApiToken ?? keys.ApiToken,
                        request.Work ?? Path.Combine(request.Data, WorkName)
                    );
                }
                return await IntoFolderAsync();
            }
            catch (BadInputException fault)
            {
                await console.Error.WriteLineAsync(fault.Message);
                return ExitCodes.BadInput;
            }
            catch (Exception fault)
                when (fault is IOException or InvalidDataException or UnauthorizedAccessException or OperationCanceledException)
            {
                await console.Error.WriteLineAsync($"The import ended early: {fault.Message} Run the same command again to go on.");
                return ExitCodes.Failed;
            }
        }

        private async Task<int> IntoFolderAsync()
        {
            if (request.Model is not null)
                PrivateFiles.Folder(request.Data);
            await using var app = await StoppedApp.OpenAsync(request.Data, request.Model, clock, cancellationToken);
            string work = request.Work ?? Path.Combine(request.Data, WorkName);
            var display = new ImportDisplay(console.Error, _isTerminal);
            var run = new ImportRun(
                request.Import with
                {
                    Paths = request.Files,
                    WorkFolder = work,
                    LedgerFolder = request.Data,
                },
                new IntakeRules(app.Get<ValueModel>()),
                clock,
                display
            );
            if (await PrepareAsync(run, work) is not var (state, sources))
                return ExitCodes.BadInput;
            var counters = app.Get<PipelineCounters>();
            (state, var spool) = await run.ReadAsync(state, sources, cancellationToken);
            using var closing = spool;
            if (request.Check)
                return await TellCheckedAsync(run, state, display);
            if (state.FoldedBefore is null)
            {
                var before = await counters.GetAsync(cancellationToken);
                state = state with { FoldedBefore = before.Folded, DuplicatesBefore = before.Duplicates };
                state.Save(work);
            }
            var handler = (FoldHandler)app.GetAll<IMessageHandler>().Single(handler => handler.Queue == QueueNames.Usage);
            state = await run.FoldAsync(
                state,
                spool,
                new FolderTarget(handler, new IntakeRules(app.Get<ValueModel>()), state, clock),
                cancellationToken
            );
            var after = await counters.GetAsync(cancellationToken);
            await new ImportReviews(app.Services, clock, display).RunAsync(cancellationToken);
            await app.Get<AuditLog>()
                .WriteAsync(
                    new AuditEntry(
                        clock.GetUtcNow(),
                        Who,
                        "history.imported",
                        "history",
                        $"{state.Events} events of {state.Files.Count} files"
                    ),
                    cancellationToken
                );
            spool.Dispose();
            display.End();
            await TellEndAsync(
                run,
                state,
                sources,
                $"{after.Folded - state.FoldedBefore:#,##0} folded, {after.Duplicates - state.DuplicatesBefore:#,##0} known before"
            );
            await ImportSummary.WriteAsync(Output, app, clock, cancellationToken);
            await Output.WriteLineAsync(
                $"Next: signals serve --data {request.Data}{(request.Model is null ? "" : $" --model {request.Model}")}"
            );
            return state.Faults > 0 ? ExitCodes.Failed : ExitCodes.Ok;
        }

        private async Task<int> IntoAppAsync(HttpClient client, Uri app, string key, string? token, string work)
        {
            var display = new ImportDisplay(console.Error, _isTerminal);
            var run = new ImportRun(
                request.Import with
                {
                    Paths = request.Files,
                    WorkFolder = work,
                    LedgerFolder = token is null ? work : request.Data,
                },
                IntakeRules.Usual,
                clock,
                display
            );
            if (await PrepareAsync(run, work) is not var (state, sources))
                return ExitCodes.BadInput;
            (state, var spool) = await run.ReadAsync(state, sources, cancellationToken);
            using var closing = spool;
            if (request.Check)
                return await TellCheckedAsync(run, state, display);
            state = await run.FoldAsync(state, spool, new AppTarget(client, app, key, clock), cancellationToken);
            spool.Dispose();
            display.End();
            await TellEndAsync(run, state, sources, "all of them durable there");
            if (token is not null)
                await ReviewThereAsync(client, app, token);
            await Output.WriteLineAsync(
                "The app folds what is in its queue, reviews everybody, and ten minutes later has looked back at how they were "
                    + "before: see its dashboard, Pipeline."
            );
            return state.Faults > 0 ? ExitCodes.Failed : ExitCodes.Ok;
        }

        /// <summary>Waits until the app has folded what it was given, and asks it to review everybody.</summary>
        private async Task ReviewThereAsync(HttpClient client, Uri app, string token)
        {
            while (true)
            {
                using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri(app, "api/pipeline"));
                asked.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                using var answer = await client.SendAsync(asked, cancellationToken);
                if (!answer.IsSuccessStatusCode)
                    return;
                using var pipeline = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
                long queued = pipeline.RootElement.GetProperty("queued").GetInt64();
                if (queued == 0)
                    break;
                await console.Error.WriteLineAsync($"{queued:#,##0} events wait to be folded");
                await Task.Delay(TimeSpan.FromSeconds(5), clock, cancellationToken);
            }
            using var review = new HttpRequestMessage(HttpMethod.Post, new Uri(app, "api/reviews"));
            review.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            (await client.SendAsync(review, cancellationToken)).Dispose();
        }

        /// <summary>What is to be read, once it is known which columns say what; null where somebody has to say first.</summary>
        private async Task<(ImportState State, IReadOnlyList<ImportSource> Sources)?> PrepareAsync(ImportRun run, string work)
        {
            var (state, sources, goesOn) = run.Begin();
            if (goesOn)
            {
                await Output.WriteLineAsync(
                    $"Goes on with the import of {state.BeganAt:yyyy-MM-dd HH:mm} UTC: {state.Events:#,##0} events read, "
                        + $"{state.Folded:#,##0} folded."
                );
                return (state, sources);
            }
            PrivateFiles.Folder(work);
            var tables = await run.TablesAsync(sources, cancellationToken);
            foreach (var table in tables)
            {
                await Output.WriteLineAsync(
                    $"{table.Name} is a table. {(request.Import.Map is null ? "Guessed" : "Given")}: --map \"{table.Mapping}\""
                );
                if (table.Usable.Properties is { Count: > 0 } properties)
                    await Output.WriteLineAsync($"  properties: {string.Join(", ", properties)}");
                if (table.FirstRow is { } row)
                    await Output.WriteLineAsync($"  first row:  {Encoding.UTF8.GetString(table.Mapping.ToMessage(row))}");
            }
            if (tables.Count > 0 && request.Import.Map is null && !request.Yes && !await AgreesAsync())
                return null;
            return (
                state with
                {
                    Mappings = tables.ToDictionary(table => table.Name, table => table.Mapping.ToString(), StringComparer.Ordinal),
                },
                sources
            );
        }

        private async Task<bool> AgreesAsync()
        {
            if (Console.IsInputRedirected)
            {
                await console.Error.WriteLineAsync("Columns were guessed: give --yes to take them so, or --map to say otherwise.");
                return false;
            }
            await Output.WriteAsync("Import it so? [y/N] ");
            return Console.ReadLine()?.Trim() is "y" or "Y" or "yes" or "j" or "o" or "oui";
        }

        private async Task<int> TellCheckedAsync(ImportRun run, ImportState state, ImportDisplay display)
        {
            display.End();
            await TellReadAsync(run, state);
            foreach (string fault in run.FirstFaults(int.MaxValue))
                await console.Error.WriteLineAsync(fault);
            run.Clear();
            await Output.WriteLineAsync("Nothing was imported (--check).");
            return state.Faults > 0 ? ExitCodes.Failed : ExitCodes.Ok;
        }

        private async Task TellReadAsync(ImportRun run, ImportState state)
        {
            string shapes = string.Join(
                ", ",
                run.Shapes.OrderByDescending(shape => shape.Value).Select(shape => $"{shape.Value:#,##0} of {shape.Key.Name()}")
            );
            string span = state is { First: { } first, Last: { } last }
                ? $", {DateTimeOffset.FromUnixTimeMilliseconds(first):yyyy-MM-dd} to "
                    + $"{DateTimeOffset.FromUnixTimeMilliseconds(last):yyyy-MM-dd}"
                : "";
            await Output.WriteLineAsync($"Read {state.Events:#,##0} events{span}{(shapes.Length > 0 ? $" (objects: {shapes})" : "")}.");
            foreach (var (reason, count) in state.LeftOut)
                await Output.WriteLineAsync($"Left out {count:#,##0}: {reason}.");
        }

        private async Task TellEndAsync(ImportRun run, ImportState state, IReadOnlyList<ImportSource> sources, string outcome)
        {
            await TellReadAsync(run, state);
            foreach (string fault in run.FirstFaults(FaultsShown))
                await console.Error.WriteLineAsync(fault);
            if (run.End(state, sources) is { } kept)
                await Output.WriteLineAsync(
                    $"{state.Faults:#,##0} {(state.Faults == 1 ? "object was" : "objects were")} not understood; each with file "
                        + $"and line in {kept}"
                );
            await Output.WriteLineAsync(
                $"{state.Folded:#,##0} events of {state.People:#,##0} people in {_time.Elapsed:h\\:mm\\:ss}: {outcome}."
            );
        }

        private string KeyFor(string url) =>
            request.Key
            ?? Environment.GetEnvironmentVariable("SIGNALS_WRITE_KEY")
            ?? throw new UsageException($"--key: found none, expected a write key of kind server of {url}");

        private static Uri AppAt(string url) =>
            Uri.TryCreate(url.EndsWith('/') ? url : url + "/", UriKind.Absolute, out var app) && app.Scheme is "http" or "https"
                ? app
                : throw new UsageException($"--to: found '{url}', expected the address of an app, such as https://signals.example");
    }
}
