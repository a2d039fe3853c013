using System.CommandLine;
using System.Security.Cryptography;
using Signals.Backtesting;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model.Reading;
using Signals.Local.Backtest;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>calibrate EVENTS --model FILE --out FILE</c>: fits the risk score to history and writes the model with it. Ends with 0, with 1 when
/// something failed, with 2 when the input cannot be used: too few customers left, say.
/// </summary>
public static class CalibrateCommand
{
    public static Command Create(TimeProvider clock)
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
        var target = new Option<string>("--out")
        {
            HelpName = "FILE",
            Required = true,
            Description = "Where the model with the fitted score goes; may be the model itself.",
        };
        var horizon = new Option<int>("--horizon-days")
        {
            HelpName = "DAYS",
            Description = "The score tells who churns within so many days.",
            DefaultValueFactory = _ => defaults.HorizonDays,
        };
        var step = new Option<int>("--step-days")
        {
            HelpName = "DAYS",
            Description = "Days from one cut to the next.",
            DefaultValueFactory = _ => defaults.StepDays,
        };
        var command = new Command("calibrate", "Fit the risk score to history, and write the model with its weights.")
        {
            events,
            model,
            target,
            horizon,
            step,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    new Files(parsed.GetRequiredValue(events), parsed.GetRequiredValue(model), parsed.GetRequiredValue(target)),
                    new BacktestSettings { HorizonDays = parsed.GetValue(horizon), StepDays = parsed.GetValue(step) },
                    clock,
                    parsed.InvocationConfiguration,
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        Files files,
        BacktestSettings settings,
        TimeProvider clock,
        InvocationConfiguration console,
        CancellationToken cancellationToken
    )
    {
        var reading = ValueModelReader.ReadFile(files.Model, CauseCatalogue.All);
        if (!reading.IsValid)
        {
            foreach (var error in reading.Errors)
                await console.Error.WriteLineAsync(error.In(files.Model));
            return ExitCodes.BadInput;
        }
        if (
            (
                BacktestCommand.Complaint("--horizon-days", settings.HorizonDays)
                ?? BacktestCommand.Complaint("--step-days", settings.StepDays)
            ) is
            { } complaint
        )
            return await RefuseAsync(console, complaint);
        if (reading.Model.Churn.Events.Count == 0)
            return await RefuseAsync(
                console,
                $"{files.Model}: churn.events: found nothing, expected the events that say a customer left; without them there is nothing "
                    + "to learn from."
            );
        try
        {
            bool isTerminal = Waiting.IsSeen(console);
            var run = new BacktestRun(reading.Model with { Risk = null }, settings, clock);
            var report = await ProgressDisplay.ShowAsync(
                console.Error,
                isTerminal,
                progress => run.RunAsync(files.Events, progress, cancellationToken)
            );
            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            string hash = await HashAsync(files.Events, cancellationToken);
            var outcome = Calibrator.Fit(report.Backtester, report.Result, (report.File, hash), today);
            if (outcome.Calibration is not { } calibration)
            {
                return await RefuseAsync(
                    console,
                    $"{files.Events}: found {outcome.Churned} churned {(outcome.Churned == 1 ? "account" : "accounts")} in the "
                        + $"{report.Result.Cuts.Count} labelled cuts, "
                        + $"expected at least {RegressionComparison.LeastChurned}. So few teach a score nothing that holds for the next "
                        + "customer; the score weighed by reason stays. "
                        + "A longer history helps."
                );
            }
            byte[] written = RiskCalibrationText.Put(await File.ReadAllBytesAsync(files.Model, cancellationToken), calibration);
            var check = ValueModelReader.Read(written, CauseCatalogue.All);
            if (!check.IsValid)
                throw new InvalidOperationException($"The calibrated model would not be valid: {string.Join("; ", check.Errors)}.");
            await WriteAsync(files.Target, written, cancellationToken);
            CalibrationSummary.Write(console.Output, report, outcome, files.Target);
            return ExitCodes.Ok;
        }
        catch (BadInputException fault)
        {
            return await RefuseAsync(console, fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            await console.Error.WriteLineAsync($"The calibration on {files.Events} ended early: {fault.Message}");
            return ExitCodes.Failed;
        }
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        var file = File.OpenRead(path);
        await using (file)
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <summary>Whole or not at all: the target may be the model that a running app reads.</summary>
    private static async Task WriteAsync(string target, byte[] bytes, CancellationToken cancellationToken)
    {
        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            await File.WriteAllBytesAsync(temporary, bytes, cancellationToken);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task<int> RefuseAsync(InvocationConfiguration console, string complaint)
    {
        await console.Error.WriteLineAsync(complaint);
        return ExitCodes.BadInput;
    }

    private sealed record Files(string Events, string Model, string Target);
}
