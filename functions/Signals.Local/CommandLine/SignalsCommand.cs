using System.CommandLine;
using System.CommandLine.Invocation;
using Signals.Core.Platform.Storage;
using Signals.Core.Processing.Opening;
using Signals.Core.Response.Messages;
using Signals.Local.Hosting;
using Signals.Local.Storage;
using Signals.Messages.Sources;

namespace Signals.Local.CommandLine;

/// <summary>
/// The command line: <c>signals
/// serve|demo|import|backtest|calibrate|measure|init|infer|check|preview|doors|doctor|completion|suppressions|tokens|people|accounts</c>;
/// without a verb it serves.
/// </summary>
public static class SignalsCommand
{
    /// <summary>
    /// How long a command that is asked to end may take to finish what it has in hand: longer than the host gives itself, which is half a
    /// minute. Then the process ends, whatever it does.
    /// </summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(40);

    /// <summary>Runs a command line and returns its exit code. Faults that a user can mend are one line, not a stack trace.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = Create();
        bool serves = args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("--help" or "-h" or "-?" or "--version"));
        string[] withVerb = serves ? [ServeCommand.Name, .. args] : args;
        try
        {
            var parsed = root.Parse(withVerb);
            return parsed.Action is ParseErrorAction
                ? await RefuseAsync([.. UsageFaults.Of(parsed), UsageFaults.HelpOf(parsed)])
                : await parsed.InvokeAsync(
                    new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = EndLimit }
                );
        }
        catch (Exception fault)
            when (fault
                    is UsageException
                        or ModelFileException
                        or DataFileException
                        or StateRefusedException
                        or SettingException
                        or TemplateException
            )
        {
            return await RefuseAsync([fault.Message]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or TransientStoreException)
        {
            // A disk that is full or read-only, a folder that is somebody else's: nothing that a trace would explain.
            await Console.Error.WriteLineAsync($"signals: {fault.Message.TrimEnd('.')}{MachineFaults.Advice(fault)}");
            return ExitCodes.Failed;
        }
    }

    /// <summary>Every verb, with examples under its help.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Signals finds customers who are not getting the value they pay for, says why, and helps.");
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(DemoCommand.Create(TimeProvider.System));
        root.Subcommands.Add(ImportCommand.Create(TimeProvider.System));
        root.Subcommands.Add(BacktestCommand.Create());
        root.Subcommands.Add(CalibrateCommand.Create(TimeProvider.System));
        root.Subcommands.Add(MeasureCommand.Create());
        root.Subcommands.Add(InitCommand.Create());
        root.Subcommands.Add(InferCommand.Create());
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(SuppressionsCommand.Create(TimeProvider.System));
        root.Subcommands.Add(TokensCommand.Create(TimeProvider.System));
        root.Subcommands.Add(UsersCommand.Create(TimeProvider.System));
        root.Subcommands.Add(PeopleCommand.Create(TimeProvider.System));
        root.Subcommands.Add(AccountsCommand.Create(TimeProvider.System));
        root.Subcommands.Add(PreviewCommand.Create(TimeProvider.System));
        root.Subcommands.Add(DoorsCommand.Create(TimeProvider.System));
        root.Subcommands.Add(DoctorCommand.Create(TimeProvider.System));
        root.Subcommands.Add(CompletionCommand.Create());
        HelpExamples.AddTo(root);
        return root;
    }

    private static async Task<int> RefuseAsync(IEnumerable<string> lines)
    {
        foreach (string line in lines)
            await Console.Error.WriteLineAsync($"signals: {line}");
        return ExitCodes.BadInput;
    }
}

/// <summary>What the command was given cannot be used; the message says what was found and what is expected.</summary>
public sealed class UsageException(string message) : Exception(message);
