using System.CommandLine;

namespace Signals.Local.Tests.CommandLine;

/// <summary>A command as it is typed, without the handler that turns what it throws into words.</summary>
internal static class RunCommand
{
    /// <summary>Its exit code, and what it wrote.</summary>
    public static async Task<(int Code, string Output)> RunAsync(this Command command, params string[] args)
    {
        await using var output = new StringWriter();
        int code = await command
            .Parse(args)
            .InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    Output = output,
                    Error = TextWriter.Null,
                },
                TestContext.Current.CancellationToken
            );
        return (code, output.ToString());
    }

    /// <summary>What it wrote, where all went well.</summary>
    public static async Task<string> OutputOfAsync(this Command command, params string[] args)
    {
        var (code, output) = await command.RunAsync(args);
        Assert.Equal(0, code);
        return output;
    }
}
