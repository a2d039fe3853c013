using Signals.Core.Daily.Erasure;
using Signals.Core.Daily.Figures;
using Signals.Core.Daily.Kept;
using Signals.Core.Daily.Measures;
using Signals.Core.Daily.Norms;
using Signals.Core.Intake.Monitoring;
using Signals.Core.Model;
using Signals.Core.Platform.Time;
using Signals.Core.Processing.Webhooks;
using Signals.Core.Response.Delivery;
using Signals.Core.Response.Experiments;
using Signals.Core.State.Audit;
using Signals.Core.State.Indexes;
using Signals.Core.State.Team;

namespace Signals.Core.Daily;

/// <summary>
/// What both hosts do once a day: what keeps the tables from growing for ever, and sums and norms that are too large to make at every look.
/// Running it again, or twice at once, does no harm.
/// </summary>
public sealed class Housekeeping(
    PipelineCounters counters,
    PipelineWatch watch,
    Quarantine quarantine,
    AccountLists lists,
    FigureBook figures,
    CohortPass cohorts,
    EffectLog effects,
    MeasurePass measures,
    UnreadableRows unreadable,
    SeenPosts posts,
    OldMessages messages,
    OldSends sends,
    PassingRows passing,
    WebhookStanding webhooks,
    SilentPeople silent,
    AuditLog audit,
    ErasureBook erasures,
    ValueModel model,
    WorkSteps steps,
    TimeProvider clock
)
{
    /// <summary>Does every step, whatever becomes of the others; returns how many rows were removed.</summary>
    /// <exception cref="FailedStepsException">Some steps failed, and the others were done.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int removed = 0;
        await steps.RunAsync(
            cancellationToken,
            (BackgroundWork.Counters, token => ForgetAsync(() => counters.PruneAsync(clock.GetUtcNow(), token))),
            (BackgroundWork.Minutes, token => ForgetAsync(() => watch.PruneAsync(token))),
            (
                BackgroundWork.Quarantine,
                token => ForgetAsync(() => quarantine.PruneAsync(clock.GetUtcNow(), token, model.Keep.QuarantineDays))
            ),
            (BackgroundWork.Moves, token => ForgetAsync(() => lists.PruneAsync(token))),
            (BackgroundWork.OldFigures, token => ForgetAsync(() => figures.PruneAsync(Days.Of(clock.GetUtcNow()), token))),
            (
                BackgroundWork.Notes,
                token =>
                    ForgetAsync(async () =>
                        await unreadable.PruneAsync(token)
                        + await posts.PruneAsync(clock.GetUtcNow(), token)
                        + await webhooks.PruneAsync(token)
                    )
            ),
            (
                BackgroundWork.OldMessages,
                token => ForgetAsync(async () => await messages.PruneAsync(token) + await sends.PruneAsync(token))
            ),
            (BackgroundWork.OldAudit, token => ForgetAsync(() => ForgetAuditAsync(token))),
            (BackgroundWork.OldAccess, token => ForgetAsync(() => passing.PruneAsync(token))),
            (BackgroundWork.SilentPeople, token => ForgetAsync(() => silent.PruneAsync(token))),
            (BackgroundWork.Norms, cohorts.RunAsync),
            (BackgroundWork.Effects, effects.SumAsync),
            (BackgroundWork.Measures, measures.RunAsync)
        );
        return removed;

        async Task<int> ForgetAuditAsync(CancellationToken token) =>
            model.Keep.AuditDays is { } days
                ? await audit.PruneAsync(clock.GetUtcNow().AddDays(-days), token)
                    + await erasures.PruneAsync(clock.GetUtcNow().AddDays(-days), token)
                : 0;

        async Task ForgetAsync(Func<Task<int>> prune) => removed += await prune();
    }
}
