using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Core.State.Accounts;
using Signals.Core.State.Assessments;
using Signals.Web.Api;

namespace Signals.Web.Warehouse;

/// <summary>What the last review found; <c>account</c> is its key, with <c>reviewedAt</c> that of a history.</summary>
internal sealed record ExportedAssessment(
    string Account,
    DateTimeOffset ReviewedAt,
    string Level,
    DateTimeOffset LevelSince,
    string PreviousLevel,
    int Score,
    double? Probability,
    double? Standing,
    int Health,
    double? Depth,
    double? Breadth,
    double? Reach,
    double? ValuePerPrice,
    double? Trend,
    string? Cause,
    IReadOnlyList<CauseView> Causes,
    IReadOnlyList<RiskReason> RaisedBy,
    IReadOnlyList<RiskChance> Chances
)
{
    public static ExportedAssessment Of(AccountState account, AccountReview review)
    {
        var (risk, health) = (review.Assessment.Risk, review.Assessment.Health);
        var causes = review.Assessment.Causes;
        return new(
            account.Id,
            review.ReviewedAt,
            risk.Level.Name(),
            review.LevelSince,
            review.PreviousLevel.Name(),
            risk.Score,
            risk.Probability,
            risk.Standing,
            health.Score,
            health.Depth,
            health.Breadth,
            health.Reach,
            health.ValuePerPrice,
            health.Trend,
            causes.Count == 0 ? null : causes[0].Id,
            [.. causes.Select(AccountReader.CauseOf)],
            risk.RaisedBy,
            risk.Chances
        );
    }
}
