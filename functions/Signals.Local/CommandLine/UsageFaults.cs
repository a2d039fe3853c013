using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Signals.Core.Model.Reading;

namespace Signals.Local.CommandLine;

/// <summary>What is wrong with a command line, one line each: what was found, and what was probably meant.</summary>
internal static partial class UsageFaults
{
    /// <summary>How the parser says that a verb of several is missing.</summary>
    private const string NoVerb = "Required command";

    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var lines = new List<string>();
        foreach (var error in parsed.Errors)
        {
            if (error.Message.StartsWith(NoVerb, StringComparison.Ordinal))
            {
                if (parsed.UnmatchedTokens.Count == 0)
                    lines.Add(
                        $"found no command, expected {NameOf(command)} with one of "
                            + $"{string.Join(", ", command.Subcommands.Select(verb => verb.Name))}"
                    );
            }
            else if (Unknown(error.Message) is { } word)
            {
                // A value beside an option that is none is told with it.
                if (lines.Count == 0 || word.StartsWith('-'))
                    lines.Add(OfUnknown(word, command));
            }
            else
                lines.Add(Plain(error.Message));
        }
        if (lines.Count == 0 && parsed.UnmatchedTokens.Count > 0)
            lines.Add(OfUnknown(parsed.UnmatchedTokens[0], command));
        return lines;
    }

    /// <summary>The command line that shows what there is.</summary>
    public static string HelpOf(ParseResult parsed) => $"{Path(parsed.CommandResult)} --help shows what there is, with examples.";

    private static string OfUnknown(string word, Command command)
    {
        if (word.StartsWith('-'))
            return $"{word}: found an option that {NameOf(command)} does not have"
                + Meant(word, command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)));
        if (command is RootCommand)
            return $"{word}: found a command that there is not" + Meant(word, command.Subcommands.Select(verb => verb.Name));
        if (command.Subcommands.Count > 0)
            return $"{word}: found a command that {NameOf(command)} does not have"
                + Meant(word, command.Subcommands.Select(verb => verb.Name));
        return command.Options.FirstOrDefault(option => option.Name == "--model") is { } && File.Exists(word)
            ? $"{word}: found a file by itself; did you mean --model {word}?"
            : $"{word}: found more than {NameOf(command)} takes";
    }

    private static string Meant(string word, IEnumerable<string> known)
    {
        var names = known.ToList();
        return NearestName.Of(word, names) is { } nearest ? $"; did you mean {nearest}?" : $"; expected one of {string.Join(", ", names)}";
    }

    private static string NameOf(Command command) => command is RootCommand ? "signals" : command.Name;

    private static string Plain(string message)
    {
        if (NotParsed().Match(message) is { Success: true } kind)
            return $"{kind.Groups["option"].Value}: found \"{kind.Groups["value"].Value}\", expected {Kind(kind.Groups["type"].Value)}";
        return message.TrimEnd('.');
    }

    private static string Kind(string type) =>
        type switch
        {
            "System.Int32" => "a whole number",
            "System.Boolean" => "true or false",
            _ => "another value",
        };

    private static string? Unknown(string message) =>
        Unmatched().Match(message) is { Success: true } unknown ? unknown.Groups["word"].Value : null;

    private static string Path(CommandResult result)
    {
        var names = new List<string>();
        for (SymbolResult? at = result; at is CommandResult command; at = at.Parent)
            names.Insert(0, NameOf(command.Command));
        return string.Join(' ', names);
    }

    [GeneratedRegex(
        "^Unrecognized command or argument '(?<word>.*)'\\.$",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.NonBacktracking
    )]
    private static partial Regex Unmatched();

    [GeneratedRegex(
        "^Cannot parse argument '(?<value>.*)' for (option|command) '(?<option>.*)' as expected type '(?<type>.*)'\\.",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.NonBacktracking
    )]
    private static partial Regex NotParsed();
}
