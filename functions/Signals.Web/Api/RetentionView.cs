using Signals.Core.Daily.Retention;

namespace Signals.Web.Api;

/// <summary>Who stayed, as of the last pass over all accounts.</summary>
internal sealed record RetentionView(
    DateTimeOffset? MeasuredAt,
    int Accounts,
    RetentionPeriod? Latest,
    IReadOnlyList<PlanRetention> ByPlan,
    IReadOnlyList<RetentionPeriod> ByMonth
);
