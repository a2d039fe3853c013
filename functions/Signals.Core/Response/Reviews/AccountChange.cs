using Signals.Core.State.Assessments;
using Signals.Core.State.People;

namespace Signals.Core.Response.Reviews;

/// <summary>What becomes of an account's own row.</summary>
/// <param name="Review">The review it keeps from now on.</param>
/// <param name="Changed">Whether the next review has to look anew, whatever the time.</param>
/// <param name="NextWake">The earliest wake-up that stands for it; null for none.</param>
/// <param name="Told">Messages about the account as a whole, to be remembered beside the earlier ones.</param>
public sealed record AccountChange(AccountReview Review, bool Changed, DateTimeOffset? NextWake, IReadOnlyList<OutreachMemory> Told);
