using System.Text.Json.Serialization;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.State.Indexes;

namespace Signals.Web.Api;

/// <summary>An account in a list: what it is, how it is, and why, in a line each.</summary>
internal sealed record AccountItem(
    string Id,
    string Name,
    string? Plan,
    double Price,
    string? Csm,
    string? Stage,
    bool Strategic,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Segments,
    DateTimeOffset? RenewalAt,
    DateTimeOffset? TrialEndsAt,
    ItemHealth Health,
    RiskView Risk,
    IReadOnlyList<ItemCause> Causes,
    ItemPeople People
)
{
    public static AccountItem Of(AccountSummary account) =>
        new(
            account.Id,
            account.Name,
            account.Plan,
            account.Price,
            account.Csm,
            account.Stage,
            account.Strategic,
            account.Segments,
            account.RenewalAt,
            account.TrialEndsAt,
            new ItemHealth(account.Health),
            new RiskView(account.Level.Name(), account.Score, account.Since),
            [.. account.Causes.Select(cause => new ItemCause(cause.Id, cause.Detail, cause.Affected, cause.Confidence, cause.Evidence))],
            new ItemPeople(account.People, account.Active)
        );
}

internal sealed record ItemHealth(int Score);

/// <summary>A cause with its first line of evidence.</summary>
internal sealed record ItemCause(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Kind,
    int Affected,
    double Confidence,
    Phrase Evidence
);

/// <summary>How many people were reviewed, and how many of them reached the floor.</summary>
internal sealed record ItemPeople(int Reviewed, int Active);
