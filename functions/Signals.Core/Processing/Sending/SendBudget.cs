using Signals.Core.Intake.Monitoring;
using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;

namespace Signals.Core.Processing.Sending;

/// <summary>
/// The day's limit on customer messages, shared by all workers: each reserves a few sends at a time and hands them out. What a crash
/// leaves unused is lost for the day, so the limit is never passed. Table system, partition <c>sends</c>, a row a UTC day.
/// </summary>
public sealed class SendBudget(IEntityStore store, TimeProvider clock) : IDisposable
{
    private const string Partition = "sends";
    private const string ReservedColumn = "reserved";

    /// <summary>Small enough that workers share a small limit, large enough that a large one costs few operations.</summary>
    private const int BlocksPerDay = 50;

    private readonly SemaphoreSlim _turn = new(1);
    private int _day;
    private int _left;

    /// <summary>True when one more message may leave today.</summary>
    public async Task<bool> TakeAsync(int perDay, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            int day = Days.Of(now);
            if (day != _day)
                (_day, _left) = (day, 0);
            if (_left == 0)
                _left = await ReserveAsync(day, perDay, cancellationToken);
            if (_left == 0)
                return false;
            _left--;
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Gives back a send that did not happen.</summary>
    public async Task ReturnAsync(DateTimeOffset takenAt)
    {
        await _turn.WaitAsync(CancellationToken.None);
        if (Days.Of(takenAt) == _day)
            _left++;
        _turn.Release();
    }

    public void Dispose() => _turn.Dispose();

    private async Task<int> ReserveAsync(int day, int perDay, CancellationToken cancellationToken)
    {
        int block = 0;
        await store.ChangeAsync(
            PipelineCounters.Table,
            Partition,
            Days.Key(day),
            "reserve some of the day's sends",
            clock,
            row =>
            {
                int reserved = row?.GetInt32(ReservedColumn) ?? 0;
                block = Math.Max(0, Math.Min(Math.Max(1, perDay / BlocksPerDay), perDay - reserved));
                return block == 0 ? null : new Entity(Partition, Days.Key(day)) { [ReservedColumn] = reserved + block };
            },
            cancellationToken
        );
        return block;
    }
}
