using Spectre.Console;

namespace Signals.Local.Backtest;

/// <summary>Shows how far a backtest is: a bar when the output is a terminal, else a line every so often.</summary>
public static class ProgressDisplay
{
    private const int LinesPerRun = 4;

    public static Task<T> ShowAsync<T>(TextWriter output, bool isTerminal, Func<IProgress<BacktestProgress>, Task<T>> work) =>
        isTerminal ? ShowBarAsync(output, work) : work(new Lines(output));

    private static Task<T> ShowBarAsync<T>(TextWriter output, Func<IProgress<BacktestProgress>, Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        return console
            .Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(context => work(new Bar(context.AddTask("reading", maxValue: 1))));
    }

    private static string Describe(BacktestProgress progress) => $"{progress.Now:yyyy-MM-dd}, {progress.Events:#,##0} events";

    private sealed class Bar(ProgressTask task) : IProgress<BacktestProgress>
    {
        public void Report(BacktestProgress value)
        {
            task.Description = Describe(value);
            task.Value = value.Share;
        }
    }

    private sealed class Lines(TextWriter output) : IProgress<BacktestProgress>
    {
        private double _next = 1.0 / LinesPerRun;

        public void Report(BacktestProgress value)
        {
            if (value.Share < _next)
                return;
            while (_next <= value.Share)
                _next += 1.0 / LinesPerRun;
            output.WriteLine($"{value.Share * 100:0}% read: {Describe(value)}");
        }
    }
}
