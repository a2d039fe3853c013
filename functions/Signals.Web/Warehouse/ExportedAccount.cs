using Signals.Core.Model;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;

namespace Signals.Web.Warehouse;

// Columns of tables elsewhere: every member is always written, null where nothing is known, and none changes its name or type.

/// <summary>What is known of an account; <c>id</c> is its key.</summary>
internal sealed record ExportedAccount(
    string Id,
    string Name,
    string? Plan,
    double Price,
    int? Seats,
    string? Csm,
    string? Stage,
    bool Strategic,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? RenewalAt,
    DateTimeOffset? TrialEndsAt,
    bool HasLeft,
    DateTimeOffset? HeardOfAt,
    int PeopleReviewed,
    int PeopleActive,
    DateTimeOffset ReviewedAt
)
{
    public static ExportedAccount Of(AccountState account, AccountReview review, ValueModel model)
    {
        var facts = AccountFacts.Of(account, model);
        return new(
            facts.Id,
            facts.Name,
            facts.Plan,
            facts.Price,
            facts.Seats,
            facts.Csm,
            facts.Stage,
            facts.Strategic,
            facts.CreatedAt,
            facts.RenewalAt,
            facts.TrialEndsAt,
            review.Left,
            account.HeardOfAt,
            review.People.Reviewed,
            review.People.Active,
            review.ReviewedAt
        );
    }
}
