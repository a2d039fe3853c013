using System.CommandLine;
using System.Text.Json;
using Signals.Core.Intake.Doors;
using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Messages.Sources;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>signals doors list</c> and <c>signals doors try DOOR --payload FILE</c>: which other services tell what happens there, and what an
/// example of theirs becomes. Nothing is sent or kept, and no signature is asked for.
/// </summary>
public static class DoorsCommand
{
    private const int MaxPayloadBytes = 1024 * 1024;

    public static Command Create(TimeProvider clock)
    {
        var model = new Option<string>("--model") { Description = "The value model, a JSON file.", Required = true };
        var door = new Argument<string>("door") { Description = "The door's id in the model." };
        var payload = new Option<string>("--payload")
        {
            HelpName = "FILE",
            Description = "A post of the service's, as it comes.",
            Required = true,
        };
        var attempt = new Command("try", "Shows what a post becomes.") { door, payload, model };
        attempt.SetAction(parsed => Try(parsed, parsed.GetValue(model)!, parsed.GetValue(door)!, parsed.GetValue(payload)!, clock));
        var list = new Command("list", "Lists the doors: their address, the service, what they take.") { model };
        list.SetAction(parsed => List(parsed, parsed.GetValue(model)!));
        return new Command("doors", "Other services that tell what happens there: lists them, and tries what a post becomes.")
        {
            list,
            attempt,
        };
    }

    private static int List(ParseResult parsed, string path)
    {
        foreach (var door in ModelFile.Read(path).Doors)
        {
            var types = door.Rules.SelectMany(rule => rule.On).Distinct(StringComparer.OrdinalIgnoreCase);
            parsed.InvocationConfiguration.Output.WriteLine($"/v1/in/{door.Id}\t{door.From ?? "own"}\t{string.Join(", ", types)}");
        }
        return ExitCodes.Ok;
    }

    private static int Try(ParseResult parsed, string path, string id, string payload, TimeProvider clock)
    {
        var model = ModelFile.Read(path);
        var door =
            model.Doors.FirstOrDefault(one => one.Id == id) ?? throw new UsageException($"door: found '{id}', expected {Choices(model)}");
        if (!File.Exists(payload))
            throw new UsageException($"--payload: found no file '{payload}', expected a post of the service's");
        if (new FileInfo(payload).Length > MaxPayloadBytes)
            throw new UsageException($"--payload: found more than {MaxPayloadBytes} bytes, expected at most {MaxPayloadBytes}");
        try
        {
            var reading = new DoorReader(model, new IntakeRules(model)).Read(door, File.ReadAllBytes(payload), clock.GetUtcNow());
            foreach (string line in DoorTelling.Of(reading))
                parsed.InvocationConfiguration.Output.WriteLine(line);
            return reading.Batch.Quarantined.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
        }
        catch (JsonException fault)
        {
            throw new UsageException($"--payload: found what is no JSON ({fault.Message.TrimEnd('.')}), expected a post of the service's");
        }
    }

    private static string Choices(ValueModel model) =>
        model.Doors.Count == 0 ? "a door, of which the model has none" : $"one of {string.Join(", ", model.Doors)}";
}
