using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Security;

namespace Signals.Web.Dashboard.Access;

/// <summary>The way in on one machine: a link that works once, or the API token. What was wrong is counted.</summary>
internal sealed partial class SignInHandler(
    SessionAccess sessions,
    SignInLinks links,
    SignInLimits limits,
    ApiToken apiToken,
    RequestOrigin origin,
    Readers readers,
    Layout layout,
    AuditLog audit,
    TimeProvider clock,
    ILogger<SignInHandler> logger
)
{
    /// <summary>The field of the sign-in form that holds the API token.</summary>
    public const string TokenField = "token";

    /// <summary>The form is far shorter.</summary>
    private const int MaxFormBytes = 4096;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>GET <c>/signin?token=…</c>: a link that <c>signals serve</c> printed.</summary>
    public async Task ByLinkAsync(HttpContext context)
    {
        string? token = context.Request.Query["token"];
        if (links.Redeem(token))
        {
            if (!await IsSignedInAsync(context, "by link"))
                links.Return(token!);
        }
        else if (await sessions.PrincipalOfAsync(context) is { } principal)
            await layout.WriteAsync(context, MessagePages.SignedIn(readers.Of(context, principal)), readers.Of(context, principal: null));
        else
            await RefuseAsync(context);
    }

    /// <summary>
    /// POST <c>/signin</c>: signs in who knows the API token, the way in where several workers answer and no link was printed.
    /// </summary>
    public async Task ByTokenAsync(HttpContext context)
    {
        if (origin.IsOurs(context.Request) && await ReadTokenAsync(context) is { } token && apiToken.Matches(token))
            await IsSignedInAsync(context, "by API token");
        else
            await RefuseAsync(context);
    }

    /// <summary>
    /// No session is opened that the audit trail does not know of: while it cannot be written, nobody is let in, and told so.
    /// </summary>
    private async Task<bool> IsSignedInAsync(HttpContext context, string how)
    {
        var reader = readers.Of(context, principal: null);
        try
        {
            await audit.WriteAsync(
                new AuditEntry(clock.GetUtcNow(), SessionAccess.LinkName, "session.opened", "dashboard", how),
                context.RequestAborted
            );
        }
        catch (TransientStoreException fault)
        {
            LogUnavailable(logger, fault);
            var rest = fault.RetryAfter ?? Rest;
            context.Response.Headers.RetryAfter = Math.Ceiling(rest.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await layout.WriteAsync(context, MessagePages.NobodyIsLetIn(reader), reader, status: StatusCodes.Status503ServiceUnavailable);
            return false;
        }
        sessions.SignIn(context);
        await layout.WriteAsync(context, MessagePages.SignedIn(reader), reader);
        return true;
    }

    /// <summary>
    /// What was wrong counts, and is answered more shortly after many: who knows the token is let in whatever others try meanwhile. Tokens
    /// are too long to be guessed at any pace.
    /// </summary>
    private Task RefuseAsync(HttpContext context)
    {
        var reader = readers.Of(context, principal: null);
        if (!limits.Allows(context))
        {
            context.Response.Headers.RetryAfter = SignInLimits.Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            return layout.WriteAsync(context, MessagePages.TooManyAttempts(reader), reader, status: StatusCodes.Status429TooManyRequests);
        }
        return layout.WriteAsync(
            context,
            MessagePages.SignIn(reader, "/", again: false, links.AreMade),
            reader,
            status: StatusCodes.Status401Unauthorized
        );
    }

    private static async Task<string?> ReadTokenAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType || !(context.Request.ContentLength <= MaxFormBytes))
            return null;
        var form = await BrokenBody.ReadFormAsync(
            context,
            new FormOptions { BufferBodyLengthLimit = MaxFormBytes, MultipartBodyLengthLimit = MaxFormBytes }
        );
        return form?[TokenField];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody can sign in: the audit trail cannot be written.")]
    private static partial void LogUnavailable(ILogger logger, Exception fault);
}
