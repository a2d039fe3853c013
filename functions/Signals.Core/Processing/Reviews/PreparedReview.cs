using Signals.Core.Response.Reviews;
using Signals.Core.Response.Webhooks;
using Signals.Core.State.Accounts;
using Signals.Core.State.Indexes;
using Signals.Core.State.WakeUps;

namespace Signals.Core.Processing.Reviews;

/// <summary>One transaction's worth of a review, to be saved once its wake-ups are written.</summary>
/// <param name="Input">What was read.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Account">The account's row as it will be.</param>
/// <param name="ListChange">What follows in the account lists; null for nothing.</param>
/// <param name="AlertWake">The wake-up that tends a changed alert if this process does not; null when none changes.</param>
/// <param name="Wakes">To be written before it is saved.</param>
/// <param name="Told">What other systems are told of it; null for nothing.</param>
public sealed record PreparedReview(
    ReviewInput Input,
    ReviewDecision Decision,
    AccountState Account,
    ListChange? ListChange,
    Wake? AlertWake,
    IReadOnlyList<Wake> Wakes,
    WebhookBatch? Told
)
{
    /// <summary>To be taken back after it was saved: what they were for is done.</summary>
    public List<Wake> DoneWakes { get; } = [];
}
