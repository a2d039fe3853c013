using Microsoft.AspNetCore.Http;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.State.Indexes;

namespace Signals.Web.Api;

/// <summary>Which accounts are asked for. No levels means all of them.</summary>
/// <param name="Levels">Worst first.</param>
/// <param name="Cause">Held back by this cause.</param>
/// <param name="Plan">The plan's id, ignoring case.</param>
/// <param name="Text">Part of the name or id, ignoring case.</param>
/// <param name="After">The list key of the last account seen.</param>
public sealed record AccountQuery(
    IReadOnlyList<RiskLevel> Levels,
    string? Cause = null,
    string? Plan = null,
    string? Text = null,
    string? After = null
)
{
    /// <summary>Levels that a CS manager looks at.</summary>
    public static readonly IReadOnlyList<RiskLevel> FlaggedLevels = [RiskLevel.Critical, RiskLevel.AtRisk, RiskLevel.Watch];

    /// <summary>The CS manager's address, ignoring case.</summary>
    public string? Csm { get; init; }

    /// <summary>The id of one of the model's segments.</summary>
    public string? Segment { get; init; }

    /// <summary>The stage, ignoring case.</summary>
    public string? Stage { get; init; }

    /// <summary>
    /// The quarter of comparable accounts that value per price is in, 1 the lowest; see <see cref="AccountSummary.Worth"/>.
    /// </summary>
    public int? Worth { get; init; }

    public bool StrategicOnly { get; init; }

    /// <summary>The beginning of the name, ignoring case and accents. Accounts come in the order of their names then.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>The order that was asked for.</summary>
    public AccountOrder Order { get; init; }

    /// <summary>True when accounts come in the order of their names.</summary>
    public bool IsInOrderOfNames => Order == AccountOrder.Name || NamePrefix is not null;

    /// <summary>From when on renewals are listed.</summary>
    public DateOnly Today { get; init; }

    /// <summary>In the order of renewals: the last day that is listed; null for no last one.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>
    /// Reads <c>risk</c>, <c>cause</c>, <c>plan</c>, <c>csm</c>, <c>segment</c>, <c>stage</c>, <c>worth</c>, <c>strategic</c>, <c>sort</c>,
    /// <c>q</c> and <c>cursor</c>. Throws <see cref="ApiRefusal"/>.
    /// </summary>
    internal static AccountQuery Of(HttpRequest request, DateOnly today, ValueModel model)
    {
        var query = FiltersOf(request) with { Text = Query.One(request, "q"), Segment = SegmentQuery.Of(request, model), Today = today };
        return query with { After = AccountPages.CursorOf(query).Read(request) };
    }

    /// <summary>Everything but what is searched for, and where the list goes on.</summary>
    internal static AccountQuery FiltersOf(HttpRequest request) =>
        new(
            [.. Query.AnyOf(request, "risk", RiskLevels.Names).Select(name => RiskLevels.Parse(name)!.Value).OrderDescending()],
            Query.OneOf(request, "cause", CauseCatalogue.Ids),
            Query.One(request, "plan")
        )
        {
            Csm = Query.One(request, "csm"),
            Segment = Query.One(request, "segment"),
            Stage = Query.One(request, "stage"),
            Worth = Query.OneOf(request, "worth", ["1", "2", "3", "4"]) is { } quarter ? quarter[0] - '0' : null,
            StrategicOnly = Query.OneOf(request, "strategic", ["yes"]) is not null,
            Order = AccountOrders.Parse(Query.OneOf(request, "sort", AccountOrders.Names)),
        };

    public bool Matches(AccountSummary account) =>
        (Levels.Count == 0 || Levels.Contains(account.Level))
        && (Plan is null || Same(account.Plan, Plan))
        && (Csm is null || Same(account.Csm, Csm))
        && (Segment is null || account.Segments?.Contains(Segment, StringComparer.Ordinal) == true)
        && (Stage is null || Same(account.Stage, Stage))
        && (Worth is null || account.Worth == Worth)
        && (!StrategicOnly || account.Strategic)
        && (
            Text is null
            || account.Name.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || account.Id.Contains(Text, StringComparison.OrdinalIgnoreCase)
        )
        && (Cause is null || account.Causes.Any(cause => cause.Id == Cause));

    private static bool Same(string? value, string asked) => string.Equals(value?.Trim(), asked.Trim(), StringComparison.OrdinalIgnoreCase);
}
