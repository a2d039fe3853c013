using Signals.Local.CommandLine;

namespace Signals.Local.Tests.CommandLine;

/// <summary>What is told while a command works, by pauses that the test ends.</summary>
public sealed class WaitingTests
{
    [Fact]
    public async Task A_pipe_gets_a_line_every_ten_seconds_and_none_for_what_is_done_before()
    {
        Assert.Equal("reading a: 10 s\nreading a: 20 s\n", await ToldAsync(isTerminal: false, pauses: 2, TimeSpan.FromSeconds(10)));
        Assert.Equal("", await ToldAsync(isTerminal: false, pauses: 0, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_terminal_sees_one_line_that_counts_seconds_and_goes()
    {
        Assert.Equal(
            "\rreading a: 1 s\u001b[K\rreading a: 2 s\u001b[K\r\u001b[K",
            await ToldAsync(isTerminal: true, pauses: 2, TimeSpan.FromSeconds(1))
        );
        Assert.Equal("", await ToldAsync(isTerminal: true, pauses: 0, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task What_goes_wrong_is_told_as_it_was()
    {
        using var output = new StringWriter();
        var fault = await Assert.ThrowsAsync<UsageException>(() =>
            Waiting.ForAsync<int>(output, true, "reading a", () => throw new UsageException("no such file"), Task.Delay)
        );
        Assert.Equal("no such file", fault.Message);
    }

    /// <summary>What was written while work went on that is done after so many pauses.</summary>
    private static async Task<string> ToldAsync(bool isTerminal, int pauses, TimeSpan expected)
    {
        var work = new TaskCompletionSource<int>();
        int ended = 0;
        await using var output = new StringWriter();
        int result = await Waiting.ForAsync(output, isTerminal, "reading a", () => work.Task, PauseAsync);
        Assert.Equal(7, result);
        return output.ToString().Replace(Environment.NewLine, "\n", StringComparison.Ordinal);

        Task PauseAsync(TimeSpan span)
        {
            Assert.Equal(expected, span);
            if (ended++ < pauses)
                return Task.CompletedTask;
            work.SetResult(7);
            return Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
        }
    }
}
