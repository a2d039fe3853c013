using System.ComponentModel;
using ModelContextProtocol.Server;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Diagnosis.Value;
using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Web.Api;

namespace Signals.Web.Mcp;

/// <summary>Who is at risk and why.</summary>
[McpServerToolType]
internal sealed class AccountTools(
    AccountPages pages,
    AccountFinder finder,
    AccountReader reader,
    AlertRows alerts,
    ValueModel model,
    TimeProvider clock
)
{
    private const int PeopleTold = 10;
    private const int MessagesTold = 10;

    [McpServerTool(Name = "list_accounts", Title = "Accounts, worst first", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description(
        "Lists reviewed accounts with level, score, price and what holds each back: the worst level first, in it the "
            + "most money at stake. 50 at a time."
    )]
    public async Task<AccountsTold> ListAsync(
        [Description("Only these levels, with commas: critical, at-risk, watch, healthy. Absent: all.")] string? levels = null,
        [Description("Only accounts held back by this cause, such as onboarding-stalled or payment-failing.")] string? cause = null,
        [Description("Only this plan.")] string? plan = null,
        [Description("Only accounts of this CS manager (mail address).")] string? csm = null,
        [Description("Only accounts in this segment of the value model, by its id.")] string? segment = null,
        [Description("Part of the account's name or id.")] string? search = null,
        [Description("The 'next' of an earlier answer.")] string? cursor = null,
        CancellationToken cancellationToken = default
    )
    {
        var query = new AccountQuery(
            [.. ToolInput.AnyOf("levels", levels, RiskLevels.Names).Select(name => RiskLevels.Parse(name)!.Value).OrderDescending()],
            ToolInput.OneOf("cause", cause, CauseCatalogue.Ids),
            ToolInput.Text("plan", plan),
            ToolInput.Text("search", search)
        )
        {
            Csm = ToolInput.Text("csm", csm),
            Segment = ToolInput.OneOf("segment", segment, [.. model.Segments.Select(one => one.Id)]),
            Today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime),
        };
        var page = await pages.ReadAsync(query with { After = AccountPages.CursorOf(query).Read(cursor) }, cancellationToken);
        return new AccountsTold(model.Currency, [.. page.Items.Select(AccountTold.Of)], page.Next);
    }

    [McpServerTool(Name = "explain_account", Title = "One account explained", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description(
        "Explains one account: level and what raised the score, causes with their evidence, health, what they came "
            + "for, who is held back, what was sent, and the alert."
    )]
    public async Task<AccountExplained> ExplainAsync(
        [Description("The account's id, as list_accounts gives it.")] string id,
        CancellationToken cancellationToken = default
    )
    {
        var account = await finder.GetAsync(ToolInput.Needed("id", id), cancellationToken);
        var view = await reader.ReadAsync(account, cancellationToken);
        var (context, _) = await reader.ContextAsync(account, 0, cancellationToken);
        var alert = (await alerts.GetAsync(account.Key, cancellationToken))?.Alert;
        return new AccountExplained(
            view.Id,
            view.Name,
            view.Plan,
            view.Price,
            model.Currency,
            view.Csm,
            view.Stage,
            view.Strategic,
            view.RenewalAt,
            view.TrialEndsAt,
            account.Review is { } review && review.ReviewedAt != default ? review.ReviewedAt : null,
            view.Risk is { } risk
                ? new RiskTold(
                    risk.Level,
                    risk.Score,
                    risk.Since,
                    [.. (risk.RaisedBy ?? []).Select(reason => reason.Text.ToString())],
                    [.. (risk.Chances ?? []).Select(chance => new ChanceTold(chance.Days, chance.Probability, chance.Usual))]
                )
                : null,
            view.Health is { } health ? new HealthTold(health.Score, health.Trend, health.Raise?.Text.ToString()) : null,
            [.. view.Causes.Select(CauseTold.Of)],
            context.Facts.Goal,
            [.. GoalProgress.Of(context.Facts.Goal, context.Usage, model, context.Today).Select(GoalTold.Of)],
            [
                .. view
                    .People.Where(person => person.LeftOutBy is null)
                    .Take(PeopleTold)
                    .Select(person => new PersonTold(
                        person.Id,
                        person.Name,
                        person.Role,
                        person.Active,
                        person.Value.Window,
                        person.Value.Floor,
                        model.Value.Unit,
                        person.Value.Days.Count == 0 ? null : person.Value.Days.Max(day => day.Date)
                    )),
            ],
            [.. view.Outreach.Take(MessagesTold).Select(MessageTold.Of)],
            alert is null ? null : AlertTold.Of(alert)
        );
    }
}
