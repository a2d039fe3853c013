using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.PersonFiles;
using Signals.Core.State.Audit;
using Signals.Web.Security;

namespace Signals.Web.Api;

/// <summary>All that is known of a person, or of an account and everybody in it.</summary>
internal sealed class PeopleApi(PersonDesk desk, AccountFinder accounts, PersonFileReader files, AuditLog audit, TimeProvider clock)
{
    /// <summary>By user id, anonymous id or mail address.</summary>
    public async Task GetAsync(HttpContext context)
    {
        var file = await desk.ReadAsync(context.Route("id"), ApiCaller.Of(context).Name, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await ApiAnswers.WriteAsync(context, file, PersonFileJson.Default.PersonFile);
    }

    public async Task AccountAsync(HttpContext context)
    {
        var account = await accounts.GetAsync(context.Route("id"), context.RequestAborted);
        var file = await files.ReadAsync(account, context.RequestAborted);
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), ApiCaller.Of(context).Name, "account.exported", account.Id),
            context.RequestAborted
        );
        context.Response.Headers.CacheControl = "no-store";
        await ApiAnswers.WriteAsync(context, file, PersonFileJson.Default.AccountFile);
    }
}
