using System.CommandLine;

namespace Signals.Local.CommandLine;

/// <summary>
/// <c>signals completion SHELL</c>: what a shell must be told once to complete verbs, options, causes and files. The scripts ask the
/// program itself (the directive <c>[suggest]</c>), so they never grow old.
/// </summary>
public static class CompletionCommand
{
    private const string Bash = """
        _signals() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(signals "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _signals signals
        """;

    private const string Zsh = """
        #compdef signals
        _signals() {
          local -a words_there
          words_there=("${(@f)$(signals "[suggest:${#BUFFER}]" "${BUFFER}" 2>/dev/null)}")
          [[ -n "$words_there" ]] && compadd -- $words_there
          _files
        }
        compdef _signals signals
        """;

    private const string Fish = """
        complete -c signals -a '(signals "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName signals -ScriptBlock {
          param($word, $line, $position)
          signals "[suggest:$position]" "$line" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
        }
        """;

    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
        ["pwsh"] = PowerShell,
    };

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = $"{string.Join(", ", Scripts.Keys)}." };
        shell.CompletionSources.Add([.. Scripts.Keys]);
        var command = new Command("completion", "Prints what makes a shell complete this program's commands.") { shell };
        command.SetAction(parsed =>
        {
            string name = parsed.GetValue(shell)!;
            if (!Scripts.TryGetValue(name, out string? script))
                throw new UsageException($"shell: found \"{name}\", expected {string.Join(", ", Scripts.Keys)}");
            parsed.InvocationConfiguration.Output.WriteLine(script);
            return ExitCodes.Ok;
        });
        return command;
    }
}
