using Microsoft.AspNetCore.Http;
using Signals.Core.Model;
using Signals.Core.Response.Alerts;
using Signals.Core.Response.Outreach;
using Signals.Web.Security;

namespace Signals.Web.Api;

/// <summary>
/// Answers what is asked about alerts, and takes what is answered to them. An answer given twice changes nothing the second time.
/// </summary>
internal sealed class AlertsApi(AlertBook book, AlertPages pages, ValueModel model, TimeProvider clock)
{
    public async Task ListAsync(HttpContext context)
    {
        var states = Query
            .AnyOf(context.Request, "state", [.. AlertStates.Names.Where(name => name != AlertState.Resolved.Name())])
            .Select(name => AlertStates.Parse(name)!.Value)
            .ToList();
        var page = await pages.ReadAsync(
            Query.One(context.Request, "csm"),
            SegmentQuery.Of(context.Request, model),
            states,
            Cursor.Alerts.Read(context.Request),
            context.RequestAborted
        );
        await ApiAnswers.WriteAsync(
            context,
            new Page<AlertItem>([.. page.Items.Select(AlertItem.Of)], page.Next),
            ApiJson.For(context).PageAlertItem
        );
    }

    public async Task GetAsync(HttpContext context)
    {
        var id = IdOf(context);
        await AnswerAsync(context, await book.GetAsync(id, context.RequestAborted) ?? throw NotFound(id));
    }

    public async Task AcknowledgeAsync(HttpContext context)
    {
        var id = IdOf(context);
        var answer = await AlertAnswerBody.ReadAsync(context.Request, ["note"]);
        await AnswerAsync(context, id, await book.AcknowledgeAsync(id, ApiCaller.Of(context).Name, answer.Note, context.RequestAborted));
    }

    public async Task SnoozeAsync(HttpContext context)
    {
        var id = IdOf(context);
        var answer = await AlertAnswerBody.ReadAsync(context.Request, ["until", "hours", "note"]);
        var until = answer.UntilFrom(clock.GetUtcNow());
        await AnswerAsync(context, id, await book.SnoozeAsync(id, ApiCaller.Of(context).Name, until, answer.Note, context.RequestAborted));
    }

    public async Task ResolveAsync(HttpContext context)
    {
        var id = IdOf(context);
        var answer = await AlertAnswerBody.ReadAsync(context.Request, ["reason", "note"]);
        await AnswerAsync(
            context,
            id,
            await book.ResolveAsync(id, ApiCaller.Of(context).Name, answer.RequiredReason(), answer.Note, context.RequestAborted)
        );
    }

    private static async Task AnswerAsync(HttpContext context, AlertId id, AlertChange change) =>
        await (
            change.Status switch
            {
                AlertChangeStatus.NotFound => throw NotFound(id),
                // What stands no more cannot be answered; what was asked for in a way that is never right is the caller's mistake.
                AlertChangeStatus.Refused => throw new ApiRefusal(
                    change.Alert is null ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict,
                    $"Alert '{id}': {change.Refusal}."
                ),
                _ => AnswerAsync(context, change.Alert!),
            }
        );

    private static Task AnswerAsync(HttpContext context, Alert alert) =>
        ApiAnswers.WriteAsync(context, new AlertView(alert), ApiJson.For(context).AlertView);

    private static AlertId IdOf(HttpContext context)
    {
        string id = context.Route("id");
        return Cursor.AlertIdShape().IsMatch(id) && AlertId.Parse(id) is { } known ? known : throw ApiRefusal.NotFound("alert", id);
    }

    private static ApiRefusal NotFound(AlertId id) => ApiRefusal.NotFound("alert", id.Value);
}
