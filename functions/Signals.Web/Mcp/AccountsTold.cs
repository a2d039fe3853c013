using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Alerts;
using Signals.Core.State.Indexes;
using Signals.Web.Api;

namespace Signals.Web.Mcp;

/// <summary>A page of accounts; prices are a month's.</summary>
internal sealed record AccountsTold(string Currency, IReadOnlyList<AccountTold> Accounts, string? Next);

internal sealed record AccountTold(
    string Id,
    string Name,
    string? Plan,
    double Price,
    string? Csm,
    string Level,
    int Score,
    DateTimeOffset Since,
    int Health,
    DateTimeOffset? RenewalAt,
    int People,
    int PeopleActive,
    IReadOnlyList<string> Why
)
{
    public static AccountTold Of(AccountSummary account) =>
        new(
            account.Id,
            account.Name,
            account.Plan,
            account.Price,
            account.Csm,
            account.Level.Name(),
            account.Score,
            account.Since,
            account.Health,
            account.RenewalAt,
            account.People,
            account.Active,
            [.. account.Causes.Select(cause => $"{cause.Id}: {cause.Evidence.In(Language.English)}")]
        );
}
