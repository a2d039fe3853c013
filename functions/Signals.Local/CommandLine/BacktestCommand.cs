using System.CommandLine;
using Signals.Backtesting;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Local.Backtest;
using Signals.Messages.Rendering;
using Signals.Messages.Sources;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>backtest EVENTS.ndjson[.gz] --model FILE</c>: only the summary or the JSON goes to the output, progress and complaints to the error
/// stream. Ends with 0, with 1 when something failed, with 2 when the input cannot be used.
/// </summary>
public static class BacktestCommand
{
    private const int Failure = 1;
    private const int BadInput = 2;

    public static Command Create()
    {
        var defaults = new BacktestSettings();
        var events = new Argument<string>("events")
        {
            HelpName = "EVENTS",
            Description = "Events in Segment's shape, one JSON object a line in order of time; plain or gzip.",
        };
        var model = new Option<string>("--model")
        {
            HelpName = "FILE",
            Required = true,
            Description = "The value model.",
        };
        var horizon = Days("--horizon-days", "A flag is right when the account churns within so many days.", defaults.HorizonDays);
        var step = Days("--step-days", "Days from one cut to the next.", defaults.StepDays);
        var json = new Option<bool>("--json") { Description = "Write the result as JSON." };
        var csv = new Option<bool>("--csv")
        {
            Description = "Write the flagged accounts as CSV: first flag, why, message, and when they left.",
        };
        var html = new Option<string?>("--html") { HelpName = "FILE", Description = "Write the report as one page to open in a browser." };
        var labels = new Option<string?>("--labels")
        {
            HelpName = "FILE",
            Description = "What is known of users (\"user,cause\" lines): says how well causes are named.",
        };
        var command = new Command("backtest", "Replay history under a virtual clock: who would have been flagged, why, and was it right.")
        {
            events,
            model,
            horizon,
            step,
            json,
            csv,
            html,
            labels,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    parsed.GetRequiredValue(events),
                    parsed.GetRequiredValue(model),
                    new BacktestSettings { HorizonDays = parsed.GetValue(horizon), StepDays = parsed.GetValue(step) },
                    new Outputs(parsed.GetValue(json), parsed.GetValue(csv), parsed.GetValue(html), parsed.GetValue(labels)),
                    parsed.InvocationConfiguration,
                    cancellationToken
                )
        );
        return command;
    }

    private static Option<int> Days(string name, string description, int usual) =>
        new(name)
        {
            HelpName = "DAYS",
            Description = description,
            DefaultValueFactory = _ => usual,
        };

    private static async Task<int> RunAsync(
        string events,
        string modelFile,
        BacktestSettings settings,
        Outputs outputs,
        InvocationConfiguration console,
        CancellationToken cancellationToken
    )
    {
        var reading = ValueModelReader.ReadFile(modelFile, CauseCatalogue.All);
        if (!reading.IsValid)
        {
            foreach (var error in reading.Errors)
                await console.Error.WriteLineAsync(error.In(modelFile));
            return BadInput;
        }
        if ((Complaint("--horizon-days", settings.HorizonDays) ?? Complaint("--step-days", settings.StepDays)) is { } complaint)
            return await RefuseAsync(console, complaint);
        if (outputs is { AsJson: true, AsCsv: true })
            return await RefuseAsync(
                console,
                "--json, --csv: found both, expected one of them: only one thing can be written to the output."
            );
        try
        {
            bool isTerminal = Waiting.IsSeen(console);
            var labels = outputs.Labels is { } path ? await LabelFile.ReadAsync(path, cancellationToken) : null;
            var run = new BacktestRun(reading.Model, settings, TimeProvider.System, labels);
            var report = await ProgressDisplay.ShowAsync(
                console.Error,
                isTerminal,
                progress => run.RunAsync(events, progress, cancellationToken)
            );
            report = report with { Renderer = new HandlebarsMessageRenderer(ModelFile.Templates(modelFile), reading.Model.Locales) };
            await WarnAsync(console.Error, reading.Model, report);
            if (outputs.Html is { } page)
                await File.WriteAllTextAsync(page, BacktestPage.Write(report), cancellationToken);
            if (outputs.AsCsv)
                await FlaggedCsv.WriteAsync(console.Output, report);
            else if (outputs.AsJson)
                await console.Output.WriteLineAsync(BacktestJson.Write(report));
            else
                BacktestSummary.Write(console.Output, report);
            return 0;
        }
        catch (BadInputException fault)
        {
            return await RefuseAsync(console, fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            await console.Error.WriteLineAsync($"The backtest of {events} ended early: {fault.Message}");
            return Failure;
        }
    }

    private static async Task<int> RefuseAsync(InvocationConfiguration console, string complaint)
    {
        await console.Error.WriteLineAsync(complaint);
        return BadInput;
    }

    private static async Task WarnAsync(TextWriter error, ValueModel model, BacktestReport report)
    {
        foreach (string line in report.Bad.First)
            await error.WriteLineAsync($"{report.File}: {line}");
        if (report.Bad.Count > report.Bad.First.Count)
            await error.WriteLineAsync($"{report.File}: {report.Bad.Count - report.Bad.First.Count:#,##0} more lines are no events");
        if (model.Risk is { } risk && risk.Data.Name == report.File)
            await error.WriteLineAsync(
                $"The model's risk score was fitted on {risk.Data.Name}: on that file it looks better than it is; its cross-validated AUC "
                    + $"was {risk.CrossValidated?.Auc:0.000}."
            );
        if (model.Churn.Events.Count == 0)
            await error.WriteLineAsync("The model names no churn events (churn.events), so nothing says whether a flag was right.");
    }

    internal static string? Complaint(string option, int days) =>
        days is >= 1 and <= BacktestSettings.MaxDays ? null : $"{option}: found {days}, expected 1 to {BacktestSettings.MaxDays} days.";

    /// <summary>What is written where, beside the summary.</summary>
    private sealed record Outputs(bool AsJson, bool AsCsv, string? Html, string? Labels);
}
