using Signals.Core.Platform.Languages;
using Signals.Core.State.Audit;
using Signals.Core.State.Team;
using Signals.Web.Api;
using Signals.Web.Dashboard.Access;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Team;

/// <summary>Changes one's own name, language, time zone and accounts.</summary>
internal sealed class ChangeMeForm(TeamUsers users, TeamDirectory team, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        var me = reader.User ?? throw ApiRefusal.NotFound("user", reader.Name);
        if (TeamFields.NameOf(request) is not { } name)
            return new FormAnswer(TeamAddresses.Me, reader.Say("Nothing was changed: a name is needed, on one line.")) { IsProblem = true };
        if (!TeamFields.TryZone(request, out string? zone))
            return new FormAnswer(TeamAddresses.Me, reader.Say("Nothing was changed: nobody knows that time zone.")) { IsProblem = true };
        string? language = TeamFields.LanguageOf(request),
            csm = TeamFields.CsmOf(request);
        await users.ChangeAsync(
            me.Id,
            known => known with { Name = name, Zone = zone, Language = language, Csm = csm },
            request.Cancellation
        );
        team.Forget();
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), request.Who, "user.changed", me.Address, $"{name}; {language}; {zone}; {csm}"),
            request.Cancellation
        );
        return new FormAnswer(TeamAddresses.Me, Phrase.Of("Your settings are saved.").In(language ?? reader.Language));
    }
}

/// <summary>Ends one of one's own sessions, somewhere else.</summary>
internal sealed class EndSessionForm(UserSessions sessions, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        var me = reader.User ?? throw ApiRefusal.NotFound("user", reader.Name);
        if (await sessions.EndAsync(me.Id, request.Id, request.Cancellation))
            await audit.WriteAsync(
                new AuditEntry(clock.GetUtcNow(), request.Who, "session.ended", me.Address, "one elsewhere"),
                request.Cancellation
            );
        return new FormAnswer(TeamAddresses.Me, reader.Say("That browser is signed out."));
    }
}

/// <summary>Ends every other session of one's own.</summary>
internal sealed class EndOtherSessionsForm(UserSessions sessions, AuditLog audit, TimeProvider clock) : IDashboardForm
{
    public async Task<FormAnswer> PostAsync(FormRequest request)
    {
        var reader = request.Reader;
        var me = reader.User ?? throw ApiRefusal.NotFound("user", reader.Name);
        int ended = await sessions.EndOthersAsync(me.Id, reader.SessionId, request.Cancellation);
        await audit.WriteAsync(
            new AuditEntry(clock.GetUtcNow(), request.Who, "session.ended", me.Address, $"{ended} elsewhere"),
            request.Cancellation
        );
        return new FormAnswer(
            TeamAddresses.Me,
            reader.Count(ended, "{0} other browser is signed out.", "{0} other browsers are signed out.")
        );
    }
}
