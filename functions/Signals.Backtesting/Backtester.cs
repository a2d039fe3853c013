using Signals.Core.Intake.Events;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.State.Assessments;

namespace Signals.Backtesting;

/// <summary>
/// Replays a stream of events, roughly in order of time, and stops at each cut to assess every account by what came before it. Cuts are at
/// UTC midnights: the first at least <see cref="BacktestSettings.SettledDays"/> days after the first event, then every so many days.
/// </summary>
/// <remarks>
/// A cut is taken once the stream is past it by <see cref="BacktestSettings.Grace"/>; until then what belongs after it waits, a day of
/// events at most, so that no assessment can know what came later. An event that comes later still is folded, and counted as late.
/// </remarks>
public sealed class Backtester
{
    private readonly BacktestSettings _settings;
    private readonly Replay _replay;
    private readonly CutAssessor _assessor;
    private readonly LabelledCauses? _labelled;
    private readonly VirtualClock _clock = new(DateTimeOffset.MinValue);
    private readonly List<Cut> _cuts = [];
    private List<(UsageEvent Event, ulong Id)> _waiting = [];
    private DateTimeOffset _first = DateTimeOffset.MaxValue;
    private DateTimeOffset _next = DateTimeOffset.MaxValue;
    private long _late;

    /// <param name="model">The model to judge by.</param>
    /// <param name="settings">Horizon and step.</param>
    /// <param name="assessed">Told of every assessment as it is made: the cut, the account, and what was found.</param>
    /// <param name="labelled">Accounts whose causes are known, or null.</param>
    public Backtester(
        ValueModel model,
        BacktestSettings settings,
        Action<DateTimeOffset, ReplayAccount, Assessment>? assessed = null,
        LabelledCauses? labelled = null
    )
    {
        if (settings.HorizonDays < 1 || settings.StepDays < 1)
            throw new ArgumentOutOfRangeException(nameof(settings), settings, "Horizon and step are a day at least.");
        _settings = settings;
        _replay = new Replay(model);
        _labelled = labelled;
        _assessor = new CutAssessor(_replay, settings.HorizonDays, labelled, assessed);
        if (labelled is not null)
            _replay.Churning = (account, at) => _assessor.NoteLabelled(account, Days.Of(at));
    }

    public ValueModel Model => _replay.Model;

    /// <summary>The time of the newest event so far.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <param name="usageEvent">
    /// The next event, received when it happened. Its payload is read before this returns, or copied.
    /// </param>
    /// <param name="id">A hash of its message id, the same kind of one for every event.</param>
    public void Add(UsageEvent usageEvent, ulong id)
    {
        var at = usageEvent.Timestamp;
        if (at < _first && _cuts.Count == 0)
        {
            _first = at;
            _next = FirstCut(at);
        }
        _clock.MoveTo(at);
        if (at >= _next)
            _waiting.Add((Kept(usageEvent), id));
        else
            Fold(usageEvent, id);
        while (Now >= _next + BacktestSettings.Grace)
            TakeCut();
    }

    /// <summary>Ends the stream, and says what the cuts that a whole horizon of events follows found.</summary>
    public BacktestResult Finish(CancellationToken cancellationToken = default)
    {
        foreach (var (usageEvent, id) in _waiting)
            _replay.Fold(usageEvent, id);
        _waiting.Clear();
        var labelled = _cuts.Where(cut => cut.At.AddDays(_settings.HorizonDays) <= Now).ToList();
        if (_labelled is not null)
        {
            foreach (var account in _replay.Accounts.Values)
                _assessor.NoteLabelled(account, Days.Of(Now));
        }
        Rows = new RegressionRows(
            _replay.Model,
            _assessor.Sample,
            labelled.ToDictionary(cut => cut.At, cut => cut.At.AddDays(_settings.HorizonDays))
        );
        return new BacktestScoring(_replay, _settings, labelled).Score(_first, Now, _late) with
        {
            Regressions = _settings.Compares ? RegressionComparison.Of(Rows, _settings.HorizonDays, Now, cancellationToken) : null,
            Confusion = _labelled?.Confusion(_replay),
            Flagged = _assessor.Flags.Accounts(_settings.HorizonDays, Now),
        };
    }

    /// <summary>What a calibration is fitted on, once the stream has ended.</summary>
    internal RegressionRows? Rows { get; private set; }

    /// <summary>The first UTC midnight at least <see cref="BacktestSettings.SettledDays"/> days after a moment.</summary>
    public static DateTimeOffset FirstCut(DateTimeOffset first)
    {
        var settled = first.AddDays(BacktestSettings.SettledDays);
        var midnight = new DateTimeOffset(settled.UtcDateTime.Date, TimeSpan.Zero);
        return midnight < settled ? midnight.AddDays(1) : midnight;
    }

    private void Fold(UsageEvent usageEvent, ulong id)
    {
        if (_cuts.Count > 0 && usageEvent.Timestamp < _cuts[^1].At)
            _late++;
        _replay.Fold(usageEvent, id);
    }

    /// <summary>The event with bytes of its own: those it came in are used again.</summary>
    private static UsageEvent Kept(UsageEvent usageEvent) => usageEvent with { Payload = usageEvent.Payload.ToArray() };

    private void TakeCut()
    {
        _cuts.Add(new Cut(_next, _assessor.Assess(_next)));
        _next = _next.AddDays(_settings.StepDays);
        var waiting = _waiting;
        _waiting = [];
        foreach (var item in waiting)
        {
            if (item.Event.Timestamp >= _next)
                _waiting.Add(item);
            else
                _replay.Fold(item.Event, item.Id);
        }
    }
}

/// <summary>A cut and what every account looked like at it.</summary>
internal sealed record Cut(DateTimeOffset At, List<CutAssessment> Assessments);
