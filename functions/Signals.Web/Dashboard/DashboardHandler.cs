using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Team;
using Signals.Web.Api;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;
using Signals.Web.Security;

namespace Signals.Web.Dashboard;

/// <summary>
/// Stands before every page and form: who asks, what they may do, and whether the form is ours. What goes wrong becomes a page.
/// </summary>
internal sealed partial class DashboardHandler(
    IDashboardAccess access,
    Readers readers,
    Layout layout,
    FormTokens tokens,
    RequestOrigin origin,
    Notices notices,
    SignInLinks links,
    PasskeyDesk passkeys,
    TeamDirectory team,
    ILogger<DashboardHandler> logger
)
{
    /// <summary>
    /// A note of 4,000 characters is 36,000 bytes where each is three bytes of UTF-8, and a byte three characters on the way here; fifty
    /// ids that were ticked may be as long.
    /// </summary>
    private const int MaxFormBytes = 64 * 1024;

    private const int MaxFields = 64;

    /// <summary>Answers GET on a page's route.</summary>
    public RequestDelegate Page(PageRoute route, IDashboardPage page) =>
        context =>
            GuardAsync(
                context,
                route.Role,
                async (reader, _) =>
                {
                    var shown = await page.ShowAsync(new PageRequest(context, reader));
                    await layout.WriteAsync(context, shown, reader, route.Section, notice: notices.Take(context));
                }
            );

    /// <summary>Answers GET on a download's route.</summary>
    public RequestDelegate Download(PageRoute route, IDashboardDownload download) =>
        context =>
            GuardAsync(
                context,
                route.Role,
                (reader, _) =>
                {
                    context.Response.Headers.CacheControl = "no-store";
                    return download.WriteAsync(new PageRequest(context, reader), context.Response);
                }
            );

    /// <summary>Answers POST on a form's route.</summary>
    public RequestDelegate Form(FormRoute route, IDashboardForm form) =>
        context =>
            GuardAsync(
                context,
                route.Role,
                async (reader, principal) =>
                {
                    if (
                        !origin.IsOurs(context.Request)
                        || await ReadAsync(context) is not { } fields
                        || !tokens.IsOf(principal, fields[FormTokens.Field])
                    )
                    {
                        LogForeignForm(logger, context.Request.Path);
                        await layout.WriteAsync(context, MessagePages.NotOurForm(reader), reader, status: StatusCodes.Status403Forbidden);
                        return;
                    }
                    var answer = await form.PostAsync(new FormRequest(context, reader, fields));
                    if (answer.Text.Length > 0)
                        notices.Leave(context, new Notice(answer.Text, answer.IsProblem, answer.Undo));
                    context.Response.Headers.CacheControl = "no-store";
                    context.Response.StatusCode = StatusCodes.Status303SeeOther;
                    context.Response.Headers.Location = answer.Address;
                }
            );

    private async Task GuardAsync(HttpContext context, DashboardRole role, Func<Reader, Principal, Task> answer)
    {
        Principal? principal;
        try
        {
            principal = await access.PrincipalOfAsync(context);
            if (principal is not null)
                await team.ReadAsync(context.RequestAborted);
        }
        catch (TransientStoreException fault)
        {
            LogUnavailable(logger, fault, context.Request.Path);
            var stranger = readers.Of(context, principal: null);
            var wrong = MessagePages.Wrong(stranger, StatusCodes.Status503ServiceUnavailable);
            await layout.WriteAsync(context, wrong, stranger, status: StatusCodes.Status503ServiceUnavailable);
            return;
        }
        var reader = readers.Of(context, principal);
        if (principal is null)
        {
            await ChallengeAsync(context, reader);
            return;
        }
        if (!reader.May(role))
        {
            await layout.WriteAsync(context, MessagePages.NotAllowed(reader, role), reader, status: StatusCodes.Status403Forbidden);
            return;
        }
        try
        {
            await answer(reader, principal);
        }
        catch (ApiRefusal refusal) when (!context.Response.HasStarted)
        {
            await layout.WriteAsync(context, MessagePages.Wrong(reader, refusal.Status, refusal.Message), reader, status: refusal.Status);
        }
        catch (TransientStoreException fault) when (!context.Response.HasStarted)
        {
            LogUnavailable(logger, fault, context.Request.Path);
            await layout.WriteAsync(
                context,
                MessagePages.Wrong(reader, StatusCodes.Status503ServiceUnavailable),
                reader,
                status: StatusCodes.Status503ServiceUnavailable
            );
        }
        catch (UnreadableRowException fault) when (!context.Response.HasStarted)
        {
            LogUnreadable(logger, fault, context.Request.Path);
            await layout.WriteAsync(
                context,
                MessagePages.Unreadable(reader, fault),
                reader,
                status: StatusCodes.Status500InternalServerError
            );
        }
    }

    private Task ChallengeAsync(HttpContext context, Reader reader)
    {
        var challenge = access.Challenge(context);
        switch (challenge.Kind)
        {
            case ChallengeKind.SignInThere:
                context.Response.Headers.CacheControl = "no-store";
                context.Response.Redirect(challenge.Address);
                return Task.CompletedTask;
            case ChallengeKind.NoRole:
                return layout.WriteAsync(context, MessagePages.NoRole(reader), reader, status: StatusCodes.Status403Forbidden);
            default:
                var page = MessagePages.SignIn(
                    reader,
                    challenge.Address,
                    again: challenge.Kind == ChallengeKind.OpenAgain,
                    links.AreMade,
                    passkeys.IsOffered
                );
                return layout.WriteAsync(context, page, reader, status: StatusCodes.Status401Unauthorized);
        }
    }

    private static async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType || !(context.Request.ContentLength <= MaxFormBytes))
            return null;
        return await BrokenBody.ReadFormAsync(
            context,
            new FormOptions
            {
                BufferBodyLengthLimit = MaxFormBytes,
                MultipartBodyLengthLimit = MaxFormBytes,
                ValueCountLimit = MaxFields,
            }
        );
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was answered 503.")]
    private static partial void LogUnavailable(ILogger logger, Exception fault, PathString path);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} is about an account that cannot be read.")]
    private static partial void LogUnreadable(ILogger logger, Exception fault, PathString path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A form to {Path} was refused: none of our pages sent it to who sent it back.")]
    private static partial void LogForeignForm(ILogger logger, PathString path);
}
