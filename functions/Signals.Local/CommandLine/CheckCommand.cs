using System.CommandLine;
using Signals.Backtesting;
using Signals.Backtesting.Inference;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Local.Backtest;
using Signals.Local.Import;
using Signals.Local.Infer;
using Signals.Messages.Lint;
using Signals.Messages.Sources;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>signals check MODEL [--events FILE]</c>: validates a model and every message that its playbooks send, and holds its names against
/// events.
/// </summary>
public static class CheckCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("model")
        {
            Description = "The value model, a JSON file. Templates are taken from the folder 'templates' beside it.",
        };
        var events = new Option<string?>("--events")
        {
            HelpName = "FILE",
            Description =
                "Events, one JSON object a line, plain or gzip: says which names the model reads, which are nearly its own, and how many "
                + "accounts are in each segment.",
        };
        var command = new Command("check", "Validates a value model and its messages.") { path, events };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(path)!, parsed.GetValue(events), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string path, string? events, CancellationToken cancellationToken)
    {
        var reading = ValueModelReader.ReadFile(path, CauseCatalogue.All);
        foreach (var error in reading.Errors)
            Console.Error.WriteLine(error.In(path));
        if (reading.Model is not { } model)
        {
            Console.Error.WriteLine($"{reading.Errors.Count} {(reading.Errors.Count == 1 ? "mistake" : "mistakes")}.");
            return ExitCodes.Failed;
        }

        var templates = CauseCatalogue
            .Ids.Select(model.PlaybookFor)
            .SelectMany(playbook => new[] { playbook.Message, playbook.Alternative, playbook.FollowUp?.Message })
            .OfType<string>()
            .Concat(TemplateNames.BuiltIn.Except(CauseCatalogue.Ids))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        string[] faults =
        [
            .. MessageLint.Check(ModelFile.Templates(path), templates, model.Locales).Select(fault => fault.ToString()),
            .. ModelLint.Check(model).Select(fault => $"{path}: {fault}"),
        ];
        foreach (string fault in faults)
            Console.Error.WriteLine(fault);
        foreach (string warning in ModelWarnings.Of(model))
            Console.WriteLine($"warning: {warning}");
        if (faults.Length > 0)
        {
            Console.Error.WriteLine($"{faults.Length} {(faults.Length == 1 ? "fault" : "faults")} in messages.");
            return ExitCodes.Failed;
        }
        Console.WriteLine(
            $"{path} is good: {model.Value.From.Count} value events, {model.Features.Count} features, {model.Onboarding.Count} onboarding "
                + $"steps, {templates.Count} messages in {string.Join(" and ", model.Locales)}."
        );
        return events is null ? ExitCodes.Ok : await TellNamesAsync(model, events, cancellationToken);
    }

    /// <summary>What share of people would be active under the floor, and under half of it, double and four times it.</summary>
    private static async Task TellFloorsAsync(ValueModel model, string events, CancellationToken cancellationToken)
    {
        var survey = new FloorSurvey(model);
        var display = Display();
        await new SurveyRun(display).ReadAsync([events], null, survey.Add, cancellationToken);
        display.End();
        var (floor, unit) = (model.Value.Floor, model.Value.Unit);
        Console.WriteLine();
        if (survey.Shares(floor.Amount, floor.Amount / 2, floor.Amount * 2, floor.Amount * 4) is not { } found)
        {
            Console.WriteLine($"The file is shorter than the floor's {floor.Days} days: nobody can be told active by it.");
            return;
        }
        Console.WriteLine(
            $"Active under the floor of {floor.Amount:0.##} {unit} in {floor.Days} days: {found.Shares[0].Share * 100:0}% of "
                + $"{found.People:#,##0} people who did anything "
                + $"({found.Windows} {(found.Windows == 1 ? "window" : "windows")} back from the end)."
        );
        Console.WriteLine(
            $"  At other floors: {string.Join(", ", found.Shares.Skip(1).Select(other => $"{other.Floor:0.##}: {other.Share * 100:0}%"))}."
        );
    }

    /// <summary>How many accounts would be in each of the model's segments on the file's last day.</summary>
    private static async Task TellSegmentsAsync(ValueModel model, string events, CancellationToken cancellationToken)
    {
        if (model.Segments.Count == 0)
            return;
        var counts = new SegmentCounts(model);
        var display = Display();
        await new SurveyRun(display).ReadAsync([events], null, counts.Add, cancellationToken);
        display.End();
        var (segments, accounts) = counts.Count();
        Console.WriteLine();
        Console.WriteLine($"Segments, of {accounts:#,##0} {(accounts == 1 ? "account" : "accounts")} on the file's last day:");
        foreach (var (segment, count) in segments)
            Console.WriteLine($"  {segment.Id}: {count:#,##0}{(NeedsWords(segment) ? " (what people wrote is not read here)" : "")}");
    }

    private static bool NeedsWords(SegmentDefinition segment) =>
        segment.Feels.Any(feeling => feeling is SegmentFeeling.KindWords or SegmentFeeling.UnkindWords);

    private static async Task<int> TellNamesAsync(ValueModel model, string events, CancellationToken cancellationToken)
    {
        try
        {
            Console.WriteLine();
            var display = Display();
            var seen = await SeenRun.RunAsync(events, model, TimeProvider.System, display, cancellationToken);
            display.End();
            SeenText.Write(Console.Out, seen);
            await TellFloorsAsync(model, events, cancellationToken);
            await TellSegmentsAsync(model, events, cancellationToken);
            return ExitCodes.Ok;
        }
        catch (BadInputException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return ExitCodes.BadInput;
        }
    }

    private static ImportDisplay Display() => new(Console.Error, !Console.IsErrorRedirected);
}
