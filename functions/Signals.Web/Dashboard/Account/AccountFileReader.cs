using Signals.Core.Diagnosis.Norms;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Account;

/// <summary>Reads an account's file: its row, its alert, and no more people and messages than its page shows.</summary>
internal sealed class AccountFileReader(
    AccountFinder finder,
    AccountReader accounts,
    AlertBook alerts,
    OutreachRows outreach,
    CohortStore cohorts
)
{
    public const int PeopleShown = 12;

    private const int OutreachShown = 30;

    /// <summary>Throws <see cref="ApiRefusal"/> when there is no such account.</summary>
    public async Task<AccountFile> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var account = await finder.GetAsync(id, cancellationToken);
        var (context, people) = await accounts.ContextAsync(account, PeopleShown, cancellationToken);
        var alert = await alerts.OfAccountAsync(account.Key, cancellationToken);
        var records = await outreach.OfAccountAsync(account.Key, OutreachShown, null, cancellationToken);
        var review = account.Review is { } last && last.ReviewedAt != default ? last : null;
        context = context with { Norms = await cohorts.GetAsync(cancellationToken) };
        return new AccountFile(account, context, review, alert, people, records);
    }
}
