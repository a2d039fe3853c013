using System.CommandLine;
using Signals.Backtesting.Inference;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model.Reading;
using Signals.Local.Backtest;
using Signals.Local.Import;
using Signals.Local.Infer;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>signals infer EVENTS... [--out FILE]</c>: proposes a whole value model from events, each line with what it rests on. Ends with 0,
/// with 1 when nothing looked like value, with 2 when the input cannot be used.
/// </summary>
public static class InferCommand
{
    public static Command Create()
    {
        var events = new Argument<string[]>("events")
        {
            HelpName = "EVENTS",
            Description = "Files and folders of events, in any form that signals import reads.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var data = new Option<string?>("--data")
        {
            HelpName = "DIR",
            Description = "In place of files, what a data folder holds; its app may run.",
        };
        var output = new Option<string>("--out", "-o")
        {
            HelpName = "FILE",
            Description = "Where the model goes; - writes to standard output.",
            DefaultValueFactory = _ => ServeCommand.ModelFileName,
        };
        var product = new Option<string>("--product")
        {
            HelpName = "NAME",
            Description = "What customers know the product as.",
            DefaultValueFactory = _ => "My product",
        };
        var map = new Option<string?>("--map")
        {
            HelpName = "COLUMNS",
            Description = "Which columns of a table say what, as for signals import.",
        };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there." };
        var command = new Command(
            "infer",
            """
            Proposes a value model from events: what looks like value, features, onboarding, friction, churn and plans, and why; what was
            left out; and what could not be known.
            """
        )
        {
            events,
            data,
            output,
            product,
            map,
            force,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    parsed.GetValue(events)!,
                    parsed.GetValue(data),
                    parsed.GetValue(product)!,
                    parsed.GetValue(map),
                    new ModelTarget(parsed.GetValue(output)!, parsed.GetValue(force)),
                    parsed.InvocationConfiguration,
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        string[] events,
        string? data,
        string product,
        string? map,
        ModelTarget target,
        InvocationConfiguration console,
        CancellationToken cancellationToken
    )
    {
        if (events.Length == 0 == data is null)
            throw new UsageException("infer: found neither or both of EVENTS and --data, expected one of them");
        target.Check();
        try
        {
            var survey = data is null
                ? await ReadAsync(events, map, console, cancellationToken)
                : await Waiting.ForAsync(console, $"reading {data}", () => Task.FromResult(FolderSurvey.Read(data, cancellationToken)));
            if (survey.Names.Count == 0)
            {
                await console.Error.WriteLineAsync($"{string.Join(", ", events)}: found no events that could be read, expected some.");
                return ExitCodes.BadInput;
            }
            var proposal = new ModelInference(survey, product).Propose();
            await target.WriteAsync(ProposalText.Write(proposal), console.Output, cancellationToken);
            return await TellAsync(console.Error, proposal, target, events.Length > 0 ? events[0] : null);
        }
        catch (BadInputException fault)
        {
            await console.Error.WriteLineAsync(fault.Message);
            return ExitCodes.BadInput;
        }
    }

    internal static async Task<EventSurvey> ReadAsync(
        string[] events,
        string? map,
        InvocationConfiguration console,
        CancellationToken cancellationToken
    )
    {
        var display = new ImportDisplay(console.Error, Waiting.IsSeen(console));
        var run = new SurveyRun(display);
        var survey = new EventSurvey();
        await run.ReadAsync(events, map, survey.Add, cancellationToken);
        display.End();
        if (run.Faults > 0)
            await console.Error.WriteLineAsync($"{run.Faults:#,##0} objects are no events: signals import {events[0]} --check lists them.");
        return survey;
    }

    /// <summary>What was found, in a few lines, and what to type next.</summary>
    internal static async Task<int> TellAsync(TextWriter output, ModelProposal proposal, ModelTarget target, string? events)
    {
        if (proposal.Source.Length > 0)
            await output.WriteLineAsync($"From {proposal.Source}:");
        await output.WriteLineAsync(
            $"  value       {string.Join(", ", proposal.Value.Sources.Select(source => source.Event))} ({proposal.Value.Unit}; "
                + $"floor {proposal.Value.Floor:0.##} in {proposal.Value.Days} days)"
        );
        await Line("features", proposal.Features.Select(feature => feature.IsKey ? $"{feature.Name}*" : feature.Name));
        await Line("onboarding", proposal.Steps.Select(step => step.Name));
        await Line("friction", proposal.Friction.Select(kind => kind.Kind));
        await Line("leaving", proposal.Of(NameRole.Leave).Select(role => role.Name.Name));
        await Line("churn", proposal.Of(NameRole.Churn).Select(role => role.Name.Name));
        await Line("plans", proposal.Plans.Select(plan => plan.Price is { } price ? $"{plan.Id} ({price:0.##})" : plan.Id));
        await output.WriteLineAsync("Not known:");
        foreach (string unknown in proposal.Unknown)
            await output.WriteLineAsync($"  {unknown}");
        if (target.IsStandardOutput)
            return ExitCodes.Ok;
        var reading = ValueModelReader.ReadFile(target.Path, CauseCatalogue.All);
        foreach (var error in reading.Errors)
            await output.WriteLineAsync($"{target.Path}: {error}");
        await output.WriteLineAsync();
        await output.WriteLineAsync(
            $"{target.Path} is written. Next: signals check {target.Path}{(events is null ? "" : $" --events {events}")}"
        );
        return reading.IsValid ? ExitCodes.Ok : ExitCodes.Failed;

        async Task Line(string label, IEnumerable<string> names)
        {
            string text = string.Join(", ", names);
            await output.WriteLineAsync($"  {label, -11} {(text.Length > 0 ? text : "none found")}");
        }
    }
}

/// <summary>Where a model is written: a file that is not there yet, unless it may be replaced, or standard output.</summary>
internal sealed record ModelTarget(string Path, bool MayReplace)
{
    public bool IsStandardOutput => Path == "-";

    public void Check()
    {
        if (!IsStandardOutput && !MayReplace && File.Exists(Path))
            throw new UsageException($"--out: found a file {Path}, expected none; --force replaces it");
    }

    public Task WriteAsync(string text, TextWriter output, CancellationToken cancellationToken) =>
        IsStandardOutput ? output.WriteAsync(text) : File.WriteAllTextAsync(Path, text, cancellationToken);
}
