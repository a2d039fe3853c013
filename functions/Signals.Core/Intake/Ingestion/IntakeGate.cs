using System.Diagnostics.CodeAnalysis;
using Signals.Core.Platform.Storage;

namespace Signals.Core.Intake.Ingestion;

/// <summary>
/// Lets a few requests at a time work on their events, in the order they came, and turns away those that would wait too long: reading and
/// packing takes a processor, and more of them at once would only make each slower, and everything else with them. Nobody's turn comes
/// while much waits for the disk already, and half of the processors are left to folding while the backlog is long.
/// </summary>
/// <remarks>
/// What is bounded is time, for a late answer helps nobody who would come again anyway (B. Maurer, "Fail at Scale", ACM Queue 13(8), 2015;
/// H. Zhou et al., "Overload Control for Scaling WeChat Microservices", SoCC 2018). Who comes is told at the door, by how long the work
/// ahead takes at the pace of the last second; who was let in and waits too long all the same is told then.
/// </remarks>
public sealed class IntakeGate : IDisposable
{
    /// <summary>A request costs as much as so many bytes, however small it is.</summary>
    private const int WeightOfRequest = 2 * 1024;

    /// <summary>What is left of what was learnt of the pace with each turn from the queue.</summary>
    private const double Memory = 0.98;

    /// <summary>A few may wait so long: the machine is slow, or paused.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Who waited longer ago tells nothing of the pace now: without this a pause of the disk would keep everybody out for good.
    /// </summary>
    private static readonly TimeSpan LongestMemory = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<IntakePlace> _coming = new();
    private readonly Queue<IntakePlace> _waiting = new();
    private readonly Backlog _backlog;
    private readonly IngestionOptions _options;
    private readonly TimeProvider _clock;
    private readonly ITimer _alarm;
    private bool _alarmIsSet;
    private int _ahead;
    private long _comingWeight;
    private long _waitingWeight;
    private long _waitingBytes;
    private long _storingWeight;
    private int _working;
    private int _storing;
    private long _lastTurnAt;
    private long _lastDoneAt;
    private double _pacedSeconds;
    private double _pacedWeight;

    public IntakeGate(Backlog backlog, IngestionOptions options, TimeProvider clock)
    {
        _backlog = backlog;
        _options = options;
        _clock = clock;
        _alarm = clock.CreateTimer(_ => OnAlarm(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>So few are let in with the next turns, or so little: they are sooner served than turned away.</summary>
    private bool IsLittle(int requests, long weight) => requests <= 2 * _options.RequestsAtOnce || weight <= _options.MinQueuedBytes;

    private bool HasTurn =>
        _working < (_backlog.IsLong ? Math.Max(1, _options.RequestsAtOnce / 2) : _options.RequestsAtOnce)
        && _storingWeight < _options.MaxStoringBytes;

    /// <summary>True when for so long no request was worked on or waited for the disk. A body that is on its way is no work yet.</summary>
    public bool IsQuietFor(TimeSpan time)
    {
        lock (_lock)
            return _working == 0 && _storing == 0 && _clock.GetElapsedTime(_lastDoneAt) >= time;
    }

    /// <summary>Throws <see cref="TransientStoreException"/> where a request would be turned away.</summary>
    public void CheckRoom()
    {
        if (!HasRoom(out var retryAfter))
            throw Busy(retryAfter);
    }

    /// <summary>
    /// Gives a place to a request whose body is not read yet, to be given back when it is disposed. False where it would wait too long:
    /// it is turned away before its body is read, which spares both sides, and by no exception, for under overload that happens thousands
    /// of times a second.
    /// </summary>
    /// <param name="bytes">The size of the body as its sender says it; null where it does not.</param>
    /// <param name="place">The place.</param>
    /// <param name="retryAfter">When who is turned away should come again.</param>
    public bool TryCome(long? bytes, [NotNullWhen(true)] out IntakePlace? place, out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            place = null;
            if (!HasRoom(out retryAfter))
                return false;
            place = new IntakePlace(this, WeightOfRequest + Math.Min(bytes ?? 0, _options.MaxQueuedBytes), _clock.GetTimestamp());
            _coming.Enqueue(place);
            _ahead++;
            _comingWeight += place.Weight;
            return true;
        }
    }

    public void Dispose() => _alarm.Dispose();

    /// <summary>True where the turn has come already; else it is to be waited for.</summary>
    internal bool Enter(IntakePlace place, int bytes)
    {
        lock (_lock)
        {
            Leave(place);
            place.Weight = WeightOfRequest + bytes;
            if (_waiting.Count == 0 && HasTurn)
            {
                Begin(place);
                return true;
            }
            if (_waitingBytes >= _options.MaxQueuedBytes)
                throw Busy(_options.RetryAfter);
            place.State = IntakeState.Waiting;
            place.Since = _clock.GetTimestamp();
            place.Turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_waiting.Count == 0)
                _lastTurnAt = place.Since;
            _waiting.Enqueue(place);
            _ahead++;
            _waitingWeight += place.Weight;
            _waitingBytes += bytes;
            SetAlarm(_options.MaxWait);
            return false;
        }
    }

    internal void EndTurn(IntakePlace place)
    {
        lock (_lock)
        {
            Leave(place);
            place.State = IntakeState.Storing;
            _storing++;
            _storingWeight += place.Weight;
            LetIn();
        }
    }

    /// <summary>Gives back a place, whatever it is for by now.</summary>
    internal void GiveBack(IntakePlace place)
    {
        lock (_lock)
        {
            Leave(place);
            LetIn();
        }
    }

    /// <summary>Gives up on behalf of a sender who left; does nothing once the turn has come.</summary>
    internal void GiveUp(IntakePlace place, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (place.State != IntakeState.Waiting)
                return;
            Leave(place);
            place.Turn!.TrySetCanceled(cancellationToken);
        }
    }

