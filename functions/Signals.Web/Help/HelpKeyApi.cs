using Microsoft.AspNetCore.Http;
using Signals.Core.Response.Links;
using Signals.Core.State.Audit;
using Signals.Web.Api;
using Signals.Web.Security;

namespace Signals.Web.Help;

/// <summary><c>GET /api/help/key</c>: the key by which a product's server vouches for people.</summary>
internal sealed class HelpKeyApi(HelpTokens tokens, AuditLog audit, TimeProvider clock)
{
    public async Task GetAsync(HttpContext context)
    {
        await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), ApiCaller.Of(context).Name, "help.key", "help"), context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await ApiAnswers.WriteAsync(context, new HelpKeyView(tokens.Key), HelpViewJson.Default.HelpKeyView);
    }
}
