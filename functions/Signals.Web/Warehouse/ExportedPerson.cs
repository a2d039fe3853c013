using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Web.Api;

namespace Signals.Web.Warehouse;

/// <summary>A person in an account; <c>account</c> and <c>id</c> together are the key.</summary>
internal sealed record ExportedPerson(
    string Account,
    string Id,
    string? Name,
    string? Email,
    string? Role,
    bool IsActive,
    double Value,
    double Floor,
    DateOnly ValueSince,
    DateOnly? LastValueOn,
    string? LeftOutBy,
    DateTimeOffset ReviewedAt
)
{
    public static ExportedPerson Of(AccountState account, AccountReview review, PersonView person) =>
        new(
            account.Id,
            person.Id,
            person.Name,
            person.Email,
            person.Role,
            person.Active,
            person.Value.Window,
            person.Value.Floor,
            person.Value.Since,
            person.Value.Days.Count == 0 ? null : person.Value.Days.Max(day => day.Date),
            person.LeftOutBy,
            review.ReviewedAt
        );
}
