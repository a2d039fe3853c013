using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Account;

/// <summary>
/// Everything an account's page shows: the account's row and what the model makes of it, some of its people, and what was sent.
/// </summary>
internal sealed record AccountFile(
    AccountState Account,
    AccountContext Context,
    AccountReview? Review,
    Alert? Alert,
    IReadOnlyList<PersonView> People,
    IReadOnlyList<OutreachRecord> Outreach
)
{
    public AccountFacts Facts => Context.Facts;

    public ValueModel Model => Context.Model;

    /// <summary>What all its people did together.</summary>
    public UsageView Usage => Context.Usage;

    public IReadOnlyList<FoundCause> Causes => Review?.Assessment.Causes ?? [];

    /// <summary>The first day of the value model's window that ends today.</summary>
    public int WindowFrom => Context.Today - Model.Value.Floor.Days + 1;
}
