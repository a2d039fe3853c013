using Signals.Core.Platform.Storage;
using Signals.Core.Platform.Time;
using Signals.Core.Response.Suppressions;

namespace Signals.Core.Daily.Kept;

/// <summary>
/// Forgets what an address was sent longer ago than any cap looks: a send prunes those before it, and this those of whom nobody writes to
/// any more. One look at every recipient a week.
/// </summary>
public sealed class OldSends(IEntityScan scan, Recipients recipients, TimeProvider clock)
{
    private const int EveryDays = 7;

    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (Days.Of(now) % EveryDays != 0)
            return 0;
        int pruned = 0;
        await foreach (var row in scan.ScanAllAsync(Recipients.Table, cancellationToken))
        {
            if (await recipients.PruneAsync(row, now, cancellationToken))
                pruned++;
        }
        return pruned;
    }
}
