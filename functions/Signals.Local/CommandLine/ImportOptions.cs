using System.CommandLine;
using Signals.Local.Import;

namespace Signals.Local.CommandLine;

/// <summary>What <c>signals import</c> may be told.</summary>
internal sealed class ImportOptions
{
    private readonly Argument<string[]> _files = new("files")
    {
        HelpName = "FILE",
        Description = "Files and folders with events.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<string> _data = new("--data")
    {
        Description = "The data folder; made where there is none and --model names a model.",
        DefaultValueFactory = _ => ServeCommand.DefaultData,
    };
    private readonly Option<string?> _model = new("--model")
    {
        HelpName = "FILE",
        Description = "The value model; model.json in the data folder where it is not given.",
    };
    private readonly Option<string?> _to = new("--to")
    {
        HelpName = "URL",
        Description = "Post to an app there, instead of into a data folder.",
    };
    private readonly Option<string?> _key = new("--key")
    {
        HelpName = "KEY",
        Description = "A write key of kind server, for --to; SIGNALS_WRITE_KEY where it is not given.",
    };
    private readonly Option<string?> _map = new("--map")
    {
        HelpName = "COLUMNS",
        Description =
            "Which columns of a table say what: \"userId=User,event=Action,timestamp=When,groupId=Company\"; event:=NAME is the "
            + "same for all rows, -=COLUMN leaves one out. Without it, headers are guessed and shown.",
    };
    private readonly Option<string?> _group = new("--group")
    {
        HelpName = "PROPERTY",
        Description = "The property of Mixpanel's, PostHog's or Amplitude's events that names the account.",
    };
    private readonly Option<string?> _work = new("--work")
    {
        HelpName = "DIR",
        Description = "Where sorted events lie on the way; a folder in the data folder, or signals-import for --to.",
    };
    private readonly Option<bool> _yes = new("--yes") { Description = "Take columns as they were guessed, without asking." };
    private readonly Option<bool> _check = new("--check")
    {
        Description = "Read everything and list what cannot be understood; import nothing.",
    };
    private readonly Option<bool> _restart = new("--restart") { Description = "Begin anew, whatever is under way." };
    private readonly Option<bool> _again = new("--again") { Description = "Import files that were imported before." };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_files);
        foreach (var option in (Option[])[_data, _model, _to, _key, _map, _group, _work, _yes, _check, _restart, _again])
            command.Options.Add(option);
    }

    public ImportOrder Of(ParseResult parsed) =>
        new(
            parsed.GetValue(_files)!,
            parsed.GetValue(_data)!,
            parsed.GetValue(_model),
            parsed.GetValue(_to),
            parsed.GetValue(_key),
            parsed.GetValue(_yes),
            parsed.GetValue(_check),
            parsed.GetValue(_work),
            new ImportRequest([], "", "")
            {
                Map = parsed.GetValue(_map),
                GroupProperty = parsed.GetValue(_group),
                Restart = parsed.GetValue(_restart),
                Again = parsed.GetValue(_again),
            }
        );
}

/// <summary>What an import was told to do.</summary>
internal sealed record ImportOrder(
    string[] Files,
    string Data,
    string? Model,
    string? To,
    string? Key,
    bool Yes,
    bool Check,
    string? Work,
    ImportRequest Import
);
