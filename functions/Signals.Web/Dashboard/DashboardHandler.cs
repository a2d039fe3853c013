using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Signals.Core.Model;
using Signals.Core.Storage;
using Signals.Web.Api;
using Signals.Web.Security;

namespace Signals.Web.Dashboard;

/// <summary>Answers browsers: reads what the API reads, and shows it.</summary>
internal sealed partial class DashboardHandler(
    IDashboardAccess access, SessionAccess sessions, SignInLinks links, ApiToken apiToken, AccountPages pages, AccountFinder finder, AccountReader reader,
    PipelineReader pipeline, AccountsPage accountsPage, AccountPage accountPage, ILogger<DashboardHandler> logger)
{
    /// <summary>The field of the sign-in form that holds the API token.</summary>
    public const string TokenField = "token";

    /// <summary>The form is far shorter.</summary>
    private const int MaxFormBytes = 4096;

    /// <summary>Shows a page to who may see it, and a page about what went wrong when something did.</summary>
    public async Task GuardAsync(HttpContext context, RequestDelegate show)
    {
        if (!access.IsGranted(context))
        {
            await access.ChallengeAsync(context);
            return;
        }
        try
        {
            await show(context);
        }
        catch (ApiRefusal refusal)
        {
            await (refusal.Status == StatusCodes.Status404NotFound ? MessagePage.NotFound : MessagePage.BadRequest).WriteAsync(context, refusal.Status);
        }
        catch (TransientStoreException fault)
        {
            LogUnavailable(logger, fault, context.Request.Path);
            await MessagePage.TryAgain.WriteAsync(context, StatusCodes.Status503ServiceUnavailable);
        }
    }

    public async Task AccountsAsync(HttpContext context)
    {
        var only = RiskLevels.Parse(Query.OneOf(context.Request, "risk", RiskLevels.Names));
        string? after = Cursor.Accounts.Read(context.Request);
        var query = new AccountQuery(only is { } level ? [level] : AccountQuery.FlaggedLevels, After: after);
        var page = await pages.ReadAsync(query, context.RequestAborted);
        await accountsPage.Render(page, only, after is not null, await pipeline.ReadAsync(context.RequestAborted)).WriteAsync(context);
    }

    public async Task AccountAsync(HttpContext context)
    {
        var account = await finder.GetAsync((string)context.Request.RouteValues["id"]!, context.RequestAborted);
        await accountPage.Render(await reader.ReadAsync(account, context.RequestAborted)).WriteAsync(context);
    }

    public async Task SignInAsync(HttpContext context)
    {
        if (links.Redeem(context.Request.Query["token"]))
            sessions.SignIn(context);
        else if (!access.IsGranted(context))
        {
            await MessagePage.SignIn("/", atOnce: false).WriteAsync(context, StatusCodes.Status401Unauthorized);
            return;
        }
        await MessagePage.SignedIn.WriteAsync(context);
    }

    /// <summary>Signs in who knows the API token: the way in where several workers answer and no link was printed.</summary>
    public async Task SignInByTokenAsync(HttpContext context)
    {
        if (await ReadTokenAsync(context) is { } token && apiToken.Matches(token))
        {
            sessions.SignIn(context);
            await MessagePage.SignedIn.WriteAsync(context);
            return;
        }
        await MessagePage.SignIn("/", atOnce: false).WriteAsync(context, StatusCodes.Status401Unauthorized);
    }

    private static async Task<string?> ReadTokenAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType || !(context.Request.ContentLength <= MaxFormBytes))
            return null;
        try
        {
            return (await context.Request.ReadFormAsync(context.RequestAborted))[TokenField];
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was answered 503.")]
    private static partial void LogUnavailable(ILogger logger, Exception fault, PathString path);
}
