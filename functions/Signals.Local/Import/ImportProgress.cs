using System.Diagnostics;

namespace Signals.Local.Import;

/// <summary>How far an import is: <paramref name="Done"/> of <paramref name="Whole"/> (bytes, events or accounts, by the phase).</summary>
public sealed record ImportProgress(ImportPhase Phase, long Events, long People, long Done, long Whole);

/// <summary>Shows how far it is: a bar where the output is a terminal, else a line every so often.</summary>
internal sealed class ImportDisplay : IProgress<ImportProgress>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenBars = TimeSpan.FromMilliseconds(200);
    private const int BarChars = 24;

    private readonly TextWriter _output;
    private readonly bool _isTerminal;
    private readonly Stopwatch _sinceShown = Stopwatch.StartNew();
    private readonly Stopwatch _ofPhase = Stopwatch.StartNew();
    private readonly Lock _gate = new();
    private ImportPhase? _phase;
    private long _doneBefore;
    private long _eventsBefore;

    public ImportDisplay(TextWriter output, bool isTerminal)
    {
        _output = output;
        _isTerminal = isTerminal;
    }

    public void Report(ImportProgress value)
    {
        lock (_gate)
        {
            if (_phase != value.Phase)
            {
                _phase = value.Phase;
                (_doneBefore, _eventsBefore) = (value.Done, value.Events);
                _ofPhase.Restart();
            }
            if (_sinceShown.Elapsed < (_isTerminal ? BetweenBars : BetweenLines))
                return;
            _sinceShown.Restart();
            if (_isTerminal)
                _output.Write($"\r{Bar(value)}\u001b[K");
            else
                _output.WriteLine(Text(value));
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void End()
    {
        if (_isTerminal)
            _output.Write("\r\u001b[K");
    }

    private string Bar(ImportProgress value)
    {
        int filled = (int)(BarChars * Share(value));
        return $"{new string('=', filled)}{new string('.', BarChars - filled)} {Text(value)}";
    }

    private string Text(ImportProgress value)
    {
        string what = value.Phase switch
        {
            ImportPhase.Reading => "reading",
            ImportPhase.Names => "who is who",
            ImportPhase.Events => "folding",
            _ => "reviewing",
        };
        double seconds = Math.Max(0.1, _ofPhase.Elapsed.TotalSeconds);
        bool countsEvents = value.Phase is ImportPhase.Reading or ImportPhase.Names or ImportPhase.Events;
        double rate = (countsEvents ? value.Events - _eventsBefore : value.Done - _doneBefore) / seconds;
        double donePerSecond = (value.Done - _doneBefore) / seconds;
        string left = donePerSecond > 0 ? $", {Span(TimeSpan.FromSeconds((value.Whole - value.Done) / donePerSecond))} left" : "";
        string people = value.People > 0 ? $", {value.People:#,##0} people" : "";
        string amount = countsEvents
            ? $"{value.Events:#,##0} events{people}, {rate:#,##0}/s"
            : $"{value.Done:#,##0} of {value.Whole:#,##0} accounts, {rate:#,##0}/s";
        return $"{what} {Share(value) * 100:0}%: {amount}{left}";
    }

    private static double Share(ImportProgress value) => value.Whole <= 0 ? 0 : Math.Clamp((double)value.Done / value.Whole, 0, 1);

    private static string Span(TimeSpan span) =>
        span.TotalHours >= 1 ? $"{(int)span.TotalHours}h {span.Minutes:00}m"
        : span.TotalMinutes >= 1 ? $"{span.Minutes}m {span.Seconds:00}s"
        : $"{Math.Max(0, (int)span.TotalSeconds)}s";
}
