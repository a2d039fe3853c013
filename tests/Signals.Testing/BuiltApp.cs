using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Signals.Testing;

/// <summary>The built app in a process of its own, as a user starts it, beside the tests that reference it.</summary>
public sealed class BuiltApp : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Func<string> _said;

    private BuiltApp(Process process, Func<string> said)
    {
        _process = process;
        _said = said;
    }

    /// <summary>All that it wrote so far.</summary>
    public string Said => _said();

    public bool HasExited => _process.HasExited;

    /// <summary>Starts it, and waits until it says that it is running; else throws with all that it said.</summary>
    /// <param name="arguments">What stands behind <c>signals</c>.</param>
    /// <param name="settings">Variables of its environment.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<BuiltApp> StartAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> settings,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "signals.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The app did not start.");
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) =>
        {
            string said = Note(line.Data);
            if (line.Data is null)
                running.TrySetException(new InvalidOperationException($"The app ended before it ran:\n{said}"));
            else if (line.Data.Contains("is running", StringComparison.Ordinal))
                running.TrySetResult();
        };
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await running.Task.WaitAsync(limit, cancellationToken);
        return new BuiltApp(process, () => Note(null));

        // Both streams write here, each on a thread of its own, also while the process is killed.
        string Note(string? line)
        {
            lock (output)
                return (line is null ? output : output.AppendLine(line)).ToString();
        }
    }

    /// <summary>Sends it a signal by its name, <c>STOP</c> say.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits until it has ended by itself; returns its exit code.</summary>
    public async Task<int> EndAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(limit, cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ends the process as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}
