using System.CommandLine;
using System.Diagnostics;
using Signals.Core.Intake.Monitoring;
using Signals.Local.CommandLine;
using Signals.Local.Hosting;

namespace Signals.Local.Tests.CommandLine;

/// <summary>What the command line says of itself: help with examples that can be typed, completion, the line of a minute's traffic.</summary>
public sealed class HelpTests
{
    /// <summary>Every verb, and every verb below one.</summary>
    public static TheoryData<string> Verbs => [.. Of(SignalsCommand.Create(), "")];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Each_verb_shows_examples_that_can_be_typed(string verb)
    {
        string help = Help(verb);
        string[] examples =
        [
            .. help.ReplaceLineEndings("\n").Split('\n').SkipWhile(line => !line.StartsWith("Example", StringComparison.Ordinal)).Skip(1),
        ];
        // A verb below another may leave its examples to the one above it.
        string[] words = verb.Split(' ');
        if (words.Length > 1 && examples.Length == 0)
            examples =
            [
                .. Help(words[0])
                    .ReplaceLineEndings("\n")
                    .Split('\n')
                    .Where(line => line.Contains($"signals {words[0]} ", StringComparison.Ordinal)),
            ];
        Assert.NotEmpty(examples);
        foreach (string example in examples.Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            Assert.Contains("signals", example, StringComparison.Ordinal);
            Assert.Empty(SignalsCommand.Create().Parse(Typed(example)).Errors);
        }
    }

    [Theory]
    [InlineData("signals ser", "serve")]
    [InlineData("signals people e", "erase", "export")]
    [InlineData("signals completion ", "bash", "fish", "pwsh", "zsh")]
    [InlineData("signals serve --mod", "--model")]
    public void Words_are_completed_as_a_shell_asks_for_them(string line, params string[] expected)
    {
        string told = Output([$"[suggest:{line.Length}]", line]);
        // A shell keeps what begins with what was typed.
        Assert.Empty(expected.Except(told.ReplaceLineEndings("\n").Split('\n')));
    }

    [Fact]
    public async Task Bash_completes_with_what_it_is_told()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "signals.dll");
        string script = $$"""
            signals() { dotnet "{{program}}" "$@"; }
            source <(signals completion bash)
            COMP_LINE="signals sup" COMP_POINT=11 COMP_WORDS=(signals sup) COMP_CWORD=1
            _signals
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        using var bash = Process.Start(
            new ProcessStartInfo("bash", ["-c", script]) { UseShellExecute = false, RedirectStandardOutput = true }
        )!;
        string told = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("suppressions\n", told);
    }

    [Theory]
    [InlineData(1, 1, 0, 0, "09:05 UTC  1 event came, 1 folded")]
    [InlineData(12_345, 12_000, 0, 0, "09:05 UTC  12,345 events came, 12,000 folded")]
    [InlineData(
        3,
        1,
        1,
        1,
        "09:05 UTC  3 events came, 1 folded, 1 known before, 1 not understood (why: /pipeline/quarantine on the dashboard)"
    )]
    public void A_minute_of_traffic_is_one_line(long came, long folded, long duplicates, long quarantined, string expected)
    {
        var minute = new MinuteCount(new DateTimeOffset(2026, 3, 2, 9, 5, 0, TimeSpan.Zero), came, folded, duplicates, quarantined, null);
        Assert.Equal(expected, TrafficLine.Of(minute));
    }

    private static IEnumerable<string> Of(Command command, string before) =>
        command.Subcommands.SelectMany(verb => Of(verb, $"{before}{verb.Name} ").Prepend((before + verb.Name).Trim()));

    private static string Help(string verb) => Output([.. verb.Split(' '), "--help"]);

    private static string Output(string[] args)
    {
        using var output = new StringWriter();
        SignalsCommand.Create().Parse(args).Invoke(new InvocationConfiguration { Output = output });
        return output.ToString();
    }

    /// <summary>What a shell would hand over of an example: without settings before it, a substitution around it and where its output goes.</summary>
    private static string Typed(string example)
    {
        int from = example.IndexOf("signals ", StringComparison.Ordinal) + "signals ".Length;
        int to = example.IndexOfAny(['>', ')'], from) is >= 0 and var end ? end : example.Length;
        return example[from..to];
    }
}
