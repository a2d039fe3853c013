using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Signals.Core.Response.Mail;
using Signals.Core.Response.Messages;
using Signals.Core.Response.Outreach;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Messages;

/// <summary>Finds an outreach and its mail: as it was sent, or as it would leave now.</summary>
internal sealed partial class MailReader(OutreachRows rows, MailComposer composer, ILogger<MailReader> logger)
{
    /// <summary>What stands in the place of a link's token: who reads a mail here must not be able to use it.</summary>
    private const string Masked = "/${page}/…";

    /// <summary>Throws <see cref="ApiRefusal"/> when there is no such outreach.</summary>
    public async Task<OutreachRecord> FindAsync(PageRequest request)
    {
        string id = request.Route("id");
        return
            Cursor.OutreachIdShape().IsMatch(id) && await rows.GetAsync(new OutreachId(id), request.Cancellation) is { Record: var record }
            ? record
            : throw ApiRefusal.NotFound("outreach", id);
    }

    /// <summary>Null when its template can't be rendered.</summary>
    public RenderedMessage? MailOf(OutreachRecord record)
    {
        try
        {
            var message = record.Message ?? composer.Preview(record);
            return message with
            {
                Text = LinkWithToken().Replace(message.Text, Masked),
                Html = LinkWithToken().Replace(message.Html, Masked),
            };
        }
        catch (TemplateException fault)
        {
            LogUnrendered(logger, fault, record.Id);
            return null;
        }
    }

    [GeneratedRegex("/(?<page>u|address|alert)/[A-Za-z0-9_.~-]{16,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LinkWithToken();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Outreach {Id} can't be rendered.")]
    private static partial void LogUnrendered(ILogger logger, Exception fault, string id);
}
