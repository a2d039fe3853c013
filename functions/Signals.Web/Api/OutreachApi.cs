using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;

namespace Signals.Web.Api;

/// <summary>Answers what is asked about messages and alerts.</summary>
internal sealed partial class OutreachApi(
    OutreachPages pages,
    OutreachRows rows,
    AccountFinder finder,
    MailComposer composer,
    ILogger<OutreachApi> logger
)
{
    public async Task ListAsync(HttpContext context)
    {
        var state = OutreachStates.Parse(Query.OneOf(context.Request, "state", OutreachStates.Names));
        var page = Query.One(context.Request, "account") is { } account
            ? await OfAccountAsync(context, account, state)
            : await pages.ReadAsync(state, Cursor.Outreach.Read(context.Request), context.RequestAborted);
        await ApiAnswers.WriteAsync(context, page, ApiJson.Default.PageOutreachItem);
    }

    public async Task GetAsync(HttpContext context)
    {
        string id = context.Route("id");
        if (
            !Cursor.OutreachIdShape().IsMatch(id)
            || await rows.GetAsync(new OutreachId(id), context.RequestAborted) is not { Record: var record }
        )
            throw ApiRefusal.NotFound("outreach", id);
        await ApiAnswers.WriteAsync(context, new OutreachView(record, MessageOf(record)), ApiJson.Default.OutreachView);
    }

    private async Task<Page<OutreachItem>> OfAccountAsync(HttpContext context, string id, OutreachState? state)
    {
        OutreachId? before = Cursor.OutreachOfAccount.Read(context.Request) is { } cursor ? new OutreachId(cursor) : null;
        var account = await finder.GetAsync(id, context.RequestAborted);
        return await pages.OfAccountAsync(account.Key, state, before, context.RequestAborted);
    }

    private RenderedMessage? MessageOf(OutreachRecord record)
    {
        try
        {
            // Whoever reads a mail here must not be able to confirm what its recipient is asked.
            return composer.ForReaders(record);
        }
        catch (TemplateException fault)
        {
            LogUnrendered(logger, fault, record.Id);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outreach {Id} can't be rendered.")]
    private static partial void LogUnrendered(ILogger logger, Exception fault, string id);
}
