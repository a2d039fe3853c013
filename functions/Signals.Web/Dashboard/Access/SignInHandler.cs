using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Audit;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Security;

namespace Signals.Web.Dashboard.Access;

/// <summary>
/// The way in on one machine: a link that is mailed to one of the team, a passkey, the link that the app prints, or the API token. What was
/// wrong is counted.
/// </summary>
internal sealed partial class SignInHandler(
    SessionAccess sessions,
    SignInLinks links,
    MailedLinks mailed,
    SignInMailer mailer,
    PasskeyDesk passkeys,
    PasskeyBook keys,
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

    /// <summary>The field of the form that asks for a mailed link.</summary>
    public const string AddressField = "address";

    /// <summary>Where the form is sent to that asks for a mailed link.</summary>
    public const string MailPath = "/signin/mail";

    /// <summary>Where the button of a mailed link is sent to.</summary>
    public const string OpenPath = "/signin/open";

    /// <summary>The form is far shorter.</summary>
    private const int MaxFormBytes = 4096;

    /// <summary>What a passkey answers, with the longest keys and ids there are.</summary>
    private const int MaxPasskeyBytes = 32 * 1024;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    /// <summary>
    /// GET <c>/signin?token=…</c>: a link that <c>signals serve</c> printed, or the page of a mailed one, which changes nothing.
    /// </summary>
    public async Task ByLinkAsync(HttpContext context)
    {
        string? token = context.Request.Query["token"];
        if (MailedLinks.HasShape(token))
            await ShowMailedAsync(context, token!);
        else if (links.Redeem(token))
        {
            if (!await IsSignedInAsync(context, SessionAccess.LinkName, "by link", () => OpenUnnamedAsync(context), "/"))
                links.Return(token!);
        }
        else if (await sessions.PrincipalOfAsync(context) is { } principal)
            await layout.WriteAsync(
                context,
                MessagePages.SignedIn(readers.Of(context, principal), "/"),
                readers.Of(context, principal: null)
            );
        else
            await RefuseAsync(context);
    }

    /// <summary>
    /// POST <c>/signin</c>: signs in who knows the API token, the way in where several workers answer and no link was printed.
    /// </summary>
    public async Task ByTokenAsync(HttpContext context)
    {
        var form = origin.IsOurs(context.Request) ? await ReadAsync(context) : null;
        if (form?[TokenField].ToString() is { Length: > 0 } token && apiToken.Matches(token))
            await IsSignedInAsync(context, SessionAccess.LinkName, "by API token", () => OpenUnnamedAsync(context), ReturnOf(form));
        else
            await RefuseAsync(context);
    }

    /// <summary>
    /// POST <c>/signin/mail</c>: asks for a link by mail. Everybody gets the same answer, at once; how often anybody may ask is limited.
    /// </summary>
    public async Task AskForMailAsync(HttpContext context)
    {
        var reader = readers.Of(context, principal: null);
        var form = origin.IsOurs(context.Request) ? await ReadAsync(context) : null;
        if (form is null || Mailbox.Parse(form[AddressField].ToString().Trim()) is not { IsPlain: true } mailbox)
        {
            await RefuseAsync(context);
            return;
        }
        if (!limits.Allows(context))
        {
            await TooManyAsync(context, reader);
            return;
        }
        mailer.Ask(mailbox.Address, ReturnOf(form));
        await layout.WriteAsync(context, MessagePages.LinkIsMailed(reader, mailbox.Address), reader);
    }

    /// <summary>
    /// POST <c>/signin/open</c>: the button on a mailed link's page. The link ends last, so that whoever meets a fault presses again.
    /// </summary>
    public async Task OpenMailedAsync(HttpContext context)
    {
        var form = origin.IsOurs(context.Request) ? await ReadAsync(context) : null;
        string? token = form?[TokenField];
        try
        {
            if (await mailed.FindAsync(token, context.RequestAborted) is not { } link)
                await RefuseAsync(context);
            else
                await IsSignedInAsync(
                    context,
                    link.User.Address,
                    "by mailed link",
                    () =>
                        sessions.SignInAsync(
                            context,
                            link.User,
                            async () => await mailed.RedeemAsync(token, context.RequestAborted) is not null
                        ),
                    link.ReturnTo
                );
        }
        catch (TransientStoreException fault)
        {
            await NobodyIsLetInAsync(context, readers.Of(context, principal: null), fault);
        }
    }

    /// <summary>
    /// GET <c>/signin/passkey</c>: a question for the browser's passkeys, the same for everybody. Each counts as an attempt.
    /// </summary>
    public async Task AskForPasskeyAsync(HttpContext context)
    {
        var reader = readers.Of(context, principal: null);
        if (!passkeys.IsOffered)
            await RefuseAsync(context);
        else if (!limits.Allows(context))
            await TooManyAsync(context, reader);
        else
            await layout.WriteAsync(
                context,
                PasskeyParts.SignIn(
                    reader,
                    await passkeys.AskToSignInAsync(context),
                    LocalAddress.Of(context.Request.Query[FormRequest.ReturnField].ToString(), "/")
                ),
                reader
            );
    }

    /// <summary>
    /// POST <c>/signin/passkey</c>: signs in whose key signed the question. Whatever was wrong is answered alike.
    /// </summary>
    public async Task ByPasskeyAsync(HttpContext context)
    {
        var form = passkeys.IsOffered && origin.IsOurs(context.Request) ? await ReadAsync(context, MaxPasskeyBytes) : null;
        string credential = form?[PasskeyParts.CredentialField].ToString() ?? "";
        try
        {
            if (
                credential.Length is 0 or > PasskeyParts.MaxCredentialChars
                || await passkeys.FindAsync(context, form![PasskeyParts.CeremonyField], credential) is not var (user, key)
            )
                await RefuseAsync(context);
            else
                await IsSignedInAsync(
                    context,
                    user.Address,
                    "by passkey",
                    () => sessions.SignInAsync(context, user, () => keys.UseAsync(user.Id, key, context.RequestAborted)),
                    ReturnOf(form)
                );
        }
        catch (TransientStoreException fault)
        {
            await NobodyIsLetInAsync(context, readers.Of(context, principal: null), fault);
        }
    }

    private async Task ShowMailedAsync(HttpContext context, string token)
    {
        var reader = readers.Of(context, principal: null);
        try
        {
            if (await mailed.FindAsync(token, context.RequestAborted) is { } link)
                await layout.WriteAsync(context, MessagePages.OpenMailed(reader, link.User, token), reader);
            else
                await RefuseAsync(context);
        }
        catch (TransientStoreException fault)
        {
            await NobodyIsLetInAsync(context, reader, fault);
        }
    }

    private static string ReturnOf(IFormCollection form) => LocalAddress.Of(form[FormRequest.ReturnField].ToString(), "/");

    /// <summary>
    /// No session is opened that the audit trail does not know of: while it cannot be written, nobody is let in, and told so.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="who">As the audit trail names them.</param>
    /// <param name="how">By which way in.</param>
    /// <param name="open">Opens the session; false where somebody else used the way in meanwhile.</param>
    /// <param name="address">Where they go.</param>
    private async Task<bool> IsSignedInAsync(HttpContext context, string who, string how, Func<Task<bool>> open, string address)
    {
        var reader = readers.Of(context, principal: null);
        try
        {
            await audit.WriteAsync(new AuditEntry(clock.GetUtcNow(), who, "session.opened", "dashboard", how), context.RequestAborted);
            if (!await open())
            {
                await audit.WriteAsync(
                    new AuditEntry(clock.GetUtcNow(), who, "session.ended", "dashboard", "the way in was used meanwhile"),
                    context.RequestAborted
                );
                await RefuseAsync(context);
                return false;
            }
        }
        catch (TransientStoreException fault)
        {
            await NobodyIsLetInAsync(context, reader, fault);
            return false;
        }
        await layout.WriteAsync(context, MessagePages.SignedIn(reader, address), reader);
        return true;
    }

    private Task<bool> OpenUnnamedAsync(HttpContext context)
    {
        sessions.SignIn(context);
        return Task.FromResult(true);
    }

    private Task NobodyIsLetInAsync(HttpContext context, Reader reader, TransientStoreException fault)
    {
        LogUnavailable(logger, fault);
        var rest = fault.RetryAfter ?? Rest;
        context.Response.Headers.RetryAfter = Math.Ceiling(rest.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return layout.WriteAsync(context, MessagePages.NobodyIsLetIn(reader), reader, status: StatusCodes.Status503ServiceUnavailable);
    }

    private Task TooManyAsync(HttpContext context, Reader reader)
    {
        context.Response.Headers.RetryAfter = SignInLimits.Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return layout.WriteAsync(context, MessagePages.TooManyAttempts(reader), reader, status: StatusCodes.Status429TooManyRequests);
    }

    /// <summary>
    /// What was wrong counts, and is answered more shortly after many: who knows the token is let in whatever others try meanwhile. Tokens
    /// are too long to be guessed at any pace.
    /// </summary>
    private Task RefuseAsync(HttpContext context)
    {
        var reader = readers.Of(context, principal: null);
        if (!limits.Allows(context))
            return TooManyAsync(context, reader);
        return layout.WriteAsync(
            context,
            MessagePages.SignIn(reader, "/", again: false, links.AreMade, passkeys.IsOffered),
            reader,
            status: StatusCodes.Status401Unauthorized
        );
    }

    private static async Task<IFormCollection?> ReadAsync(HttpContext context, int most = MaxFormBytes)
    {
        if (!context.Request.HasFormContentType || !(context.Request.ContentLength <= most))
            return null;
        return await BrokenBody.ReadFormAsync(context, new FormOptions { BufferBodyLengthLimit = most, MultipartBodyLengthLimit = most });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody can sign in: the audit trail cannot be written.")]
    private static partial void LogUnavailable(ILogger logger, Exception fault);
}
