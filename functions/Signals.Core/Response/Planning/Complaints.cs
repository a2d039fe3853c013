using Signals.Core.Diagnosis.Assessors;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.State.Accounts;

namespace Signals.Core.Response.Planning;

/// <summary>Whether an account has something to complain about: nobody is thanked beside it. Pure.</summary>
public static class Complaints
{
    private static readonly IReadOnlyList<IAccountRule> FeltByAccounts =
    [
        .. CauseRules.OfAccounts.Where(rule => CauseCatalogue.IsFelt(rule.Cause)),
    ];

    /// <summary>True when a thank-you would not ring hollow in that account now.</summary>
    public static bool MayThank(AccountContext account) =>
        !IsOpen(account.Account) && FeltByAccounts.All(rule => !(rule.Assess(account)?.Confidence >= PersonAssessor.SureFrom));

    /// <summary>True when a ticket is open, or the last review found the account at risk or with cause to complain.</summary>
    public static bool IsOpen(AccountState account) =>
        account.Tickets.All.Any(ticket => ticket.IsOpen)
        || (
            account.Review?.Assessment is { } last
            && (
                last.Risk.Level >= RiskLevel.AtRisk
                || last.Causes.Any(cause => CauseCatalogue.IsFelt(cause.Id) && PersonAssessor.IsSure(cause.Confidence))
            )
        );
}
