using System.CommandLine;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Model.Reading;
using Signals.Local.Backtest;
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
            Description = "Events, one JSON object a line, plain or gzip: says which names the model reads, and which are nearly its own.",
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

    private static async Task<int> TellNamesAsync(ValueModel model, string events, CancellationToken cancellationToken)
    {
        try
        {
            Console.WriteLine();
            SeenText.Write(Console.Out, await SeenRun.RunAsync(events, model, TimeProvider.System, cancellationToken));
            return ExitCodes.Ok;
        }
        catch (BadInputException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return ExitCodes.BadInput;
        }
    }
}
