using System.CommandLine;

namespace Signals.Local.CommandLine;

/// <summary>
/// Says on standard error that a command is at work, where nothing better is known than what it does and for how long: on a terminal after
/// a second, and gone when it is done; else a line every ten seconds.
/// </summary>
public static class Waiting
{
    private const int SecondsOnTerminal = 1;
    private const int SecondsBetweenLines = 10;

    /// <summary>Whether what is written to standard error is seen by somebody at once.</summary>
    public static bool IsSeen(InvocationConfiguration console) =>
        ReferenceEquals(console.Error, Console.Error) && !Console.IsErrorRedirected;

    public static Task<T> ForAsync<T>(InvocationConfiguration console, string what, Func<Task<T>> work) =>
        ForAsync(console.Error, IsSeen(console), what, work, Task.Delay);

    /// <param name="output">Where it is said.</param>
    /// <param name="isTerminal">Whether a line can be written over.</param>
    /// <param name="what">What the command does: "reading ./data".</param>
    /// <param name="work">The work, which may hold its thread.</param>
    /// <param name="pause">Ends after so long.</param>
    public static async Task<T> ForAsync<T>(TextWriter output, bool isTerminal, string what, Func<Task<T>> work, Func<TimeSpan, Task> pause)
    {
        int period = isTerminal ? SecondsOnTerminal : SecondsBetweenLines;
        var done = Task.Run(work);
        int seconds = 0;
        while (await Task.WhenAny(done, pause(TimeSpan.FromSeconds(period))) != done)
        {
            string text = $"{what}: {seconds += period} s";
            await (isTerminal ? output.WriteAsync($"\r{text}\u001b[K") : output.WriteLineAsync(text));
        }
        if (seconds > 0 && isTerminal)
            await output.WriteAsync("\r\u001b[K");
        return await done;
    }
}
