using Microsoft.AspNetCore.Http;
using Signals.Core.Lists;
using Signals.Core.Model;

namespace Signals.Web.Api;

/// <summary>Which accounts are asked for. No levels means all of them.</summary>
/// <param name="Levels">Worst first.</param>
/// <param name="Cause">Held back by this cause.</param>
/// <param name="Plan">The plan's id, ignoring case.</param>
/// <param name="Text">Part of the name or id, ignoring case.</param>
/// <param name="After">The list key of the last account seen.</param>
public sealed record AccountQuery(IReadOnlyList<RiskLevel> Levels, string? Cause = null, string? Plan = null, string? Text = null, string? After = null)
{
    /// <summary>Levels that a CS manager looks at.</summary>
    public static readonly IReadOnlyList<RiskLevel> FlaggedLevels = [RiskLevel.Critical, RiskLevel.AtRisk, RiskLevel.Watch];

    /// <summary>Reads <c>risk</c>, <c>cause</c>, <c>plan</c>, <c>q</c> and <c>cursor</c>. Throws <see cref="ApiRefusal"/>.</summary>
    internal static AccountQuery Of(HttpRequest request) => new(
        [.. Query.AnyOf(request, "risk", RiskLevels.Names).Select(name => RiskLevels.Parse(name)!.Value).OrderDescending()],
        Query.OneOf(request, "cause", CauseIds.All),
        Query.One(request, "plan"),
        Query.One(request, "q"),
        Cursor.Accounts.Read(request));

    public bool Matches(AccountSummary account) =>
        (Levels.Count == 0 || Levels.Contains(account.Level))
        && (Plan is null || string.Equals(account.Plan, Plan, StringComparison.OrdinalIgnoreCase))
        && (Text is null || account.Name.Contains(Text, StringComparison.OrdinalIgnoreCase) || account.Id.Contains(Text, StringComparison.OrdinalIgnoreCase))
        && (Cause is null || account.Causes.Any(cause => cause.Id == Cause));
}
