using Microsoft.AspNetCore.Http;
using Signals.Web.Api;

namespace Signals.Web.Dashboard.Messages;

/// <summary>
/// A mail's HTML for the frame on its page. It holds words of customers and templates of others: its policy lets it show text and style,
/// and run, load, send or open nothing, framed or not.
/// </summary>
internal sealed class MailFrame(MailReader mails) : IDashboardDownload
{
    private const string Policy =
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'self'";

    public async Task WriteAsync(PageRequest request, HttpResponse response)
    {
        var record = await mails.FindAsync(request);
        var mail = mails.MailOf(record) ?? throw ApiRefusal.NotFound("mail of outreach", record.Id);
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XFrameOptions = "SAMEORIGIN";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(mail.Html, request.Cancellation);
    }
}
