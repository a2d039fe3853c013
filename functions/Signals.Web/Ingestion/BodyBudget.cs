using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Storage;

namespace Signals.Web.Ingestion;

/// <summary>
/// The memory that the bodies of all requests may take while they come in. It is taken as bytes come, not as a sender says that they will:
/// who sends slowly, or nothing, holds next to nothing.
/// </summary>
internal sealed class BodyBudget(int bytes, TimeSpan retryAfter)
{
    private long _taken;

    public BodyShare Begin() => new(this);

    private void Take(int more)
    {
        if (Interlocked.Add(ref _taken, more) <= bytes || more <= 0)
            return;
        Interlocked.Add(ref _taken, -more);
        throw new TransientStoreException($"The bodies that come in take {bytes} bytes already.", retryAfter: retryAfter);
    }

    /// <summary>What one request's body takes of the budget; given back when it is disposed.</summary>
    public sealed class BodyShare(BodyBudget budget) : IDisposable
    {
        private int _taken;

        /// <summary>Takes what a buffer holds now. Throws <see cref="TransientStoreException"/> when that is more than there is.</summary>
        public void Cover(PooledBuffer buffer)
        {
            budget.Take(buffer.Capacity - _taken);
            _taken = buffer.Capacity;
        }

        public void Dispose()
        {
            budget.Take(-_taken);
            _taken = 0;
        }
    }
}
