using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Signals.Core.Model;
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
    ValueModel model,
    ILogger<OutreachApi> logger
)
{
    public async Task ListAsync(HttpContext context)
    {
        var state = OutreachStates.Parse(Query.OneOf(context.Request, "state", OutreachStates.Names));
        var page = Query.One(context.Request, "account") is { } account
            ? await OfAccountAsync(context, account, state)
            : await pages.ReadAsync(
                state,
                SegmentQuery.Of(context.Request, model),
                Cursor.Outreach.Read(context.Request),
                context.RequestAborted
            );
        await ApiAnswers.WriteAsync(context, page, ApiJson.Default.PageOutreachItem);
    }

    public async Task GetAsync(HttpContext context) =>
        await ApiAnswers.WriteAsync(context, await ReadAsync(context.Route("id"), context.RequestAborted), ApiJson.Default.OutreachView);

    /// <summary>Throws <see cref="ApiRefusal"/> when there is no such message or alert.</summary>
    public async Task<OutreachView> ReadAsync(string id, CancellationToken cancellationToken) =>
        Cursor.OutreachIdShape().IsMatch(id) && await rows.GetAsync(new OutreachId(id), cancellationToken) is { Record: var record }
            ? new OutreachView(record, MessageOf(record))
            : throw ApiRefusal.NotFound("outreach", id);

    private async Task<Page<OutreachItem>> OfAccountAsync(HttpContext context, string id, OutreachState? state)
    {
        if (Query.One(context.Request, "segment") is { } segment)
            throw ApiRefusal.BadParameter("segment", segment, "none beside \"account\"");
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
