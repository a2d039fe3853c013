using Signals.Web.Api;

namespace Signals.Web.Mcp;

internal sealed record OverviewTold(
    DateTimeOffset? MeasuredAt,
    string Product,
    int? Accounts,
    IReadOnlyDictionary<string, int> AccountsByCause,
    Core.Daily.Retention.RetentionPeriod? Retention,
    IReadOnlyList<FeatureTold> Features,
    IReadOnlyList<SurveyView> Surveys,
    MoneyTold? Money
);

/// <summary>A feature: the share of accounts that use it, median days to adopt it, the share that still uses it after 90 days.</summary>
internal sealed record FeatureTold(string Id, double? Breadth, int? DaysToAdopt, double KeptAfter90Days);

/// <summary>Amounts are a month's; what is expected to go is null where the score is not calibrated.</summary>
internal sealed record MoneyTold(
    string Currency,
    int PayingCustomers,
    double Revenue,
    double AtRisk,
    int AccountsAtRisk,
    double? ExpectedToGo,
    int? WithinDays,
    IReadOnlyList<RenewalTold> Renewals
);

internal sealed record RenewalTold(int FromDay, int ToDay, int Accounts, double Price, int AccountsAtRisk, double PriceAtRisk);
