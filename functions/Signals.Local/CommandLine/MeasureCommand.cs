using System.CommandLine;
using Signals.Backtesting;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model.Reading;
using Signals.Local.Backtest;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>measure SETS.json</c>: backtests every history of a list and writes one table: event counts, the score as shipped, and
/// calibrated; one of longer horizons; and one of what followed where each cause was found.
/// Ends with 0, or with 2 when the list, a model or a history cannot be used.
/// </summary>
public static class MeasureCommand
{
    public static Command Create()
    {
        var sets = new Argument<string>("sets")
        {
            HelpName = "SETS.json",
            Description = "A list of { \"name\", \"events\", \"model\" }; paths are seen from that file.",
        };
        var command = new Command("measure", "Measure the risk score on several histories: one table, with intervals.") { sets };
        command.SetAction(
            (parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(sets), parsed.InvocationConfiguration, cancellationToken)
        );
        return command;
    }

    private static async Task<int> RunAsync(string path, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        try
        {
            var sets = SetFile.Read(path);
            var models = sets.Select(set => (Set: set, Reading: ValueModelReader.ReadFile(set.Model, CauseCatalogue.All))).ToList();
            foreach (var (set, reading) in models.Where(item => !item.Reading.IsValid))
            {
                foreach (var error in reading.Errors)
                    await console.Error.WriteLineAsync(error.In(set.Model));
            }
            if (models.Exists(item => !item.Reading.IsValid))
                return ExitCodes.BadInput;
            SetTable.WriteHeader(console.Output);
            bool isTerminal = Waiting.IsSeen(console);
            var results = new List<(string Set, BacktestResult Result)>();
            foreach (var (set, reading) in models)
            {
                var run = new BacktestRun(reading.Model! with { Risk = null }, new BacktestSettings(), TimeProvider.System);
                var report = await ProgressDisplay.ShowAsync(
                    console.Error,
                    isTerminal,
                    progress => run.RunAsync(set.Events, progress, cancellationToken)
                );
                SetTable.Write(console.Output, set.Name, report.Result);
                results.Add((set.Name, report.Result));
            }
            foreach (var (set, result) in results)
                SetTable.WriteHorizons(console.Output, set, result);
            foreach (var (set, result) in results)
                SetTable.WriteCauses(console.Output, set, result);
            return ExitCodes.Ok;
        }
        catch (BadInputException fault)
        {
            await console.Error.WriteLineAsync(fault.Message);
            return ExitCodes.BadInput;
        }
    }
}