    private bool HasRoom(out TimeSpan retryAfter)
    {
        retryAfter = _options.BacklogRetryAfter;
        if (!_backlog.HasRoom())
            return false;
        retryAfter = _options.RetryAfter;
        lock (_lock)
        {
            ForgetSlow();
            // Half of the time is for what the pace does not know of: the body's own way, and a machine that is busy with other things.
            return _waitingBytes < _options.MaxQueuedBytes
                && (IsLittle(_ahead, _comingWeight + _waitingWeight) || ExpectedWait() <= _options.MaxWait / 2);
        }
    }

    /// <summary>A body that takes its time is no work yet: who sends slowly, or nothing, keeps nobody out.</summary>
    private void ForgetSlow()
    {
        while (_coming.TryPeek(out var first) && (first.State != IntakeState.Coming || IsLate(first)))
        {
            _coming.Dequeue();
            if (first.State == IntakeState.Coming)
                Leave(first);
        }
    }

    private TimeSpan ExpectedWait()
    {
        if (_pacedWeight > 0 && _clock.GetElapsedTime(_lastTurnAt) > LongestMemory)
            _pacedSeconds = _pacedWeight = 0;
        return _pacedWeight == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((_comingWeight + _waitingWeight) * (_pacedSeconds / _pacedWeight));
    }

    private bool IsLate(IntakePlace place) => _clock.GetElapsedTime(place.Since) >= _options.MaxWait;

    private bool IsTurnedAway(IntakePlace place) =>
        IsLate(place) && (!IsLittle(_waiting.Count, _waitingWeight) || _clock.GetElapsedTime(place.Since) >= LongestPause);

    private void Begin(IntakePlace place)
    {
        place.State = IntakeState.Working;
        _working++;
    }

    /// <summary>Ends what a place was for.</summary>
    private void Leave(IntakePlace place)
    {
        switch (place.State)
        {
            case IntakeState.Coming:
                _ahead--;
                _comingWeight -= place.Weight;
                break;
            case IntakeState.Waiting:
                _ahead--;
                _waitingWeight -= place.Weight;
                _waitingBytes -= place.Weight - WeightOfRequest;
                break;
            case IntakeState.Working:
                _working--;
                _lastDoneAt = _clock.GetTimestamp();
                break;
            case IntakeState.Storing:
                _storing--;
                _storingWeight -= place.Weight;
                _lastDoneAt = _clock.GetTimestamp();
                break;
        }
        place.State = IntakeState.None;
    }

    private void LetIn()
    {
        TurnAwayLate();
        while (HasTurn && _waiting.TryDequeue(out var next))
        {
            if (next.State != IntakeState.Waiting)
                continue;
            Leave(next);
            NotePace(next);
            Begin(next);
            next.Turn!.TrySetResult();
        }
    }

    /// <summary>Somebody waited since the turn before, so that the time until this one is what as much work takes.</summary>
    private void NotePace(IntakePlace next)
    {
        long now = _clock.GetTimestamp();
        _pacedSeconds = Memory * _pacedSeconds + _clock.GetElapsedTime(_lastTurnAt, now).TotalSeconds;
        _pacedWeight = Memory * _pacedWeight + next.Weight;
        _lastTurnAt = now;
    }

    private void TurnAwayLate()
    {
        while (_waiting.TryPeek(out var first) && (first.State != IntakeState.Waiting || IsTurnedAway(first)))
        {
            _waiting.Dequeue();
            if (first.State != IntakeState.Waiting)
                continue;
            Leave(first);
            first.Turn!.TrySetException(Busy(_options.RetryAfter));
        }
    }

    private void OnAlarm()
    {
        lock (_lock)
        {
            _alarmIsSet = false;
            TurnAwayLate();
            if (_waiting.TryPeek(out var first))
                SetAlarm(IsLate(first) ? _options.MaxWait : _options.MaxWait - _clock.GetElapsedTime(first.Since));
        }
    }

    /// <summary>One alarm is enough: those behind came later.</summary>
    private void SetAlarm(TimeSpan wait)
    {
        if (_alarmIsSet)
            return;
        _alarmIsSet = true;
        // Timers count whole milliseconds; rounded down, one would go off again and again.
        _alarm.Change(wait + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private TransientStoreException Busy(TimeSpan retryAfter) =>
        new($"{_waitingBytes} bytes of requests wait for their turn, or much waits to be folded.", retryAfter: retryAfter);
}
